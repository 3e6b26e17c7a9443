"""What a check says of examples: amounts as people read them, and versions that no example proves."""

from __future__ import annotations

from pathlib import Path

from declarations import SCHEME, a_library
from guichet.errors import Problem, render
from guichet.services.checking import check

EXAMPLES = """\
format: 1
examples:
  petit_club:
    title: Un petit club
    on: 2020-05-20
    answers: {effectif: 3, annule: true, perte: 400 €, titulaire: Club, iban: FR7630006000011234567890189}
    expect: {outcome: eligible, amount: %s}
"""


def found(folder: Path, examples: str, scheme: str = SCHEME) -> list[Problem]:
    files = {"schemes/essai/examples.yaml": examples}
    return [one for one in check(a_library(folder, scheme, files)).problems if "example" in one.code]


def test_an_amount_is_shown_in_euros(tmp_path: Path) -> None:
    differs = next(one for one in found(tmp_path, EXAMPLES % "600.50 €") if one.code == "example_differs")
    assert "l'exemple annonce amount = 600.50 €, les règles donnent 400 €" in render(differs, "fr").replace(
        "\u00a0", " "
    )


def test_a_version_that_no_example_proves_is_a_warning_at_its_day(tmp_path: Path) -> None:
    (missing,) = found(tmp_path, EXAMPLES % "400 €")
    assert (missing.code, missing.severity, missing.path) == (
        "version_without_example",
        "warning",
        ("rules", "2020-06-01"),
    )
    assert missing.position is not None
    assert missing.position.text.strip() == "2020-06-01:"
    assert "2020-06-01" in render(missing, "fr")


def test_one_example_on_a_day_of_each_version_is_enough(tmp_path: Path) -> None:
    second = (
        "  plus_tard: {like: petit_club, title: En juin, on: 2020-06-01, expect: {outcome: eligible, amount: 400 €}}\n"
    )
    assert found(tmp_path, EXAMPLES % "400 €" + second) == []


def test_a_version_that_judges_no_filing_needs_none(tmp_path: Path) -> None:
    filing = SCHEME.replace("  competence: social\n", "  competence: social\n  judged_on: filing\n")
    late = filing.replace("closes: 2020-06-30", "closes: 2020-05-31")
    assert len({late, filing, SCHEME}) == 3
    assert [one.code for one in found(tmp_path / "a", EXAMPLES % "400 €", filing)] == ["version_without_example"]
    assert found(tmp_path / "b", EXAMPLES % "400 €", late) == []
