"""Every threshold that a version of the rules writes, and those that no case of a set comes to both sides of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from guichet.language import tree
from guichet.language.operations import FLIPPED, OPPOSITE
from guichet.language.plan import Plan

__all__ = ["ORDERED", "Threshold", "limits_of", "thresholds_of"]

ORDERED: Final = ("integer", "decimal", "money", "rate", "date")
"""Kinds of values that a threshold may cut in two."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A comparison of what has an order, or a cap or floor.

    Args:
        text: How the rules write it.
        marks: How a case tells that it met it, the other way round too.
        bound: Whether it is a cap, or a floor.
    """

    text: str
    marks: frozenset[str]
    bound: Literal["", "cap", "floor"] = ""


def thresholds_of(plan: Plan) -> tuple[Threshold, ...]:
    """The thresholds of a version, each once, as they are written."""
    roots = (*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values())
    compared = (_compared(part) for root in roots for part in root.walk() if isinstance(part, tree.Compare))
    bites = (_bite(text) for branch in range(len(plan.amount)) for text in limits_of(plan, branch))
    found = {one.marks: one for one in (*(each for each in compared if each is not None), *bites)}
    return tuple(found.values())


def _bite(text: str) -> Threshold:
    kind, _, limit = text.partition(" ")
    return Threshold(limit, frozenset({text}), "cap" if kind == "cap" else "floor")


def _compared(node: tree.Compare) -> Threshold | None:
    left, right, sign = node.left, node.right, node.operator
    if isinstance(left, tree.Constant):
        left, right, sign = right, left, FLIPPED[sign]
    if left.type.kind not in ORDERED or isinstance(left, tree.Constant):
        return None
    signs = (sign, OPPOSITE[sign])
    return Threshold(
        f"{left.text} {sign} {right.text}", frozenset(f"{left.text} {each} {right.text}" for each in signs)
    )


def limits_of(plan: Plan, branch: int) -> list[str]:
    """The caps and floors of a branch, as an explanation names those that bite."""
    value = plan.amount[branch].value
    if value is None:
        return []
    roots = (value, *(plan.definitions[name] for name in plan.definitions if name in plan.uses(value).definitions))
    return [text for root in roots for text in _bounds(root)]


def _bounds(root: tree.Node) -> Iterator[str]:
    for part in root.walk():
        if isinstance(part, tree.Apply) and part.function in ("min", "max") and len(part.arguments) > 1:
            limits: Iterable[tree.Node] = (limit for limit in part.arguments if tree.is_fixed(limit))
            yield from (f"{'cap' if part.function == 'min' else 'floor'} {limit.text}" for limit in limits)
