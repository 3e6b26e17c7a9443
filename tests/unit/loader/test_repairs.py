"""A check goes past what can be guessed, and tells nothing that only the guess brings."""

from pathlib import Path

import pytest

from declarations import SCHEME, with_change
from guichet.errors import ProblemsFound
from guichet.loader.library import Library, load_library, survey_library
from guichet.services.checking import check
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins

MISTAKES = (
    ("annule: {type: boolean,", "annule: {type: booléen,", "unknown_field_type"),
    ("closes: 2020-06-30}", "closes: 30/06/2020}", "scalar.day"),
    ("        label: Au plus dix salariés\n", "        labell: Au plus dix salariés\n", "unknown_key"),
    ("use: instructeur_puis_valideur", "use: instructeur_et_valideur", "unknown_block"),
    ("when: effectif <= 20", "when: efectif <= 20", "rule.unknown_name"),
    ("otherwise: Vous déclarez {effectif}", "otherwise: Vous déclarez {efectif}", "unknown_placeholder"),
    ("{use: courriers}", "{usse: courriers}", "unknown_key"),
    ("      - else: 100 €", "      - else: 100", "rule.money_expected"),
    ("    label: Plafond\n", "", "missing_key"),
    ("perte: {type: money, label: Perte, ", "perte: {type: monay, label: Perte, ", "unknown_field_type"),
)
"""What each stage of the reading refuses: blocks, shapes, values, names, types, texts."""


def surveyed(folder: Path, scheme: str) -> Library:
    """Give the library of a scheme written in a folder, mistakes gone past."""
    path = folder / "schemes/essai/scheme.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(scheme, "utf-8")
    shipped = shipped_folder("schemes")
    return survey_library([shipped, folder / "schemes"], [shipped_folder("regions")], shipped_plugins(), only=["essai"])


def codes(folder: Path, scheme: str) -> list[str]:
    """Give the codes of the errors of a check, in any order."""
    return sorted(one.code for one in check(surveyed(folder, scheme), ["essai"]).problems if one.severity == "error")


def test_mistakes_of_every_stage_are_told_in_one_run(tmp_path: Path) -> None:
    broken = SCHEME
    for found, replaced, _ in MISTAKES:
        broken = with_change(found, replaced, broken)
    assert codes(tmp_path, broken) == sorted(code for *_, code in MISTAKES)


@pytest.mark.parametrize(("found", "replaced", "code"), MISTAKES)
def test_going_past_a_mistake_brings_no_other(tmp_path: Path, found: str, replaced: str, code: str) -> None:
    assert codes(tmp_path, with_change(found, replaced)) == [code]


@pytest.mark.parametrize(
    ("found", "replaced", "code"),
    [
        ("type: integer, label: Effectif, min: 0", "type: integer, label: Effectif, min: zéro", "scalar.whole"),
        ("closes: 2020-06-30}", "closes: à la fin du mois}", "scalar.day"),
        ("      effectif: {type: integer, label: Effectif, min: 0}\n", "      effectif: trois\n", "mapping_expected"),
        ("      2020-05-01: {value: 500 €,", "      2020-05-01: {valeur: 500 €,", "unknown_key"),
        ("      - if: annule\n        then: retenu", "      - si: annule\n        then: retenu", "unknown_key"),
        ("workflow:\n  use: instructeur_puis_valideur\n", "", "missing_key"),
        ("    define:\n      retenu:", "    calculs:\n      retenu:", "unknown_key"),
        ("parameters:\n", "grandeurs:\n", "unknown_key"),
    ],
)
def test_what_is_left_out_is_missed_by_nobody(tmp_path: Path, found: str, replaced: str, code: str) -> None:
    assert codes(tmp_path, with_change(found, replaced)) == [code]


@pytest.mark.parametrize(
    ("found", "replaced", "code"),
    [
        ("closes: 2020-06-30}", "closes: à la fin du mois}", "scalar.day"),
        ("closes: 2020-06-30}", "closes: 30 juin 2020}", "scalar.day"),
        ("opens: 2020-05-04T08:00", "opens: bientôt", "scalar.instant"),
    ],
)
def test_an_unreadable_day_of_the_calendar_hides_no_mistake_of_the_rules(
    tmp_path: Path, found: str, replaced: str, code: str
) -> None:
    broken = with_change("when: effectif <= 20", "when: efectif <= 20", with_change(found, replaced))
    assert codes(tmp_path, broken) == sorted([code, "rule.unknown_name"])


def test_a_misspelt_type_is_not_missed_by_what_asks_for_it(tmp_path: Path) -> None:
    asked = with_change("letters: {use: courriers}\n", "letters: {use: courriers}\ngrants: {one_per: siren}\n")
    siret = with_change(
        "    fields:\n      effectif:", "    fields:\n      n: {type: sirett, label: N}\n      effectif:", asked
    )
    assert codes(tmp_path, siret) == ["unknown_field_type"]
    assert codes(tmp_path, with_change("iban: {type: iban,", "iban: {type: ibam,")) == ["unknown_field_type"]


def test_a_scheme_with_a_mistake_gone_past_is_never_used(tmp_path: Path) -> None:
    library = surveyed(tmp_path, with_change("{use: courriers}", "{usse: courriers}"))
    with pytest.raises(ProblemsFound):
        library.effective("essai")
    roots = [shipped_folder("schemes"), tmp_path / "schemes"]
    with pytest.raises(ProblemsFound):
        load_library(roots, [shipped_folder("regions")], shipped_plugins(), only=["essai"])


def test_an_unreadable_scheme_hides_no_mistake_of_another(tmp_path: Path) -> None:
    other = tmp_path / "schemes/autre/scheme.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("\tid: autre\n", "utf-8")
    surveyed(tmp_path, with_change("when: effectif <= 20", "when: efectif <= 20"))
    roots = [shipped_folder("schemes"), tmp_path / "schemes"]
    library = survey_library(roots, [shipped_folder("regions")], shipped_plugins(), only=["essai", "autre"])
    assert {one.code for one in check(library).problems} >= {"yaml.tab", "rule.unknown_name"}
