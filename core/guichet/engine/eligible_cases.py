"""A case made from nothing that a scheme finds eligible: what shows its thresholds when its author gave no example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.engine.flips import Judge, edge_of
from guichet.engine.thresholds import ORDERED
from guichet.engine.trials import plain_answer, values_worth_trying
from guichet.language import Result, Type

__all__ = ["an_eligible_case"]

_STEPS: Final = 60
"""Answers changed one after the other, at most."""
Distance = tuple[int, int]
"""Criteria that fail, then what is unknown."""


def an_eligible_case(compiled: CompiledScheme, on: date) -> tuple[dict[str, Any], Facts]:
    """A plain answer to each question, in every list, everything judged favourably; brought to eligible where it can.

    Where no single answer helps any more, the case reached so far: the author changes it.
    """
    version = compiled.version_on(on) or compiled.versions[0]
    checks = {name: True for name, one in version.rules.criteria.items() if one.answer != "computed"}
    facts = Facts(on, on, compiled.territory, lists={name: {} for name in version.program.lists}, checks=checks)
    plain = {name: plain_answer(compiled, name, on) for name in version.program.fields}
    answers = {name: value for name, value in plain.items() if value is not None}
    for _ in range(_STEPS):
        better = _better(Judge(compiled, answers, facts, on))
        if better is None:
            break
        answers |= better
    return answers, facts


def _better(judge: Judge) -> dict[str, Any] | None:
    """The answers to change so that less stands in the way: one, or two that a condition wants together."""
    program = judge.version.program
    now = program.evaluate(judge.values)
    if judge.stands(now) == "eligible":
        return None
    in_the_way = (*now.failed, *(each.id for each, node in program.plan.conditions if node is not None))
    names = [name for each in in_the_way for name in program.dependencies(each) if name in judge.answers]
    fields = tuple(dict.fromkeys(names))
    least = _left(judge, now)
    return next(_alone(judge, fields, least), None) or next(_together(judge, fields, least), None)


def _alone(judge: Judge, fields: Iterable[str], least: Distance) -> Iterator[dict[str, Any]]:
    for name in fields:
        value = _improved(judge, name, least)
        if value is not None:
            yield {name: value}


def _together(judge: Judge, fields: tuple[str, ...], least: Distance) -> Iterator[dict[str, Any]]:
    for name in fields:
        for value in (*values_worth_trying(judge, name), *_numbers(judge, name)):
            moved = Judge(judge.compiled, {**judge.answers, name: value}, judge.facts, judge.on)
            for other in _alone(moved, (each for each in fields if each != name), least):
                yield {name: value, **other}


def _numbers(judge: Judge, name: str) -> Iterator[int]:
    """One more of a number, and the most of it: nothing times a price is nothing, whatever the price."""
    kind = _kind(judge, name)
    if kind.kind not in ORDERED or kind.kind == "date":
        return
    here, most = int(judge.values[name]), judge.version.program.plan.environment.inputs[name].maximum
    yield from (
        each for each in (here + 1, most) if each is not None and here < each and (most is None or each <= most)
    )


def _improved(judge: Judge, name: str, least: Distance) -> Any:
    """The value of one answer, the nearest or the first, that leaves less in the way; None when none does."""

    def is_better(value: Any) -> bool:
        result = judge.with_value(name, value)
        return result is not None and _left(judge, result) < least

    kind = _kind(judge, name)
    if kind.kind in ORDERED:
        edge = edge_of(judge, name, kind, is_better)
        return edge.value if edge is not None else None
    return next((value for value in values_worth_trying(judge, name) if is_better(value)), None)


def _kind(judge: Judge, name: str) -> Type:
    return judge.version.program.plan.environment.inputs[name].type


def _left(judge: Judge, result: Result) -> Distance:
    """How far a result is from eligible."""
    stands = judge.stands(result) == "eligible"
    return len(result.failed), 0 if stands else 1 + len(result.missing)
