"""Cases on each side of each threshold and bracket of a version: one field moved at a time, from a known case."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.engine.flips import Judge, edge_of
from guichet.engine.thresholds import ORDERED, Threshold, limits_of, thresholds_of
from guichet.engine.trials import plain_answer, values_worth_trying
from guichet.language import Comparison, Trace

__all__ = ["Boundary", "Mark", "find_boundaries", "unreached_by"]

_MOST: Final = 120
"""Boundaries of one version, at most: beyond, the rules want to be cut in two."""
_TRIES: Final = 150
"""Other ways through the form that are tried for the thresholds left."""


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
    """A boundary for each threshold met from a case, and from the cases across: other branches have their own.

    A question that a branch asks and the case left out gets a plain answer; where thresholds are left, so does each
    question that another choice or yes-or-no has asked.
    """
    if compiled.version_on(on) is None:
        return ()
    search = _Search(compiled, facts, on)
    search.follow(answers)
    cases = (answers, *(one.cases()[1] for one in search.known.values()))
    for around in islice((one for case in cases for one in _other_ways(Judge(compiled, case, facts, on))), _TRIES):
        if not search.left():
            break
        search.follow(around)
    return tuple(search.known.values())


def unreached_by(
    compiled: CompiledScheme,
    found: Iterable[Boundary],
    others: Iterable[tuple[Mapping[str, Any], Facts]],
    on: date,
) -> tuple[Threshold, ...]:
    """The thresholds that no boundary crosses and that other cases, met one by one, do not straddle."""
    version = compiled.version_on(on)
    if version is None:
        return ()
    met: dict[str, set[bool]] = {}
    for answers, facts in others:
        judge = Judge(compiled, answers, facts, on)
        for mark, holds in _states(judge, judge.version.program.explain(judge.values)).items():
            met.setdefault(mark.text, set()).add(holds)
    reached = {one.mark.text for one in found} | {text for text, sides in met.items() if len(sides) > 1}
    return tuple(_not_in(thresholds_of(version.program.plan), reached))


def _not_in(thresholds: Iterable[Threshold], reached: Collection[str]) -> list[Threshold]:
    return [one for one in thresholds if one.marks.isdisjoint(reached)]


class _Search:
    """The boundaries known so far, and the cases gone through."""

    def __init__(self, compiled: CompiledScheme, facts: Facts, on: date) -> None:
        self.compiled, self.facts, self.on = compiled, facts, on
        self.known: dict[Mark, Boundary] = {}
        self._seen: set[tuple[tuple[Mark, bool], ...]] = set()

    def left(self) -> bool:
        """Whether thresholds are left that may still be looked for."""
        judge = Judge(self.compiled, {}, self.facts, self.on)
        reached = {mark.text for mark in self.known}
        return len(self.known) < _MOST and bool(_not_in(thresholds_of(judge.version.program.plan), reached))

    def follow(self, answers: Mapping[str, Any]) -> None:
        """Cross what a case meets, then what the cases across meet."""
        waiting: deque[Mapping[str, Any]] = deque([answers])
        while waiting and len(self.known) < _MOST:
            judge = Judge(self.compiled, waiting.popleft(), self.facts, self.on)
            states = _states(judge, judge.version.program.explain(judge.values))
            if tuple(states.items()) in self._seen:
                continue
            self._seen.add(tuple(states.items()))
            for mark in states:
                if mark not in self.known and (found := _cross(judge, mark, states[mark])) is not None:
                    self.known[mark] = found
                    across = found.cases()[1]
                    waiting.append(across)
                    waiting.append(_completed(Judge(self.compiled, across, self.facts, self.on)))


def _completed(judge: Judge) -> Mapping[str, Any]:
    """A case with a plain answer to each question that the rules miss; each may have another asked."""
    for _ in judge.version.program.fields:
        missing = judge.version.program.evaluate(judge.values).missing
        plain = {
            name: plain_answer(judge.compiled, name, judge.on) for name in missing if name in judge.compiled.fields
        }
        plain = {name: value for name, value in plain.items() if value is not None and judge.answers.get(name) is None}
        if not plain:
            break
        judge = Judge(judge.compiled, {**judge.answers, **plain}, judge.facts, judge.on)
    return judge.answers


def _other_ways(judge: Judge) -> Iterator[Mapping[str, Any]]:
    """The case with another value of each choice, and of each yes or no, that the rules read."""
    inputs = judge.version.program.plan.environment.inputs
    for name in judge.version.program.fields:
        if inputs[name].type.kind in ("boolean", "choice"):
            for value in values_worth_trying(judge, name):
                yield _completed(Judge(judge.compiled, {**judge.answers, name: value}, judge.facts, judge.on))


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
            Mark("amount", text): text in bite for text in limits_of(judge.version.program.plan, trace.amount.branch)
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


def _cross(judge: Judge, mark: Mark, holds: bool) -> Boundary | None:
    """The first field, in form order, that has the mark change sides."""
    for name, value in _fields(judge, mark):
        kind = judge.version.program.plan.environment.inputs[name].type

        def changes(other: Any, name: str = name) -> bool:
            return _states(judge, judge.trace_with(name, other)).get(mark) is (not holds)

        if kind.kind in ORDERED:
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
    for name in sorted(names, key=lambda one: inputs[one].type.kind not in ORDERED):
        if judge.answers[name] is not None:
            yield name, judge.answers[name]
