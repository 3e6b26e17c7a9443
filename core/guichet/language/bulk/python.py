"""Python over columns, batch by batch: functions of plugins without a form for columns, numbers beyond 38 digits."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, cast

import narwhals as nw

from guichet.language import operations, tree
from guichet.language.bulk.calendar import day_number, day_of
from guichet.language.bulk.columns import Piece, Tables
from guichet.language.bulk.levels import Step
from guichet.language.tree import Node
from guichet.language.types import Type

Call = Callable[..., object]
_ROUNDINGS: dict[str, Callable[[int, int], int]] = {
    "round": operations.half_away,
    "floor": operations.floor_of,
    "ceiling": operations.ceiling_of,
}


def python_step(name: str, arguments: Sequence[tuple[str, Type]], returns: Type, call: Call) -> Step:
    """What adds the column a Python function makes of others; null where one of them is, or where it cannot tell."""
    columns, types = [column for column, _ in arguments], [type_ for _, type_ in arguments]

    def answers(struct: Any) -> Any:
        import polars as pl  # only this engine calls Python, and only here

        seen: dict[tuple[object, ...], object] = {}
        found: list[object] = []
        for values in zip(*(struct.struct.field(column).to_list() for column in columns), strict=True):
            key = tuple(tuple(cast("list[object]", each)) if isinstance(each, list) else each for each in values)
            if key not in seen:
                seen[key] = None if None in key else _answer(call, key, types)
            found.append(seen[key])
        return pl.Series(found, dtype=_dtype(returns, pl))

    def step(tables: Tables) -> Tables:
        import polars as pl  # only this engine calls Python, and only here

        native = cast("pl.LazyFrame", tables.main.to_native())
        column = pl.struct(columns).map_batches(answers, return_dtype=_dtype(returns, pl))
        return tables.with_main(nw.from_native(native.with_columns(column.alias(name))))

    return step


def _answer(call: Call, values: tuple[object, ...], types: list[Type]) -> object:
    given = [
        day_of(cast("int", each)) if type_.kind == "date" else each for each, type_ in zip(values, types, strict=True)
    ]
    found = call(*given)
    return day_number(found) if isinstance(found, date) else found


def _dtype(type_: Type, pl: Any) -> Any:
    match type_.kind:
        case "boolean":
            return pl.Boolean
        case "text" | "choice":
            return pl.String
        case _:
            return pl.Int64


def rounding_in_python(node: tree.Rounded) -> tuple[list[Node], Call]:
    """A rounding as a function of the whole numbers it is made of, exact whatever their size."""
    leaves: list[Node] = []
    value = _value(node.operand, leaves)

    def call(*values: object) -> object:
        found = value(values) / Fraction(node.step, node.type.over)
        return _ROUNDINGS[node.mode](found.numerator, found.denominator) * node.step

    return leaves, call


_Value = Callable[[tuple[object, ...]], Fraction]


def _value(node: Node, leaves: list[Node]) -> _Value:
    match node:
        case tree.Negate():
            inside = _value(node.operand, leaves)
            return lambda values: -inside(values)
        case tree.Arithmetic():
            left, right, sign = _value(node.left, leaves), _value(node.right, leaves), node.operator
            if sign == "+":
                return lambda values: left(values) + right(values)
            if sign == "-":
                return lambda values: left(values) - right(values)
            return lambda values: left(values) * right(values)
        case tree.Quotient():
            above, below = _value(node.left, leaves), _value(node.right, leaves)
            return lambda values: above(values) / below(values)
        case tree.Constant(value=int()):
            constant = Fraction(cast("int", node.value), node.over)
            return lambda _: constant
        case tree.Apply(function="abs"):
            part = _value(node.arguments[0], leaves)
            return lambda values: abs(part(values))
        case tree.Apply() if len(node.arguments) > 1:
            parts = [_value(argument, leaves) for argument in node.arguments]
            pick = cast("Callable[[list[Fraction]], Fraction]", {"sum": sum, "min": min, "max": max}[node.function])
            return lambda values: pick([part(values) for part in parts])
        case _:
            place = len(leaves)
            leaves.append(node)
            return lambda values: Fraction(cast("int", values[place]), node.over)


def known(pieces: Sequence[Piece]) -> nw.Expr | None:
    """Whether all pieces are known, None when they always are."""
    tests = [~piece.expr.is_null() for piece in pieces if piece.nullable]
    if not tests:
        return None
    whole = tests[0]
    for test in tests[1:]:
        whole &= test
    return whole
