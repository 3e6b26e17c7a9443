"""One criterion or gate as it came out: met or not, on what comparisons, by which article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guichet.catalogue import CompiledVersion
from guichet.engine.explanations.measures import Measure, measure_of, parts_of
from guichet.engine.explanations.saying import said
from guichet.engine.wording import Names
from guichet.language import ConditionTrace, tree
from guichet.model.template_text import fill

__all__ = ["Reason", "State", "reason_of"]

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
    answer: Literal["computed", "attested", "judged"]
    body: str
    measures: tuple[Measure, ...]
    missing: tuple[str, ...]
    rule: str = ""
    """The condition in words; empty where a person answers."""


def reason_of(
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
    parts = parts_of(version, node)
    return Reason(
        id=item.id,
        label=declared.label,
        state=state,
        text=text,
        legal=declared.legal or version.rules.legal,
        answer=answer,
        body=getattr(declared, "checked_by", None) or "",
        measures=tuple(
            measure_of(version, comparison, parts, names, failed=state == "failed") for comparison in item.comparisons
        ),
        missing=tuple(item.missing),
        rule=said(version, node, names),
    )


def _state(value: bool | None, answer: str) -> State:
    if value is None:
        return "unknown" if answer == "computed" else "awaited"
    return "met" if value else "failed"
