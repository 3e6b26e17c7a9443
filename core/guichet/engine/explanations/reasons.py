"""One criterion or gate as it came out: met or not, on what comparisons, by which article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from guichet.catalogue import CompiledVersion
from guichet.engine.explanations.measures import Compared, Measure, compared_of, measure_of, parts_of
from guichet.engine.explanations.saying import said
from guichet.engine.wording import Names
from guichet.language import ConditionTrace, tree
from guichet.model.template_text import fill

__all__ = ["BriefReason", "Reason", "State", "brief_reason_of", "reason_of"]

Answer = Literal["computed", "attested", "judged"]
State = Literal["met", "failed", "awaited", "unknown"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion or gate as it came out."""

    id: str
    label: str
    state: State
    text: str
    """The sentence given when it fails; empty when it is met."""
    legal: str
    answer: Answer
    body: str
    measures: tuple[Measure, ...]
    missing: tuple[str, ...]
    rule: str = ""
    """The condition in words; empty where a person answers."""


class BriefReason(NamedTuple):
    """One criterion or gate as it came out, as far as another software is told."""

    id: str
    label: str
    state: State
    text: str
    legal: str
    measures: tuple[Compared, ...]


def reason_of(
    version: CompiledVersion,
    item: ConditionTrace,
    node: tree.Node | None,
    quoted: Mapping[str, str],
    typed: Mapping[str, str],
    names: Names,
) -> Reason:
    """One condition as it came out, with all that can be said of it."""
    declared, answer = _declared(version, item.id)
    state = _state(item.state, answer)
    parts = parts_of(version, node)
    return Reason(
        id=item.id,
        label=declared.label,
        state=state,
        text=_text(declared, state, quoted, typed.get(item.id, "")),
        legal=declared.legal or version.rules.legal,
        answer=answer,
        body=getattr(declared, "checked_by", None) or "",
        measures=tuple(
            measure_of(version, comparison, parts, names, failed=state == "failed") for comparison in item.comparisons
        ),
        missing=tuple(item.missing),
        rule=said(version, node, names),
    )


def brief_reason_of(
    version: CompiledVersion, item: ConditionTrace, node: tree.Node | None, quoted: Mapping[str, str], names: Names
) -> BriefReason:
    """The same in short: no word of what is left out is made."""
    declared, answer = _declared(version, item.id)
    state = _state(item.state, answer)
    legal, measures = declared.legal or version.rules.legal, ()
    if item.comparisons:
        parts = parts_of(version, node)
        measures = tuple([compared_of(version, one, parts.get(one.name), names) for one in item.comparisons])
    return BriefReason(item.id, declared.label, state, _text(declared, state, quoted, ""), legal, measures)


def _declared(version: CompiledVersion, name: str) -> tuple[Any, Answer]:
    gate = version.rules.gates.get(name)
    if gate is not None:
        return gate, "computed"
    criterion = version.rules.criteria[name]
    return criterion, criterion.answer


def _text(declared: Any, state: State, quoted: Mapping[str, str], reason: str) -> str:
    """The sentence of a condition that fails, filled in."""
    return fill(declared.otherwise, {**quoted, "reason": reason}) if state == "failed" else ""


def _state(value: bool | None, answer: Answer) -> State:
    if value is None:
        return "unknown" if answer == "computed" else "awaited"
    return "met" if value else "failed"
