"""Why: each criterion and the amount as people read them, the same for applicant, agent and letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from guichet.catalogue import PARAMETER_TYPES, CompiledScheme, CompiledVersion
from guichet.engine.distances import gap_of
from guichet.engine.eligibility import Facts, rule_values
from guichet.engine.repayments import Share, Terms, shares_of, terms_of
from guichet.engine.wording import Names, Wording, as_line
from guichet.engine.wording.names import MISSING, show_value
from guichet.language import AmountTrace, Comparison, ConditionTrace, Trace, tree
from guichet.locale import format_day, format_money
from guichet.model.template_text import fill

Language = Literal["fr", "en"]
State = Literal["met", "failed", "awaited", "unknown"]


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
    what: str = ""
    """What was compared, in words."""
    gap: str = ""
    """How far from holding, in words: `il manque 250,50 €`; empty where it holds or nothing can be measured."""
    holds: bool | None = None
    """Whether this comparison holds; None while it is unknown."""
    field: str = ""
    """The field compared by itself; empty for anything computed."""


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
    rule: str = ""
    """The condition in words; empty where a person answers."""


@dataclass(frozen=True, slots=True)
class BoundReason:
    """A cap or a floor that decided the amount."""

    kind: Literal["cap", "floor"]
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class StepReason:
    """A named value that the amount is made of: its computation in words, and what it is worth."""

    id: str
    label: str
    formula: str
    numbers: str
    """The formula with what each name is worth; empty where that says nothing more."""
    value: str


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
    case_words: str = ""
    """The branch's condition in words; empty for the last one."""
    formula_words: str = ""
    numbers_words: str = ""
    """The formula in words with what each name is worth."""
    rounding: str = ""
    """How it is rounded, in words; empty where nothing is."""
    steps: tuple[StepReason, ...] = ()
    """The named values it is made of, each after those it reads."""


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
    quoted: dict[str, str] = {}
    if any(item.state is False for item in trace.conditions):  # only the sentence of one that fails quotes values
        quoted = shown_values(compiled, version, answers, facts, on, trace, list_dates or {}, language)
    names = Names(compiled, language)
    nodes = {condition.id: node for condition, node in version.program.plan.conditions}
    reasons = [_reason(version, item, nodes[item.id], quoted, typed or {}, names) for item in trace.conditions]
    amount = _amount(version, trace.amount, names, {**values, **trace.definitions})
    shares, terms = shares_of(version, trace.definitions), terms_of(version, {**values, **trace.definitions})
    return Explanation(version.first_day, version.rules.legal, tuple(reasons), amount, shares, terms)


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
    for name in version.rules.names:
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


def _by_kind(kind: str, value: Any, language: Language) -> str:
    if value is None:
        return MISSING
    return format_money(value, language) if kind == "money" else show_value(value, None, language)


def _reason(
    version: CompiledVersion,
    item: ConditionTrace,
    node: tree.Node | None,
    quoted: Mapping[str, str],
    typed: Mapping[str, str],
    names: Names,
) -> Reason:
    gate = version.rules.gates.get(item.id)
    declared: Any = gate if gate is not None else version.rules.criteria[item.id]
    answer = "computed" if gate is not None else declared.answer
    state = _state(item.state, answer)
    text = fill(declared.otherwise, {**quoted, "reason": typed.get(item.id, "")}) if state == "failed" else ""
    parts = _parts(version, node)
    return Reason(
        id=item.id,
        label=declared.label,
        state=state,
        text=text,
        legal=declared.legal or version.rules.legal,
        answer=answer,
        body=getattr(declared, "checked_by", None) or "",
        measures=tuple(
            _measure(version, comparison, parts, names, failed=state == "failed") for comparison in item.comparisons
        ),
        missing=tuple(item.missing),
        rule=_said(version, node, names),
    )


def _said(version: CompiledVersion, node: tree.Node | None, names: Names) -> str:
    """An expression in words, each made once for all dossiers; empty without one."""
    if node is None:
        return ""
    key = names.language, id(node)
    found = version.sentences.get(key)
    if found is None:
        found = version.sentences[key] = as_line(Wording(names).sentence(node), names.language)
    return found


