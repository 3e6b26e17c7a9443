"""Two expressions compared as typed trees: spelling does not count, a threshold that moved is told from a new rule."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

from guichet.language import tree
from guichet.language.types import NUMBERS

__all__ = ["moved_constants", "questions_beside", "same_tree"]

_UNSCALED = ("text", "type", "bounds", "over", "dynamic", "step")
"""Spelling, and the step of a rounding, compared by what it is worth."""


def same_tree(before: tree.Node, after: tree.Node) -> bool:
    """Whether two trees say the same, however they are written."""
    return _shape(before, constants=True) == _shape(after, constants=True)


def moved_constants(before: tree.Node, after: tree.Node) -> list[tuple[tree.Constant, tree.Constant]] | None:
    """The values that changed in trees otherwise alike; None when more than values changed."""
    if _shape(before, constants=False) != _shape(after, constants=False):
        return None
    pairs = zip(_constants(before), _constants(after), strict=True)
    return [(one, other) for one, other in pairs if _worth(one) != _worth(other)]


def questions_beside(node: tree.Node) -> dict[int, str]:
    """The name that each value written in a comparison stands beside, by the identity of its node."""
    found: dict[int, str] = {}
    for part in node.walk():
        if isinstance(part, tree.Compare):
            names = [side.name for side in (part.left, part.right) if isinstance(side, tree.Read)]
            sides = [side for side in (part.left, part.right) if isinstance(side, tree.Constant)]
            found |= {id(side): name for side in sides for name in names}
    return found


def _constants(node: tree.Node) -> list[tree.Constant]:
    return [part for part in node.walk() if isinstance(part, tree.Constant)]


def _shape(node: tree.Node, *, constants: bool) -> Any:
    """A tree without its spelling, with or without the values written in it."""
    if isinstance(node, tree.Constant):
        kind = "number" if node.type.kind in NUMBERS else (node.type.kind, node.type.per)
        return ("Constant", kind, _worth(node) if constants else None)
    return (
        type(node).__name__,
        node.type.kind,
        Fraction(node.step, node.over) if isinstance(node, tree.Rounded) else None,
        *(_part(getattr(node, one.name), constants=constants) for one in fields(node) if one.name not in _UNSCALED),
    )


def _worth(constant: tree.Constant) -> object:
    """What a constant is worth: 5 % and 0.5 % are the same integer, over another divisor."""
    value = constant.value
    return value if isinstance(value, str | bool | date) else Fraction(value, constant.over)


def _part(value: Any, *, constants: bool) -> Any:
    if isinstance(value, tree.Node):
        return _shape(value, constants=constants)
    if isinstance(value, tuple):
        return tuple(_part(each, constants=constants) for each in value)  # pyright: ignore[reportUnknownVariableType]  parts of a tree
    return getattr(value, "name", value) if type(value).__name__ == "Signature" else value
