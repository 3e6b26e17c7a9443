"""The whole answer of the rules on one dossier, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.engine.eligibility import Facts, rule_values
from guichet.engine.explanations.amounts import AmountReason, StepReason, amount_of
from guichet.engine.explanations.quoting import shown_values
from guichet.engine.explanations.reasons import BriefReason, Reason, State, brief_reason_of, reason_of
from guichet.engine.repayments import Share, Terms, shares_of, terms_of
from guichet.engine.wording import Names
from guichet.language import ConditionTrace, tree
from guichet.locale import Language

__all__ = ["Explanation", "explain_briefly", "explain_dossier"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer, in words."""

    version: date
    legal: str
    reasons: tuple[Reason, ...]
    amount: AmountReason | None
    shares: tuple[Share, ...] = ()
    """Each of several amounts."""
    terms: Terms | None = None
    """How an advance is paid back."""

    @property
    def steps(self) -> tuple[StepReason, ...]:
        """The named values of the amount; a part that only repeats its sum is told with the parts."""
        told = {share.id for share in self.shares}
        found = self.amount.steps if self.amount is not None else ()
        return tuple(step for step in found if step.numbers or step.id not in told)

    def of_state(self, *states: State) -> tuple[Reason, ...]:
        """The reasons in some states, in file order."""
        return tuple(reason for reason in self.reasons if reason.state in states)


def explain_dossier(
    compiled: CompiledScheme,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    *,
    list_dates: Mapping[str, date] | None = None,
    typed: Mapping[str, str] | None = None,
    language: Language = "fr",
) -> Explanation | None:
    """How every criterion and the amount came out; None before the first version of the rules.

    Args:
        list_dates: List → the day its rows were settled.
        typed: Judged criterion → the reason the body wrote.
    """
    version = compiled.version_on(on)
    if version is None:
        return None
    values = rule_values(compiled, answers, facts, on)
    trace = version.program.explain(values)
    known, dates = trace.definitions, list_dates or {}
    quoted = _quoted(compiled, version, answers, facts, on, trace.conditions, known, dates, language)
    names = Names(compiled, language)
    nodes = _nodes(version)
    reasons = [reason_of(version, item, nodes[item.id], quoted, typed or {}, names) for item in trace.conditions]
    amount = amount_of(version, trace.amount, names, {**values, **trace.definitions})
    shares, terms = shares_of(version, trace.definitions), terms_of(version, {**values, **trace.definitions})
    return Explanation(version.first_day, version.rules.legal, tuple(reasons), amount, shares, terms)


def explain_briefly(
    compiled: CompiledScheme,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    *,
    list_dates: Mapping[str, date] | None = None,
    language: Language = "fr",
) -> tuple[BriefReason, ...]:
    """How every criterion came out, in short, for another software; nothing before the first version of the rules.

    Args:
        list_dates: As for `explain_dossier`.
    """
    version = compiled.version_on(on)
    if version is None:
        return ()
    conditions, known = version.program.explain_conditions(rule_values(compiled, answers, facts, on))
    quoted = _quoted(compiled, version, answers, facts, on, conditions, known, list_dates or {}, language)
    names, nodes = Names(compiled, language), _nodes(version)
    return tuple([brief_reason_of(version, item, nodes[item.id], quoted, names) for item in conditions])


def _nodes(version: CompiledVersion) -> Mapping[str, tree.Node | None]:
    return {condition.id: node for condition, node in version.program.plan.conditions}


def _quoted(
    compiled: CompiledScheme,
    version: CompiledVersion,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    conditions: Iterable[ConditionTrace],
    known: Mapping[str, Any],
    list_dates: Mapping[str, date],
    language: Language,
) -> Mapping[str, str]:
    """What sentences may quote, as text: only that of a condition that fails quotes anything."""
    if all(item.state is not False for item in conditions):
        return {}
    return shown_values(compiled, version, answers, facts, on, known, list_dates, language)
