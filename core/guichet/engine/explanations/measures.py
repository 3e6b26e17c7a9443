"""The comparisons of a criterion: what was found, what is asked, and how far apart they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from guichet.catalogue import CompiledVersion
from guichet.engine.distances import gap_of
from guichet.engine.explanations.saying import said
from guichet.engine.wording import Names
from guichet.engine.wording.names import show_value
from guichet.language import Comparison, tree

__all__ = ["Compared", "Measure", "compared_of", "measure_of", "parts_of"]


class Compared(NamedTuple):
    """One comparison of a criterion, in short: what was found and what is asked, as people read them."""

    name: str
    found: str
    operator: str
    threshold: str


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


def compared_of(comparison: Comparison, part: tree.Node | None, names: Names) -> Compared:
    """One comparison in short; what is found in a field is shown as the applicant reads it, a choice by its label."""
    field, threshold = names.compiled.fields.get(comparison.name), comparison.threshold
    named = comparison.name if field is not None and comparison.type.kind != "date" else ""

    def shown(value: Any) -> str:
        if part is not None and isinstance(value, str) and (called := names.answer(part, value)):
            return called
        if isinstance(value, tuple):
            items = cast("tuple[Any, ...]", value)
            return ", ".join(names.value(each, comparison.type, named) for each in items) if named else str(len(items))
        return names.value(value, comparison.type, named)

    in_list = names.listed(comparison.threshold_text) if comparison.operator == "in list" else ""
    name = field.declaration.label if field is not None else comparison.name
    return Compared(name, shown(comparison.found), comparison.operator, in_list or shown(threshold))


def measure_of(
    version: CompiledVersion, comparison: Comparison, parts: Mapping[str, tree.Node], names: Names, *, failed: bool
) -> Measure:
    """One comparison with all that can be said of it."""
    field, language = names.compiled.fields.get(comparison.name), names.language
    part = parts.get(comparison.name)
    return Measure(
        *compared_of(comparison, part, names),
        distance=show_value(comparison.distance, comparison.type, language),
        kind=comparison.type.kind,
        what=_what(version, part, names) or comparison.name,
        gap=gap_of(comparison, field, language) if failed and comparison.holds is False else "",
        holds=comparison.holds,
        field=comparison.name if field is not None else "",
    )


def _what(version: CompiledVersion, part: tree.Node | None, names: Names) -> str:
    """What was compared: a question by its label, whatever its answer; anything else in words."""
    return names.quoted(part.name) if isinstance(part, tree.Read) else said(version, part, names)


def parts_of(version: CompiledVersion, node: tree.Node | None) -> Mapping[str, tree.Node]:
    """Every part of a condition by its text, those of the definitions it reads included; found once for all."""
    if node is None:
        return {}
    found = version.parts.get(id(node))
    if found is None:
        plan = version.program.plan
        roots = [plan.definitions[name] for name in plan.uses(node).definitions]
        found = version.parts[id(node)] = {part.text: part for root in (*roots, node) for part in root.walk()}
    return found
