"""The rules as everyone reads them: each stage with its condition, and the signs of French throughout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from browsing import a_browser
from conditional import under_condition
from declarations import a_library
from guichet.web.app import create_app
from instances import an_instance
from worked import an_instance as an_instance_of_volet_2


def test_a_stage_that_only_some_dossiers_have_is_told_with_its_condition(tmp_path: Path) -> None:
    library = a_library(tmp_path / "declared", under_condition("annule"))
    with (
        an_instance(
            tmp_path / "here", schemes=["essai"], territories=["dep-74"], on=date(2020, 5, 20), library=library
        ) as cases,
        a_browser(create_app(cases)) as browser,
    ):
        assert browser.go("/t/dep-74/essai/regles").status == 200
        assert browser.sees("Avis de la commission", "Seulement si")


@pytest.mark.parametrize("address", ["/", "/t/reg-93/", "/t/reg-93/fds-volet-2", "/t/reg-93/fds-volet-2/regles"])
def test_a_public_page_has_no_straight_apostrophe(tmp_path: Path, address: str) -> None:
    with (
        an_instance_of_volet_2(tmp_path, published=("reg-93",)) as cases,
        a_browser(create_app(cases)) as browser,
    ):
        browser.go(address)
        assert browser.sees("Provence-Alpes-Côte d’Azur")
        assert [word for word in browser.text.split() if "'" in word] == []
