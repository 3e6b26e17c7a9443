"""Every message of the rule language, in both languages, with its place, its caret and its hint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from broken_rules import broken_rules, read_broken_rule
from guichet.errors import ProblemsFound, render
from guichet.errors.messages import language, language_types
from guichet.language import CodeSet, Rules, Source, compile_rules, compile_value
from rules_at_hand import an_environment


@pytest.mark.parametrize("path", broken_rules(), ids=lambda path: path.stem)
def test_a_broken_rule_is_explained_in_full(path: Path) -> None:
    broken = read_broken_rule(path)
    assert broken.said("fr") == broken.expected["fr"]
    assert broken.said("en") == broken.expected["en"]


@pytest.mark.parametrize("path", broken_rules(), ids=lambda path: path.stem)
def test_a_broken_rule_shows_the_code_its_file_is_named_after(path: Path) -> None:
    assert [problem.code for problem in read_broken_rule(path).problems()] == [f"rule.{path.stem}"]


def test_every_message_of_the_language_has_its_broken_rule() -> None:
    shown = {f"rule.{path.stem}" for path in broken_rules()}
    assert shown == {*language.MESSAGES, *language_types.MESSAGES}


def test_every_problem_of_the_rules_is_reported_at_once() -> None:
    with pytest.raises(ProblemsFound) as found:
        compile_value(Source("chifre > 3 € et pret = refusé et effectif < 10 €"), an_environment())
    assert [problem.code for problem in found.value.problems] == [
        "rule.unknown_name",
        "rule.unknown_choice",
        "rule.compare_money_number",
    ]


@pytest.mark.parametrize(
    ("rule", "fr", "en"),
    [
        (
            "actif_disponible * 50 % plafonnée à 500 €",
            "un plafond s'écrit min(actif_disponible * 50 %, …)",
            "a cap is written min(actif_disponible * 50 %, …)",
        ),
        (
            "effectif < 10 €",
            "un nombre s'écrit sans unité : 10.",
            "a number is written without a unit: 10.",
        ),
        (
            "effectif < actif_disponible",
            "un montant s'écrit avec son unité : 2 000 €.",
            "an amount is written with its unit: 2 000 €.",
        ),
        (
            "effectif supérieur à 3",
            "une comparaison s'écrit par un signe : effectif > …",
            "a comparison is written with a sign: effectif > …",
        ),
        (
            "exercice_clos = non",
            'une réponse par oui ou non se lit seule : écrivez "exercice_clos" ou "non exercice_clos".',
            'an answer by yes or no is read alone: write "exercice_clos" or "non exercice_clos".',
        ),
        ("siret dans communes", "écrivez clé dans liste communes.", "write key in list communes."),
    ],
)
def test_a_slip_of_a_beginner_is_told_what_to_write(rule: str, fr: str, en: str) -> None:
    environment = replace(an_environment(), codes={"communes": CodeSet(("74",))})
    with pytest.raises(ProblemsFound) as found:
        compile_value(Source(rule), environment)
    (problem,) = found.value.problems
    assert f"  aide  {fr}" in render(problem, "fr").splitlines()
    assert f"  hint  {en}" in render(problem, "en").splitlines()


def test_a_definition_that_bears_the_name_of_a_choice_is_not_told_as_one_that_reads_itself() -> None:
    named = Rules("2020-04-17", {"refuse": Source("si pret = refuse alors 1 € sinon 2 €")})
    with pytest.raises(ProblemsFound) as found:
        compile_rules(named, an_environment())
    assert [problem.code for problem in found.value.problems] == ["rule.choice_or_name"]
