"""Whether an aid is due and how much: the rules of the right day applied to answers and facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.errors import GuichetError
from guichet.language import UNAVAILABLE, Result, Trace

NO_RULES = Result("undetermined", None, (), (), (), (), None)


class NoRulesYet(GuichetError):  # noqa: N818  reads as the fact it states
    """The judging day comes before the first version of the rules."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules know beyond the answers, gathered by services before the pure evaluation.

    Args:
        lists: List → the columns of the row found, False when there is none, UNAVAILABLE when the source is silent.
        checks: Judged or attested criterion → the answer; absent while nobody gave one.
        silent: Fields left for later, whose source does not answer.
    """

    filed_on: date | None = None
    decided_on: date | None = None
    territory: str = ""
    other_dossiers: int | None = 0
    lists: Mapping[str, Any] = field(default_factory=dict[str, Any])
    checks: Mapping[str, bool | None] = field(default_factory=dict[str, "bool | None"])
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of one evaluation and the version of the rules that gave it."""

    version: CompiledVersion
    result: Result


def judging_day(compiled: CompiledScheme, answers: Mapping[str, Any], filed_on: date, decided_on: date) -> date:
    """The day whose rules judge a dossier: of the decision (the general rule), of the filing, or a date field's."""
    judged_on = compiled.scheme.legal.judged_on
    if judged_on == "filing":
        return filed_on
    answer = answers.get(judged_on) if judged_on != "decision" else None
    return answer if isinstance(answer, date) else decided_on


def rule_values(compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date) -> dict[str, Any]:
    """Everything the rules read by name: answers, parameters of the day, dates, lists at `@list`, checks at `@id`."""
    values = dict(answers)
    values.update(compiled.parameters_on(on))
    values["filed_on"] = facts.filed_on
    values["decided_on"] = facts.decided_on
    values["territory"] = facts.territory or None  # nobody said which: unknown, and no territory of an empty name
    values["other_dossiers"] = facts.other_dossiers
    for name in facts.silent:
        values.setdefault(name, UNAVAILABLE)
    for name, row in facts.lists.items():
        values[f"@{name}"] = row
    for name, answer in facts.checks.items():
        values[f"@{name}"] = answer
    return values


def evaluate(compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date) -> Evaluation:
    """The outcome and amount on a judging day; raises NoRulesYet before the first version."""
    version = _version(compiled, on)
    return Evaluation(version, version.program.evaluate(rule_values(compiled, answers, facts, on)))


def explain(compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date) -> Trace:
    """The same evaluation with how each criterion and the amount came out; raises NoRulesYet."""
    return _version(compiled, on).program.explain(rule_values(compiled, answers, facts, on))


def list_keys(compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date) -> dict[str, Any]:
    """The key to look up in each list the rules of a day consult; None while its fields are unanswered."""
    version = _version(compiled, on)
    values = rule_values(compiled, answers, facts, on)
    return {name: version.program.list_key(name, values) for name in version.program.list_keys}


def consult(
    compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date, look_up: Callable[[str, Any], Any]
) -> Facts:
    """The facts with what lists say, each looked up by its key once that key is known; what is known stays.

    Args:
        look_up: What a list says of a key: the columns of its row, False, or UNAVAILABLE.
    """
    version = _version(compiled, on)
    for program in (version.program, *version.passages.values()):
        for name in program.list_keys:
            if name not in facts.lists:
                key = program.list_key(name, rule_values(compiled, answers, facts, on))
                if key is not None:
                    facts = replace(facts, lists={**facts.lists, name: look_up(name, key)})
    return facts


def _version(compiled: CompiledScheme, on: date) -> CompiledVersion:
    version = compiled.version_on(on)
    if version is None:
        raise NoRulesYet(on.isoformat())
    return version
