"""What the sentence of a failed criterion quotes: every name it may speak of, as text."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, cast

from guichet.catalogue import LIST_TYPES, PARAMETER_TYPES, CompiledScheme, CompiledVersion
from guichet.engine.eligibility import Facts, rule_values
from guichet.engine.wording.names import MISSING, Names, show_answer, show_value
from guichet.locale import Language, format_day, format_month
from guichet.model.template_text import fill

__all__ = ["fill_reason", "shown_values"]


def fill_reason(
    compiled: CompiledScheme,
    version: CompiledVersion,
    criterion: str,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    list_dates: Mapping[str, date],
    language: Language = "fr",
) -> str:
    """The sentence of one failed gate or criterion, its names filled in."""
    _, known = version.program.explain_conditions(rule_values(compiled, answers, facts, on))
    names = shown_values(compiled, version, answers, facts, on, known, list_dates, language)
    gate = version.rules.gates.get(criterion)
    text = gate.otherwise if gate is not None else version.rules.criteria[criterion].otherwise
    return fill(text, {**names, "reason": ""})


def shown_values(
    compiled: CompiledScheme,
    version: CompiledVersion,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    known: Mapping[str, Any],
    list_dates: Mapping[str, date],
    language: Language,
) -> dict[str, str]:
    """Every name a reason may quote, as text: fields, definitions, parameters, list columns and dates.

    Args:
        known: What each definition is worth.
    """
    names: dict[str, str] = {"reason": ""}
    called = Names(compiled, language)
    for name, field in compiled.fields.items():
        value = answers.get(name)
        names[name] = MISSING if value is None else show_answer(compiled, field, value, language)
    for name in version.rules.names:
        names[name] = called.value(known.get(name), version.program.definition_types.get(name))
    for name, value in compiled.parameters_on(on).items():
        names[name] = show_value(value, PARAMETER_TYPES[compiled.scheme.parameters[name].type], language)
    for name, listed in compiled.scheme.lists.items():
        row = facts.lists.get(name)
        columns: Mapping[str, Any] = cast("Mapping[str, Any]", row) if isinstance(row, Mapping) else {}
        for column, kind in listed.columns.items():
            value = columns.get(column)
            names[f"{name}.{column}"] = _in_column(kind, value, language)
        day = list_dates.get(name)
        names[f"{name}.date"] = format_day(day, language) if day is not None else MISSING
    return names


def _in_column(kind: str, value: Any, language: Language) -> str:
    """A cell of a list by the kind of its column: a month, which rules read as text, by its name."""
    if kind == "month" and isinstance(value, str):
        with suppress(ValueError):
            return format_month(date.fromisoformat(f"{value}-01"), language)
    return show_value(value, LIST_TYPES.get(kind), language)
