"""Why: each criterion and the amount as people read them, the same for applicant, agent and letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from guichet.catalogue import PARAMETER_TYPES, CompiledScheme, CompiledVersion
from guichet.engine.eligibility import Facts, rule_values
from guichet.language import UNAVAILABLE, AmountTrace, Comparison, ConditionTrace, Trace, Type
from guichet.locale import format_day, format_money, format_number
from guichet.model.template_text import fill

Language = Literal["fr", "en"]
State = Literal["met", "failed", "awaited", "unknown"]

MISSING = "–"
"""What a text shows for a value that is not known."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One comparison of a criterion: what was found, the threshold, and how far apart."""

    name: str
    found: str
    operator: str
    threshold: str
    distance: str
    kind: str
    """The kind of type compared: `money`, `date`, `boolean`…"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion or gate as it came out."""

    id: str
    label: str
    state: State
    text: str
    """The sentence given when it fails; empty when it is met."""
    legal: str
    answer: Literal["computed", "attested", "judged"]
    body: str
    measures: tuple[Measure, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundReason:
    """A cap or a floor that decided the amount."""

    kind: Literal["cap", "floor"]
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class AmountReason:
    """How the amount came out: the branch's formula, the same with its numbers, the cap or floor that bit."""

    amount: str
    condition: str
    formula: str
    with_numbers: str
    bounds: tuple[BoundReason, ...]
    unverified: str
    legal: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer, in words."""

    version: date
    legal: str
    reasons: tuple[Reason, ...]
    amount: AmountReason | None

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
    trace = version.program.explain(rule_values(compiled, answers, facts, on))
    names: dict[str, str] = {}
    if any(item.state is False for item in trace.conditions):  # only the sentence of one that fails quotes values
        names = shown_values(compiled, version, answers, facts, on, trace, list_dates or {}, language)
    reasons = [_reason(compiled, version, item, names, typed or {}, language) for item in trace.conditions]
    return Explanation(version.first_day, version.rules.legal, tuple(reasons), _amount(version, trace.amount, language))


def fill_reason(
    compiled: CompiledScheme,
    version: CompiledVersion,
    criterion: str,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    list_dates: Mapping[str, date],
    reason: str = "",
    language: Language = "fr",
) -> str:
    """The sentence of one failed gate or criterion, its names filled in."""
    trace = version.program.explain(rule_values(compiled, answers, facts, on))
    names = shown_values(compiled, version, answers, facts, on, trace, list_dates, language)
    gate = version.rules.gates.get(criterion)
    text = gate.otherwise if gate is not None else version.rules.criteria[criterion].otherwise
    return fill(text, {**names, "reason": reason})


def shown_values(
    compiled: CompiledScheme,
    version: CompiledVersion,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    trace: Trace,
    list_dates: Mapping[str, date],
    language: Language,
) -> dict[str, str]:
    """Every name a reason may quote, as text: fields, definitions, parameters, list columns and dates."""
    names: dict[str, str] = {"reason": ""}
    for name, field in compiled.fields.items():
        value = answers.get(name)
        names[name] = MISSING if value is None else field.type.show(value, field.options, language)
    for name in version.rules.define:
        names[name] = show_value(trace.definitions.get(name), version.program.definition_types.get(name), language)
    for name, value in compiled.parameters_on(on).items():
        names[name] = show_value(value, PARAMETER_TYPES[compiled.scheme.parameters[name].type], language)
    for name, listed in compiled.scheme.lists.items():
        row = facts.lists.get(name)
        known: Mapping[str, Any] = cast("Mapping[str, Any]", row) if isinstance(row, Mapping) else {}
        for column, kind in listed.columns.items():
            value = known.get(column)
            names[f"{name}.{column}"] = _by_kind(kind, value, language)
        day = list_dates.get(name)
        names[f"{name}.date"] = format_day(day, language) if day is not None else MISSING
    return names


def show_value(value: Any, kind: Type | None, language: Language) -> str:
    """A run-time value as people read it."""
    if value is None or value is UNAVAILABLE:
        return MISSING
    if isinstance(value, bool):
        words = {"fr": ("non", "oui"), "en": ("no", "yes")}[language]
        return words[value]
    if isinstance(value, date):
        return format_day(value, language)
    if kind is not None and kind.kind == "money":
        return format_money(value, language)
    if kind is not None and kind.kind in ("rate", "decimal"):
        unit = " %" if kind.kind == "rate" else ""
        return f"{format_number(value, kind.scale, language)}{unit}"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in cast("tuple[object, ...]", value))
    return str(value)


def _by_kind(kind: str, value: Any, language: Language) -> str:
    if value is None:
        return MISSING
    return format_money(value, language) if kind == "money" else show_value(value, None, language)


def _reason(
    compiled: CompiledScheme,
    version: CompiledVersion,
    item: ConditionTrace,
    names: Mapping[str, str],
    typed: Mapping[str, str],
    language: Language,
) -> Reason:
    gate = version.rules.gates.get(item.id)
    declared: Any = gate if gate is not None else version.rules.criteria[item.id]
    answer = "computed" if gate is not None else declared.answer
    state = _state(item.state, answer)
    text = fill(declared.otherwise, {**names, "reason": typed.get(item.id, "")}) if state == "failed" else ""
    return Reason(
        id=item.id,
        label=declared.label,
        state=state,
        text=text,
        legal=declared.legal or version.rules.legal,
        answer=answer,
        body=getattr(declared, "checked_by", None) or "",
        measures=tuple(_measure(compiled, comparison, language) for comparison in item.comparisons),
        missing=tuple(item.missing),
    )


def _state(value: bool | None, answer: str) -> State:
    if value is None:
        return "unknown" if answer == "computed" else "awaited"
    return "met" if value else "failed"


def _measure(compiled: CompiledScheme, comparison: Comparison, language: Language) -> Measure:
    """One comparison; what is found in a field is shown as the applicant reads it, a choice by its label."""
    field = compiled.fields.get(comparison.name)

    def shown(value: Any) -> str:
        if field is None or value is None or value is UNAVAILABLE or comparison.type.kind not in ("choice", "text"):
            return show_value(value, comparison.type, language)
        return (
            field.type.show(value, field.options, language)
            if isinstance(value, str)
            else show_value(value, None, language)
        )

    return Measure(
        name=field.declaration.label if field is not None else comparison.name,
        found=shown(comparison.found),
        operator=comparison.operator,
        threshold=shown(comparison.threshold),
        distance=show_value(comparison.distance, comparison.type, language),
        kind=comparison.type.kind,
    )


def _amount(version: CompiledVersion, amount: AmountTrace | None, language: Language) -> AmountReason | None:
    if amount is None or amount.branch is None:
        return None
    branch = version.rules.amount[amount.branch]
    return AmountReason(
        amount=format_money(amount.amount, language) if amount.amount is not None else "",
        condition=amount.condition,
        formula=amount.formula,
        with_numbers=amount.formula_with_numbers,
        bounds=tuple(
            BoundReason(bound.kind, show_value(bound.value, bound.type, language), bound.text)
            for bound in amount.bounds
        ),
        unverified=branch.unverified,
        legal=branch.legal or version.rules.legal,
    )
