"""A recipe is read strictly: each mistake is told at its place, and the names are those of the scheme."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from guichet.demo.list_samples import refused_cells
from guichet.demo.recipes import check_recipe, choose_scheme, read_recipe, schemes_with_recipe
from guichet.errors import ProblemsFound, render_all
from guichet.loader.library import Library
from instances import the_library

SCHEME = "fds-volet-2"
ROWS = "{distribution: rows, from: 1, to: 2, columns: {a: "


@cache
def shipped() -> str:
    return (the_library().source(SCHEME).folder / "demo.yaml").read_text("utf-8")


def changed(tmp_path: Path, old: str, new: str) -> Library:
    """The library with one change in the recipe, which must be there to change."""
    assert old in shipped()
    (tmp_path / "demo.yaml").write_text(shipped().replace(old, new, 1), "utf-8")
    library = the_library()
    return replace(library, sources={SCHEME: replace(library.source(SCHEME), folder=tmp_path)})


def refusal(library: Library) -> str:
    with pytest.raises(ProblemsFound) as found:
        read_recipe(library, SCHEME)
    return render_all(found.value.problems, "en")


def test_the_shipped_recipe_is_read() -> None:
    recipe = read_recipe(the_library(), SCHEME)
    assert len(recipe.territories) == 14
    assert recipe.dossiers == 4737
    assert sum(group.count for group in recipe.agents.values()) * 14 == 350


def test_the_first_scheme_with_a_recipe_is_shown_by_default() -> None:
    assert choose_scheme(the_library()) == schemes_with_recipe(the_library())[0]


def test_a_recipe_may_say_that_it_is_the_default(tmp_path: Path) -> None:
    assert choose_scheme(changed(tmp_path, "format: 1\n", "format: 1\ndefault: true\n")) == SCHEME


def test_a_scheme_without_recipe_is_refused_by_name(tmp_path: Path) -> None:
    library = the_library()
    bare = replace(library, sources={SCHEME: replace(library.source(SCHEME), folder=tmp_path)})
    with pytest.raises(ProblemsFound) as found:
        choose_scheme(bare, SCHEME)
    assert found.value.problems[0].code == "demo.no_recipe"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  siret: {distribution: siret}", "  sirett: {distribution: siret}", 'unknown value "sirett"'),
        ("{distribution: siret}", "{distribution: sirett}", 'did you mean "siret"?'),
        ("{distribution: pattern, value: FDS1-99999999}", "{distribution: pattern}", 'needs the key "value"'),
        ("{distribution: siret}", "{distribution: siret, from: 1}", 'does not take the key "from"'),
        ("from: 8, to: 40", "from: 40, to: 8", '"from" is greater than "to"'),
        ("to: 1 500 €", "to: 1 500 F", "1 500 F"),
        ("reg-53: 634", "reg-99: 634", "reg-99"),
        ("reg-53: 634", "dep-74: 634", "dep-74"),
        ("body: prefecture", "body: mairie", 'unknown value "mairie"'),
        ("pret_raisonnable: 97 %", "pret_exact: 97 %", 'unknown value "pret_exact"'),
        ("field: raison_sociale", "field: raison", 'did you mean "raison_sociale"?'),
        ("stopped: 15 %", "stopped: 100 %", "a share of 100 % will not do here"),
        ("raison_sociale: {distribution: company_name}", "raison_sociale: {distribution: same_as, field: titulaire}",
         "depends on itself"),
        ("champs: {reference:", "champs: {referense:", 'unknown column "referense"'),
        ("dossier: {siren:", "dossier: {siern:", 'did you mean "siren"?'),
        ("month: {distribution: fixed, value: 2020-03}", "month: {distribution: fixed, value: mars 2020}",
         '"mars 2020" is refused for "month"'),
        ("pret: {distribution: fixed, value: refuse}", "pret: {distribution: fixed, value: refus}",
         'did you mean "refuse"?'),
        ("{distribution: company_name}", f"{ROWS}{{distribution: phone}}}}}}", 'unknown value "a"'),
        ("{distribution: company_name}", f"{ROWS}{{distribution: document, value: a}}}}}}",
         'cannot be drawn by "document"'),
        ("{distribution: company_name}", "{distribution: several, values: [a]}", 'unknown value "a"'),
        ("seed: 20200415", "graine: 20200415", 'unknown key "graine"'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = refusal(changed(tmp_path, old, new))
    assert said in text
    assert "demo.yaml:" in text


@pytest.mark.parametrize(("old", "new"), [("  banque:", "  banuqe:"), ("    clos:", "    cloos:")])
def test_a_name_that_looks_like_a_slip_is_a_warning_and_shows_all_the_same(tmp_path: Path, old: str, new: str) -> None:
    library = changed(tmp_path, old, new)
    (doubted,) = check_recipe(library, SCHEME)
    assert (doubted.code, doubted.severity, doubted.data["value"]) == (
        "name_like_another",
        "warning",
        new.strip(" :"),
    )
    assert read_recipe(library, SCHEME).dossiers == 4737


def test_the_shipped_recipe_raises_no_doubt() -> None:
    assert check_recipe(the_library(), SCHEME) == []


def test_each_choice_of_a_list_s_column_is_tried_by_the_source_itself() -> None:
    library, scheme = the_library(), "mayotte-chido"
    recipe = read_recipe(library, scheme)
    lists, sources = library.effective(scheme).scheme.lists, library.plugins.list_sources
    assert list(refused_cells(recipe, lists, sources)) == []
    one = recipe.lists["entreprises"]
    column = one.columns["a_jour"].model_copy(update={"choices": {"oui": 1, "nno": 1}})
    typed = one.model_copy(update={"columns": {**one.columns, "a_jour": column}})
    (refused,) = refused_cells(recipe.model_copy(update={"lists": {"entreprises": typed}}), lists, sources)
    assert refused.path == ("lists", "entreprises", "columns", "a_jour", "choices", "nno")
    assert "« oui » ou « non » attendu" in str(refused.data["reason_fr"])


def test_a_day_on_which_nobody_can_file_is_doubted(tmp_path: Path) -> None:
    found = check_recipe(changed(tmp_path, "business_day: 2020-04-20", "business_day: 2020-08-20"), SCHEME)
    (doubted,) = [one for one in found if one.severity == "warning"]
    assert doubted.code == "demo.closed_day"
    assert "on 2020-08-20 nobody can file" in render_all([doubted], "en")
