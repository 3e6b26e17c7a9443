"""Every message of the rule language, in both languages, with its place, its caret and its hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from broken_rules import broken_rules, read_broken_rule
from guichet.errors import ProblemsFound, render
from guichet.errors.messages import language, language_types
from guichet.language import MONEY, Source, compile_condition, compile_value
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
    shown = {f"rule.{path.stem}" for path in broken_rules()} | {"rule.type_expected"}
    assert shown == {*language.MESSAGES, *language_types.MESSAGES}


def test_a_value_of_another_type_than_expected_is_refused() -> None:
    with pytest.raises(ProblemsFound) as found:
        compile_value(Source("effectif + 1", ("payment", "amount")), an_environment(), MONEY)
    assert render(found.value.problems[0], "fr").splitlines() == [
        '<expression>:1:1  un montant est attendu ici, "effectif + 1" est un nombre entier',
        "  dans  payment › amount",
        "  1 | effectif + 1",
        "    | ^^^^^^^^^^^^",
        "  code  rule.type_expected, core/docs/reference/messages/rule.type_expected.md",
    ]


def test_a_condition_of_a_form_must_be_a_condition() -> None:
    with pytest.raises(ProblemsFound) as found:
        compile_condition(Source("effectif"), an_environment())
    assert [problem.code for problem in found.value.problems] == ["rule.condition_expected"]


def test_every_problem_of_the_rules_is_reported_at_once() -> None:
    with pytest.raises(ProblemsFound) as found:
        compile_condition(Source("chifre > 3 € et pret = refusé et effectif < 10 €"), an_environment())
    assert [problem.code for problem in found.value.problems] == [
        "rule.unknown_name",
        "rule.unknown_choice",
        "rule.compare_money_number",
    ]
