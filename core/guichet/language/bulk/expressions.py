"""From a typed expression to a column expression, null where the value is unknown.

Engines agree that arithmetic, comparisons and `not` give null on null, and that `and` and `or` follow Kleene; a test
holds each engine to it. Everything else on which they differ (choices, extremes, membership, sums) is guarded here.
"""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from operator import and_, or_
from typing import Final

import narwhals as nw

from guichet.language import tree
from guichet.language.bulk.calendar import Calendar
from guichet.language.bulk.columns import Piece, TooWide
from guichet.language.bulk.fractions import Fractions
from guichet.language.bulk.numbers import Numbers, chosen, joined, made
from guichet.language.bulk.python import Function, known, python_step, rounding_in_python
from guichet.language.bulk.ranges import range_of
from guichet.language.bulk.refusals import NotInBulk
from guichet.language.bulk.rows import Reductions
from guichet.language.bulk.scope import Scope
from guichet.language.bulk.verifying import disagrees, verifying_step
from guichet.language.tree import Node
from guichet.language.types import Type

_FEW: Final = 4
_CALENDAR: Final = frozenset({"years_between", "months_between", "days_between"})


class Expressions:
    """Writes the expressions of one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.numbers = Numbers(scope.engine, scope.levels)
        self.calendar = Calendar(scope.engine, scope.levels)
        self.fractions = Fractions(self.numbers, self.write)
        self.reductions = Reductions(scope, self.write, Expressions.within)

    @staticmethod
    def within(scope: Scope) -> Callable[[Node], Piece]:
        """What writes the expressions of an inner scope."""
        return Expressions(scope).write

    def write(self, node: Node) -> Piece:  # noqa: C901, PLR0912  one line a kind of node
        """The column expression of a node."""
        match node:
            case tree.Constant():
                return self._constant(node)
            case tree.Read():
                return self.scope.read(node.name, defined=node.origin == "definition")
            case tree.Element():
                return self.scope.cell(node.variable, "")
            case tree.Cell():
                return self.scope.cell(node.variable, node.column)
            case tree.Not():
                operand = self.write(node.operand)
                return made(~operand.expr, operand)
            case tree.Logic():
                join = and_ if node.operator == "and" else or_
                parts = [self.write(operand) for operand in node.operands]
                return reduce(lambda one, other: joined(join(one.expr, other.expr), one, other), parts)
            case tree.Compare():
                return self._compare(node)
            case tree.Among():
                return self._among(node)
            case tree.Contains():
                return self.reductions.contains(node)
            case tree.Listed():
                return self.scope.listed(node.list)
            case tree.Lookup():
                return self.scope.looked_up(node.list, node.column)
            case tree.Choose():
                return self._choose(node)
            case tree.Known():
                operand = self.write(node.operand)
                expr = ~operand.expr.is_null() if operand.nullable else nw.lit(value=True)
                return Piece(expr=expr, level=operand.level, nullable=False)
            case tree.Shift():
                return self._shift(node)
            case tree.External():
                return self._external(node)
            case tree.Quantified():
                return self.reductions.quantified(node)
            case tree.Apply():
                return self._apply(node)
            case tree.Gathered():
                raise NotInBulk("bulk.rows_expression", value=node.text)
            case _:
                return self._number(node)

    def _constant(self, node: tree.Constant) -> Piece:
        match node.value:
            case bool():
                return Piece(expr=nw.lit(node.value), nullable=False, simple=True, constant=node.value)
            case int():
                return self.numbers.constant(node.value)
            case date():
                return self.calendar.constant(node.value)
            case _:
                return Piece(expr=nw.lit(node.value), nullable=False, simple=True, constant=node.value)

    def _compare(self, node: tree.Compare) -> Piece:
        left, right = self.write(node.left), self.write(node.right)
        if left.low is None or right.low is None:
            left = _without_value(left)
            return joined(
                left.expr == right.operand if node.operator == "=" else left.expr != right.operand, left, right
            )
        over = lcm(node.left.over, node.right.over)
        one = self.numbers.times(left, over // node.left.over)
        return self.numbers.compare(node.operator, one, self.numbers.times(right, over // node.right.over))

    def _among(self, node: tree.Among) -> Piece:
        operand = self.write(node.operand)
        options = [self._constant(option).constant for option in node.options]
        if len(options) <= _FEW:
            operand = _without_value(operand) if operand.constant is not None else self.scope.levels.hold(operand)
            tests = [operand.expr == option for option in options]
            return made(reduce(or_, tests), operand)
        operand = self.scope.levels.hold(operand)
        expr = operand.expr.is_in(options)
        return made(nw.when(~operand.expr.is_null()).then(expr) if operand.nullable else expr, operand)

    def _choose(self, node: tree.Choose) -> Piece:
        test = self.scope.levels.hold(self.write(node.condition))
        then, otherwise = self.write(node.then), self.write(node.otherwise)
        if then.low is not None and otherwise.low is not None:
            then = self.numbers.times(then, node.over // node.then.over)
            otherwise = self.numbers.times(otherwise, node.over // node.otherwise.over)
            return self.numbers.either(test, then, otherwise)
        both = joined(chosen(test, then.expr, otherwise.expr), then, otherwise)
        return joined(both.expr, both, test)

    def _shift(self, node: tree.Shift) -> Piece:
        day, duration = self.write(node.operand), self.write(node.duration)
        if node.backwards:
            duration = self.numbers.negate(duration)
        if node.duration.type.kind == "days":
            return self.calendar.add_days(day, duration)
        return self.calendar.add_months(day, duration)

    def _apply(self, node: tree.Apply) -> Piece:
        if node.function in _CALENDAR:
            start, end = (self.write(argument) for argument in node.arguments)
            between: Callable[[Piece, Piece], Piece] = getattr(self.calendar, node.function)
            return between(start, end)
        if node.function == "starts_with":
            whole, start = (self.write(argument) for argument in node.arguments)
            return joined(whole.expr.str.starts_with(start.operand), whole, start)
        if node.function == "abs":
            return self.numbers.absolute(self.write(node.arguments[0]))
        if node.function == "count" or len(node.arguments) == 1:
            return self.reductions.aggregated(node)
        return self._several(node)

    def _several(self, node: tree.Apply) -> Piece:
        parts = [self.numbers.times(self.write(each), node.over // each.over) for each in node.arguments]
        if node.function == "sum":
            return reduce(self.numbers.add, parts)
        return self.numbers.pick(node.function, parts)

    def _number(self, node: Node) -> Piece:
        match node:
            case tree.Negate():
                return self.numbers.negate(self.write(node.operand))
            case tree.Arithmetic(operator="*"):
                return self.numbers.multiply(self.write(node.left), self.write(node.right))
            case tree.Arithmetic():
                left = self.numbers.times(self.write(node.left), node.over // node.left.over)
                right = self.numbers.times(self.write(node.right), node.over // node.right.over)
                return self.numbers.add(left, right) if node.operator == "+" else self.numbers.subtract(left, right)
            case tree.Quotient():
                assert isinstance(node.right, tree.Constant)  # noqa: S101  only literals divide outside a ratio
                divisor = Fraction(int(node.right.value), node.right.over)  # pyright: ignore[reportArgumentType]  a number
                factor = Fraction(node.over, node.left.over) / divisor
                return self.numbers.times(self.write(node.left), factor.numerator)
            case tree.Rounded():
                return self._rounded(node)
            case _:
                raise TypeError(f"no column for {type(node).__name__}")

    def _rounded(self, node: tree.Rounded) -> Piece:
        try:
            number, divisor = self.fractions.ratio(node.operand)
            over, step = node.type.over, node.step
            if divisor.constant is None:
                common = gcd(over, step)
                number, divisor = (
                    self.numbers.times(number, over // common),
                    self.numbers.times(divisor, step // common),
                )
            else:
                down = divisor.range[0] * step
                common = gcd(over, down)
                number, divisor = self.numbers.times(number, over // common), self.numbers.constant(down // common)
            return self.numbers.rounded(node.mode, number, divisor, step)
        except TooWide:
            leaves, call = rounding_in_python(node)
            return self._in_python(leaves, node.type, Function(node.text, call))

    def _external(self, node: tree.External) -> Piece:
        if node.signature.bulk is None:
            function = Function(node.signature.name, node.signature.call)
            return self._in_python(node.arguments, node.type, function)
        if self.scope.verified:
            return self._verified(node)
        arguments = [self.scope.levels.hold(self.write(argument)) for argument in node.arguments]
        return self._over_columns(node, arguments)

    def _over_columns(self, node: tree.External, arguments: list[Piece]) -> Piece:
        assert node.signature.bulk is not None  # noqa: S101  asked of functions that have the form
        expr: object = node.signature.bulk(*(argument.expr for argument in arguments))
        if not isinstance(expr, nw.Expr):
            raise disagrees(node.signature, "bulk()", type(expr).__name__, "narwhals.Expr")
        test = known(arguments)
        return self._returned(node.type, expr if test is None else nw.when(test).then(expr), arguments)

    def _verified(self, node: tree.External) -> Piece:
        """The form over columns, held to the function on the first lines."""
        levels = self.scope.levels
        columns = [levels.column(self.write(argument)) for argument in node.arguments]
        piece = self._over_columns(node, [argument for _, argument in columns])
        given = [(column, argument.type) for (column, _), argument in zip(columns, node.arguments, strict=True)]
        levels.step(piece.level, verifying_step(node.signature, given, piece.expr))
        return piece

    def _in_python(self, nodes: Sequence[Node], returns: Type, function: Function) -> Piece:
        levels = self.scope.levels
        columns = [levels.column(self.write(node)) for node in nodes]
        if any(node.type.kind == "rows" for node in nodes):
            raise NotInBulk("bulk.rows_argument", name=function.name)
        column = levels.fresh()
        arguments = [(name, node.type) for (name, _), node in zip(columns, nodes, strict=True)]
        step = python_step(self.scope.engine, column, arguments, returns, function)
        level = levels.step(max((piece.level for _, piece in columns), default=0), step)
        piece = self._returned(returns, nw.col(column), [])
        return Piece(expr=piece.expr, level=level, low=piece.low, high=piece.high, simple=True)

    def _returned(self, type_: Type, expr: nw.Expr, arguments: list[Piece]) -> Piece:
        level = max((argument.level for argument in arguments), default=0)
        low, high = range_of(type_)
        return Piece(expr=expr, level=level, low=low, high=high)


def _without_value(piece: Piece) -> Piece:
    """A literal as an expression that stands on the left of an operator."""
    return Piece(expr=piece.expr, level=piece.level, nullable=piece.nullable)
