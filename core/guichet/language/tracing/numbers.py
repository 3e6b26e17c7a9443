"""Exact numbers of an explanation: run-time integers where they suffice, fractions everywhere else."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final, Literal, cast

from guichet.language import tree
from guichet.language.trace import Bound
from guichet.language.tracing.run import Evaluate, Evaluates, Run
from guichet.language.tree import Node, is_fixed
from guichet.language.types import MONEY, UNROUNDED, Type, decimal

Plain = Callable[[Run], "Fraction | None"]

_OPERATORS: Final[dict[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def number(node: Node, tracing: Evaluates) -> Evaluate:
    """What evaluates a number."""
    match node:
        case tree.Negate():
            operand = tracing.value(node.operand)
            return lambda run: None if (found := operand(run)) is None else -found
        case tree.Arithmetic():
            return _arithmetic(node, tracing)
        case tree.Quotient():
            return _quotient(node, tracing)
        case tree.Rounded():
            return _rounded(node, tracing)
        case tree.Apply(function="count"):
            held = tracing.value(node.arguments[0])
            return lambda run: None if (found := held(run)) is None else len(found)
        case tree.Apply(function="abs"):
            operand = tracing.value(node.arguments[0])
            return lambda run: None if (found := operand(run)) is None else abs(found)
        case tree.Apply(function="sum"):
            return _sum(node, tracing)
        case tree.Apply():
            return _extreme(node, tracing)
        case _:
            raise TypeError(f"no explanation for {type(node).__name__}")


def plain(node: Node, tracing: Evaluates) -> Plain:
    """What evaluates a number as a fraction of its plain unit (cents for money)."""
    value, over = tracing.value(node), node.type.over
    if node.type.kind in UNROUNDED:
        return cast("Plain", value)
    return lambda run: None if (found := value(run)) is None else Fraction(found, over)


def stored(found: Fraction, type_: Type) -> object:
    """A fraction in the run-time form of its type; unrounded numbers stay fractions."""
    if type_.kind in UNROUNDED:
        return found
    scaled = found * type_.over
    if scaled.denominator != 1:
        raise ArithmeticError(f"{found} is not exact to 1/{type_.over}")
    return scaled.numerator


def converted(node: Node, wanted: Type, tracing: Evaluates) -> Evaluate:
    """What evaluates a number in the run-time form of another type of its kind."""
    if node.type.kind not in UNROUNDED and wanted.kind not in UNROUNDED and node.type.over == wanted.over:
        return tracing.value(node)
    found = plain(node, tracing)
    return lambda run: None if (fraction := found(run)) is None else stored(fraction, wanted)


def converted_like(node: Node, wanted: Type, tracing: Evaluates) -> Evaluate:
    """A value in the run-time form of another type of its kind; only numbers change."""
    return tracing.value(node) if node.bounds is None else converted(node, wanted, tracing)


def _arithmetic(node: tree.Arithmetic, tracing: Evaluates) -> Evaluate:
    wanted, combine = node.type, _OPERATORS[node.operator]
    kinds = {node.left.type.kind, node.right.type.kind, wanted.kind}
    alike = node.left.type.over == node.right.type.over == wanted.over
    counted = node.operator == "*" and "integer" in {node.left.type.kind, node.right.type.kind}
    if not kinds & UNROUNDED and (alike if node.operator != "*" else counted):
        one, other = tracing.value(node.left), tracing.value(node.right)
        return lambda run: None if (left := one(run)) is None or (right := other(run)) is None else combine(left, right)
    one, other = plain(node.left, tracing), plain(node.right, tracing)
    return lambda run: (
        None if (left := one(run)) is None or (right := other(run)) is None else stored(combine(left, right), wanted)
    )


def _quotient(node: tree.Quotient, tracing: Evaluates) -> Evaluate:
    one, other = plain(node.left, tracing), plain(node.right, tracing)
    return lambda run: None if (left := one(run)) is None or (right := other(run)) is None else left / right


def _rounded(node: tree.Rounded, tracing: Evaluates) -> Evaluate:
    operand, step, mode = plain(node.operand, tracing), Fraction(node.step, node.type.over), node.mode

    def evaluate(run: Run) -> object:
        found = operand(run)
        if found is None:
            return None
        steps = found / step
        if mode == "floor":
            return floor(steps) * node.step
        if mode == "ceiling":
            return ceil(steps) * node.step
        nearest = floor(abs(steps) + Fraction(1, 2))
        return (nearest if steps >= 0 else -nearest) * node.step

    return evaluate


def _sum(node: tree.Apply, tracing: Evaluates) -> Evaluate:
    if len(node.arguments) == 1:
        held = tracing.value(node.arguments[0])
        return lambda run: None if (found := _all_known(held(run))) is None else sum(found)
    parts = [converted(argument, node.type, tracing) for argument in node.arguments]
    return lambda run: None if (found := _all_known([part(run) for part in parts])) is None else sum(found)


def _all_known(found: Sequence[int | None] | None) -> list[int] | None:
    if found is None:
        return None
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) else None


def _extreme(node: tree.Apply, tracing: Evaluates) -> Evaluate:
    pick = cast("Callable[[Sequence[Any]], object]", min if node.function == "min" else max)
    if len(node.arguments) == 1:
        held = tracing.value(node.arguments[0])
        return lambda run: pick(found) if (found := _all_known(held(run))) else None
    parts = [converted(argument, node.type, tracing) for argument in node.arguments]
    limits = {
        place: argument for place, argument in enumerate(node.arguments) if _is_limit(argument, tracing.constants)
    }
    if not limits and len(parts) == 2:
        limits = {1: node.arguments[1]}  # of two values that both move, the second is read as the limit
    watched = 0 < len(limits) < len(parts)

    def evaluate(run: Run) -> object:
        found = [part(run) for part in parts]
        if None in found:
            return None
        chosen = pick(found)
        if watched:
            free = [value for place, value in enumerate(found) if place not in limits]
            if chosen not in free:
                limit = limits[found.index(chosen)]
                kind = "cap" if node.function == "min" else "floor"
                run.bounds.append(_bound(kind, chosen, limit, node.type))
        return chosen

    return evaluate


def _bound(kind: Literal["cap", "floor"], value: object, limit: Node, found: Type) -> Bound:
    """A cap or a floor that bit, as people read it: before the rounding around it, it is said to two decimals."""
    if found.kind not in UNROUNDED:
        return Bound(kind, value, limit.text, found)
    shown = MONEY if found.kind == "unrounded_money" else decimal(2)
    return Bound(kind, floor(cast("Fraction", value) * shown.over + Fraction(1, 2)), limit.text, shown)


def _is_limit(node: Node, constants: frozenset[str]) -> bool:
    """What is fixed, or a definition that depends on nothing."""
    return is_fixed(node) or (isinstance(node, tree.Read) and node.origin == "definition" and node.name in constants)
