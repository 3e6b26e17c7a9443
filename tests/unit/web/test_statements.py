"""What a territory declares before its opening is what its pages say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from browsing import a_browser
from guichet.model.territories import Territories
from guichet.model.territory import Accessibility
from guichet.web.app import create_app
from instances import an_instance


@pytest.mark.parametrize(
    ("status", "said"),
    [("none", "non conforme"), ("partial", "partiellement conforme"), ("full", "totalement conforme")],
)
def test_the_statement_and_each_footer_say_how_far_the_pages_conform(tmp_path: Path, status: str, said: str) -> None:
    with an_instance(tmp_path, schemes=["haute-savoie-1000"], territories=["dep-74"]) as cases:
        stated = Accessibility.model_validate({"status": status, "assessed": "2020-03-10"})
        place = cases.territory("dep-74").model_copy(update={"accessibility": stated})
        told = replace(cases, territories=Territories({**cases.territories.by_id, "dep-74": place}))
        with a_browser(create_app(told)) as browser:
            assert f"Accessibilité : {said}" in browser.go("/t/dep-74/").whole_text.replace("\xa0", " ")
            page = browser.go("/t/dep-74/accessibilite").text.replace("\xa0", " ")
            assert f"Accessibilité : {said} (évaluation du 10 mars 2020)." in page
            assert stated.assessed == date(2020, 3, 10)


def test_the_statement_says_the_results_what_is_not_accessible_and_how_it_was_made(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=["haute-savoie-1000"], territories=["dep-74"]) as cases:
        declared = {
            "status": "partial", "assessed": "2020-03-10", "assessed_by": "Cabinet Accès", "criteria_met": "82",
            "not_accessible": ["La carte <b>des communes</b>."], "exempt": ["Les relevés de 2018."],
        }  # fmt: skip
        stated = Accessibility.model_validate(declared)
        place = cases.territory("dep-74").model_copy(update={"accessibility": stated})
        told = replace(cases, territories=Territories({**cases.territories.by_id, "dep-74": place}))
        with a_browser(create_app(told)) as browser:
            page = browser.go("/t/dep-74/accessibilite").text.replace("\xa0", " ").replace("\u202f", " ")
            assert "82 % des critères" in page
            assert "Évaluation faite par Cabinet Accès." in page
            assert "La carte <b>des communes</b>." in page, "shown as written"
            assert "Les relevés de 2018." in page
            assert "Déclaration établie le 10 mars 2020." in page
            assert "Défenseur des droits" in page


def test_the_officer_of_the_territory_stands_where_the_scheme_names_none(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=["haute-savoie-1000"], territories=["dep-74"]) as cases:
        place = cases.territory("dep-74").model_copy(update={"dpo": "dpo@exemple.fr"})
        told = replace(cases, territories=Territories({**cases.territories.by_id, "dep-74": place}))
        with a_browser(create_app(told)) as browser:
            assert "dpo@exemple.fr" in browser.go("/t/dep-74/donnees-personnelles").text


@pytest.mark.parametrize(
    ("declared", "said"),
    [("partial", "Accessibilité : partiellement conforme"), (None, "Accessibilité")],
)
def test_a_page_of_no_territory_says_what_all_territories_declare_alike(
    tmp_path: Path, declared: str | None, said: str
) -> None:
    with an_instance(tmp_path, schemes=["haute-savoie-1000"], territories=["dep-74"]) as cases:
        stated = {"status": declared, "assessed": "2020-03-10"}
        each = {"accessibility": Accessibility.model_validate(stated) if declared else None}
        places = {name: one.model_copy(update=each) for name, one in cases.territories.by_id.items()}
        with a_browser(create_app(replace(cases, territories=Territories(places)))) as browser:
            text = browser.go("/agents/connexion").whole_text.replace("\xa0", " ")
            assert said in text
            assert "non conforme" not in text