def _parts(version: CompiledVersion, node: tree.Node | None) -> dict[str, tree.Node]:
    """Every part of a condition by its text, those of the definitions it reads included."""
    if node is None:
        return {}
    plan = version.program.plan
    roots = [plan.definitions[name] for name in plan.uses(node).definitions]
    return {part.text: part for root in (*roots, node) for part in root.walk()}


def _state(value: bool | None, answer: str) -> State:
    if value is None:
        return "unknown" if answer == "computed" else "awaited"
    return "met" if value else "failed"


def _measure(
    version: CompiledVersion, comparison: Comparison, parts: Mapping[str, tree.Node], names: Names, *, failed: bool
) -> Measure:
    """One comparison; what is found in a field is shown as the applicant reads it, a choice by its label."""
    field, language = names.compiled.fields.get(comparison.name), names.language
    part = parts.get(comparison.name)
    named = comparison.name if field is not None and comparison.type.kind != "date" else ""

    def shown(value: Any) -> str:
        if isinstance(value, tuple):
            items = cast("tuple[Any, ...]", value)
            return ", ".join(names.value(each, comparison.type, named) for each in items) if named else str(len(items))
        return names.value(value, comparison.type, named)

    in_list = names.listed(comparison.threshold_text) if comparison.operator == "in list" else ""
    return Measure(
        name=field.declaration.label if field is not None else comparison.name,
        found=shown(comparison.found),
        operator=comparison.operator,
        threshold=in_list or shown(comparison.threshold),
        distance=show_value(comparison.distance, comparison.type, language),
        kind=comparison.type.kind,
        what=_said(version, part, names) or comparison.name,
        gap=gap_of(comparison, field, language) if failed and comparison.holds is False else "",
        holds=comparison.holds,
        field=comparison.name if field is not None else "",
    )


def _amount(
    version: CompiledVersion, amount: AmountTrace | None, names: Names, values: Mapping[str, Any]
) -> AmountReason | None:
    if amount is None or amount.branch is None:
        return None
    rules, step, language = version.rules, version.program.plan.amount[amount.branch], names.language
    branch = (
        rules.amount[amount.branch] if rules.amount else None
    )  # several amounts: their sum has no branch of its own
    return AmountReason(
        amount=format_money(amount.amount, language) if amount.amount is not None else "",
        condition=amount.condition,
        formula=amount.formula,
        with_numbers=amount.formula_with_numbers,
        bounds=tuple(
            BoundReason(bound.kind, show_value(bound.value, bound.type, language), bound.text)
            for bound in amount.bounds
        ),
        unverified=branch.unverified if branch is not None else "",
        legal=(branch.legal if branch is not None else "") or rules.legal,
        case_words=_said(version, step.condition, names),
        formula_words=_said(version, step.value, names),
        numbers_words=as_line(Wording(names, values).sentence(step.value), language) if step.value is not None else "",
        rounding=_rounding(version, step.value, names),
        steps=_steps(version, step.value, names, values),
    )


def _steps(
    version: CompiledVersion, node: tree.Node | None, names: Names, values: Mapping[str, Any]
) -> tuple[StepReason, ...]:
    """The definitions, bracket tables and parts that an amount reads, in the order they are computed."""
    plan = version.program.plan
    used = plan.uses(node).definitions if node is not None else frozenset[str]()
    valued = Wording(names, values)
    found: list[StepReason] = []
    for name, definition in plan.definitions.items():
        if name not in used or values.get(name) is None:
            continue
        value = names.value(values[name], definition.type)
        numbers = "" if isinstance(definition, tree.Choose) else as_line(valued.sentence(definition), names.language)
        formula = _said(version, definition, names)
        told = numbers if numbers not in (formula, value) else ""
        found.append(StepReason(name, names.label(name), formula, told, value))
    return tuple(found)


def _rounding(version: CompiledVersion, node: tree.Node | None, names: Names) -> str:
    """How the amount, or a definition it reads, is rounded."""
    if node is None:
        return ""
    plan = version.program.plan
    roots = (node, *(plan.definitions[name] for name in plan.uses(node).definitions))
    found = [part for root in roots for part in root.walk() if isinstance(part, tree.Rounded)]
    said = [names.say(f"explain.{one.mode}", step=names.value(one.step, one.type)) for one in found]
    return ", ".join(dict.fromkeys(said))
