"""Cases on each side of each threshold and bracket of a version: one field moved at a time, from a known case."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.engine.flips import Judge, edge_of
from guichet.engine.trials import values_worth_trying
from guichet.language import Comparison, Trace, tree
from guichet.language.plan import Plan

__all__ = ["Boundary", "Mark", "find_boundaries"]

_MOST: Final = 120
"""Boundaries of one version, at most: beyond, the rules want to be cut in two."""
_ORDERED: Final = ("integer", "decimal", "money", "rate", "date")


@dataclass(frozen=True, slots=True)
class Mark:
    """What may change sides: a comparison of a condition or of the amount, or a cap or floor that bites.

    Args:
        group: The criterion, `amount`, or a definition such as a bracket table.
        text: How the rules write it.
    """

    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """One threshold: the field that crosses it, its values on both sides, and the answers of the case around."""

    mark: Mark
    field: str
    answers: Mapping[str, Any]
    this_side: Any
    other_side: Any

    def cases(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answers on both sides."""
        return {**self.answers, self.field: self.this_side}, {**self.answers, self.field: self.other_side}


def find_boundaries(
    compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date
) -> tuple[Boundary, ...]:
    """A boundary for each threshold met from a case, and from the cases across: other branches have their own."""
    if compiled.version_on(on) is None:
        return ()
    known: dict[Mark, Boundary] = {}
    waiting: deque[Mapping[str, Any]] = deque([answers])
    seen: set[tuple[tuple[Mark, bool], ...]] = set()
    while waiting and len(known) < _MOST:
        judge = Judge(compiled, waiting.popleft(), facts, on)
        states = _states(judge, judge.version.program.explain(judge.values))
        if tuple(states.items()) in seen:
            continue
        seen.add(tuple(states.items()))
        for mark in states:
            if mark not in known and (found := _cross(judge, mark, states[mark])) is not None:
                known[mark] = found
        waiting.extend(found.cases()[1] for found in known.values() if found.answers == judge.answers)
    return tuple(known.values())


def _states(judge: Judge, trace: Trace | None) -> dict[Mark, bool]:
    """Whether each comparison met holds, and each cap or floor bites."""
    found: dict[Mark, bool] = {}
    if trace is None:
        return found
    conditions = {name for name, node in judge.version.program.plan.definitions.items() if node.type.kind == "boolean"}
    groups = [(each.id, each.comparisons) for each in trace.conditions]
    if trace.amount is not None:
        groups.append(("amount", trace.amount.comparisons))
    groups += [(name, tuple(met)) for name, met in trace.met.items() if name not in conditions]
    for group, comparisons in groups:
        found |= {Mark(group, text): holds for text, holds in _held(judge, comparisons)}
    if trace.amount is not None and trace.amount.amount is not None and trace.amount.branch is not None:
        bite = {f"{bound.kind} {bound.text}" for bound in trace.amount.bounds}
        found |= {
            Mark("amount", text): text in bite for text in _limits(judge.version.program.plan, trace.amount.branch)
        }
    return found


def _held(judge: Judge, comparisons: Iterable[Comparison]) -> Iterator[tuple[str, bool]]:
    """How each comparison is written, and whether it holds; the beginnings of a list of codes being one."""
    lists = judge.compiled.scheme.codes
    coded = {begun: name for name, one in lists.items() for begun in (*one.codes, *one.but)}
    met: dict[tuple[str, str], set[str]] = {}
    for one in comparisons:
        if one.operator == "starts_with" and one.threshold in coded and one.holds is not None:
            begins = met.setdefault((one.name, coded[str(one.threshold)]), set())
            begins |= {str(one.threshold)} if one.holds else set()
        elif one.holds is not None:
            yield f"{one.name} {one.operator} {one.threshold_text}".strip(), one.holds
    for (name, coded_by), begins in met.items():
        declared = lists[coded_by]
        yield f"{name} in list {coded_by}", not begins.isdisjoint(declared.codes) and begins.isdisjoint(declared.but)


def _limits(plan: Plan, branch: int) -> list[str]:
    """The caps and floors of a branch, as an explanation names those that bite."""
    value = plan.amount[branch].value
    if value is None:
        return []
    roots = (value, *(plan.definitions[name] for name in plan.definitions if name in plan.uses(value).definitions))
    return [
        f"{'cap' if part.function == 'min' else 'floor'} {limit.text}"
        for root in roots
        for part in root.walk()
        if isinstance(part, tree.Apply) and part.function in ("min", "max") and len(part.arguments) > 1
        for limit in part.arguments
        if tree.is_fixed(limit)
    ]


def _cross(judge: Judge, mark: Mark, holds: bool) -> Boundary | None:
    """The first field, in form order, that has the mark change sides."""
    for name, value in _fields(judge, mark):
        kind = judge.version.program.plan.environment.inputs[name].type

        def changes(other: Any, name: str = name) -> bool:
            return _states(judge, judge.trace_with(name, other)).get(mark) is (not holds)

        if kind.kind in _ORDERED:
            edge = edge_of(judge, name, kind, changes)
            if edge is not None:
                return Boundary(mark, name, judge.answers, edge.last, edge.value)
        else:
            other = next((each for each in values_worth_trying(judge, name) if changes(each)), None)
            if other is not None:
                return Boundary(mark, name, judge.answers, value, other)
    return None


def _fields(judge: Judge, mark: Mark) -> Iterator[tuple[str, Any]]:
    """The fields that feed a mark's condition, answered and asked, numbers and dates first."""
    program = judge.version.program
    asked = program.asked(judge.values)
    inputs = program.plan.environment.inputs
    names = [name for name in program.dependencies(mark.group) if asked.get(name) and name in judge.answers]
    for name in sorted(names, key=lambda one: inputs[one].type.kind not in _ORDERED):
        if judge.answers[name] is not None:
            yield name, judge.answers[name]
