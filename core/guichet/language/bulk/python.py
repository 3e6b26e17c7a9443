"""Python over columns, by distinct values: functions without a form over columns, numbers beyond 38 digits."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, cast

import narwhals as nw

from guichet.language import operations, tree
from guichet.language.bulk.calendar import day_number, day_of
from guichet.language.bulk.columns import Piece, Tables
from guichet.language.bulk.engines import Engine
from guichet.language.bulk.levels import Step
from guichet.language.bulk.ranges import range_of
from guichet.language.bulk.refusals import NotInBulk
from guichet.language.tree import Node
from guichet.language.types import Type

Call = Callable[..., object]


class Function(NamedTuple):
    """A Python function and what it is called in messages."""

    name: str
    call: Call


_ROUNDINGS: dict[str, Callable[[int, int], int]] = {
    "round": operations.half_away,
    "floor": operations.floor_of,
    "ceiling": operations.ceiling_of,
}


def python_step(
    engine: Engine, name: str, arguments: Sequence[tuple[str, Type]], returns: Type, function: Function
) -> Step:
    """What adds the column a Python function makes of others; null where one of them is, or where it cannot tell.

    The function is called once for each distinct set of arguments, in this process, whatever the engine.
    """
    columns, types = [column for column, _ in arguments], [type_ for _, type_ in arguments]

    def step(tables: Tables) -> Tables:
        import pyarrow as pa  # only a function without a form over columns needs it

        if not columns:
            always = nw.lit(cast("Any", _answer(function, (), types, returns)), _column_type(returns))
            return tables.with_main(tables.main.with_columns(**{name: always}))
        main = engine.settled(tables.main)
        told = ~nw.any_horizontal(*(nw.col(column).is_null() for column in columns), ignore_nulls=False)
        given = main.filter(told).select(*columns).unique().collect("pyarrow").to_native()
        answers = [
            _answer(function, values, types, returns) for values in zip(*given.to_pydict().values(), strict=True)
        ]
        found = given.append_column(name, pa.array(answers, _arrow_type(returns, pa)))
        lent = nw.from_native(engine.lend(found, main.to_native())).lazy()
        return tables.with_main(main.join(lent, on=columns, how="left"))

    return step


def _answer(function: Function, values: tuple[object, ...], types: list[Type], returns: Type) -> object:
    found = function.call(*(as_given(each, type_) for each, type_ in zip(values, types, strict=True)))
    if isinstance(found, date):
        return day_number(found)
    low, high = range_of(returns)
    if isinstance(found, int) and low is not None and high is not None and not low <= found <= high:
        raise NotInBulk("bulk.out_of_bounds", name=function.name, value=found, low=low, high=high)
    return found


def as_given(value: object, type_: Type) -> object:
    """A value as functions know it: days as dates, several as a tuple."""
    if type_.kind == "date":
        return day_of(cast("int", value))
    if isinstance(value, Decimal):  # whole numbers beyond 64 bits
        return int(value)
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value


def _column_type(type_: Type) -> nw.dtypes.DType:
    match type_.kind:
        case "boolean":
            return nw.Boolean()
        case "text" | "choice":
            return nw.String()
        case _:
            return nw.Int64()


def _arrow_type(type_: Type, pa: Any) -> Any:
    match type_.kind:
        case "boolean":
            return pa.bool_()
        case "text" | "choice":
            return pa.string()
        case _:
            return pa.int64()


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
