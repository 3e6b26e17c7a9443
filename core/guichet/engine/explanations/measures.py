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


def compared_of(version: CompiledVersion, comparison: Comparison, part: tree.Node | None, names: Names) -> Compared:
    """One comparison in short; what is found in a field is shown as the applicant reads it, a choice by its label."""
    key = names.language, comparison.name, comparison.type, comparison.operator, comparison.threshold_text
    teller = version.tellers.get(key)
    if teller is None:
        teller = version.tellers[key] = _Teller(comparison, part, names)
    return teller.told(comparison)


class _Teller:
    """Tells one comparison of some rules for dossier after dossier: only what is found differs, as a rule."""

    __slots__ = ("_in_list", "_name", "_named", "_names", "_part", "_threshold", "_type")

    def __init__(self, comparison: Comparison, part: tree.Node | None, names: Names) -> None:
        field = names.compiled.fields.get(comparison.name)
        self._named = comparison.name if field is not None and comparison.type.kind != "date" else ""
        self._name = field.declaration.label if field is not None else comparison.name
        self._in_list = names.listed(comparison.threshold_text) if comparison.operator == "in list" else ""
        self._names, self._part, self._type = names, part, comparison.type
        self._threshold: tuple[Any, str] | None = None

    def told(self, comparison: Comparison) -> Compared:
        """The comparison as it came out for one dossier."""
        threshold = self._in_list or self._asked(comparison.threshold)
        return Compared(self._name, self._shown(comparison.found), comparison.operator, threshold)

    def _asked(self, threshold: Any) -> str:
        """The threshold, worded once as long as it stays the same: most are written in the rules."""
        last = self._threshold
        if last is None or type(last[0]) is not type(threshold) or last[0] != threshold:
            last = self._threshold = threshold, self._shown(threshold)
        return last[1]

    def _shown(self, value: Any) -> str:
        if self._part is not None and isinstance(value, str) and (called := self._names.answer(self._part, value)):
            return called
        if isinstance(value, tuple):
            items = cast("tuple[Any, ...]", value)
            if not self._named:
                return str(len(items))
            return ", ".join(self._names.value(each, self._type, self._named) for each in items)
        return self._names.value(value, self._type, self._named)


def measure_of(
    version: CompiledVersion, comparison: Comparison, parts: Mapping[str, tree.Node], names: Names, *, failed: bool
) -> Measure:
    """One comparison with all that can be said of it."""
    field, language = names.compiled.fields.get(comparison.name), names.language
    part = parts.get(comparison.name)
    return Measure(
        *compared_of(version, comparison, part, names),
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
