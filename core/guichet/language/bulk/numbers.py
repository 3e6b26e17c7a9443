"""Exact numbers in columns: integers over a known divisor, wide only where the bounds ask for it."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add, mul, sub
from typing import Any

import narwhals as nw

from guichet.language.bulk.columns import Piece, is_wide
from guichet.language.bulk.engines import Engine
from guichet.language.bulk.levels import Levels
from guichet.language.operations import COMPARE
from guichet.language.syntax import Comparator
from guichet.language.tree import Rounding


class Numbers:
    """Arithmetic on pieces."""

    def __init__(self, engine: Engine, levels: Levels) -> None:
        self.engine = engine
        self.levels = levels

    def constant(self, value: int) -> Piece:
        """A whole number."""
        wide = is_wide(value, value)
        expr = self.engine.literal(value, wide=wide)
        return Piece(expr=expr, nullable=False, low=value, high=value, wide=wide, simple=True, constant=value)

    def add(self, left: Piece, right: Piece) -> Piece:
        """A sum."""
        (a, b), (c, d) = left.range, right.range
        return self._combine(add, left, right, a + c, b + d)

    def subtract(self, left: Piece, right: Piece) -> Piece:
        """A difference."""
        (a, b), (c, d) = left.range, right.range
        return self._combine(sub, left, right, a - d, b - c)

    def multiply(self, left: Piece, right: Piece) -> Piece:
        """A product."""
        corners = [one * other for one in left.range for other in right.range]
        return self._combine(mul, left, right, min(corners), max(corners))

    def times(self, piece: Piece, factor: int) -> Piece:
        """A number multiplied by a constant."""
        return piece if factor == 1 else self.multiply(piece, self.constant(factor))

    def negate(self, piece: Piece) -> Piece:
        """A number with its sign changed."""
        return self.subtract(self.constant(0), piece)

    def absolute(self, piece: Piece) -> Piece:
        """A number without its sign."""
        low, high = piece.range
        if piece.constant is not None:
            return self.constant(abs(low))
        if low >= 0:
            return piece
        least = 0 if high >= 0 else -high
        return made(piece.expr.abs(), piece, low=least, high=max(-low, high), wide=piece.wide)

    def compare(self, operator: Comparator, left: Piece, right: Piece) -> Piece:
        """Whether a comparison of two numbers holds."""
        left, right = self._alike(left, right, wide=left.wide or right.wide)
        if left.constant is not None:
            left = Piece(expr=left.expr, nullable=False)
        return joined(COMPARE[operator](left.expr, right.operand), left, right)

    def pick(self, function: str, parts: list[Piece]) -> Piece:
        """The least or the greatest of numbers, unknown as soon as one is."""
        return reduce(lambda one, other: self._pick(function, one, other), parts)

    def _pick(self, function: str, left: Piece, right: Piece) -> Piece:
        choose = min if function == "min" else max
        (a, b), (c, d) = left.range, right.range
        low, high = choose(a, c), choose(b, d)
        if left.constant is not None and right.constant is not None:
            return self.constant(low)
        if left.constant is not None:
            left, right = right, left
        wide = left.wide or right.wide
        left, right = (self.levels.hold(each) for each in self._alike(left, right, wide=wide))
        if self.engine.name == "polars" and right.constant is not None and not wide:
            bound = {"upper_bound" if function == "min" else "lower_bound": right.constant}
            return made(left.expr.clip(**bound), left, low=low, high=high)
        first = left.expr <= right.operand if function == "min" else left.expr >= right.operand
        if left.nullable or right.nullable:
            second = left.expr > right.operand if function == "min" else left.expr < right.operand
            expr = nw.when(first).then(left.expr).otherwise(nw.when(second).then(right.expr))
        else:
            expr = nw.when(first).then(left.expr).otherwise(right.expr)
        return joined(expr, left, right, low=low, high=high, wide=wide)

    def either(self, test: Piece, then: Piece, otherwise: Piece) -> Piece:
        """One of two numbers, by a condition held as a column."""
        (a, b), (c, d) = then.range, otherwise.range
        wide = then.wide or otherwise.wide
        then, otherwise = self._alike(then, otherwise, wide=wide)
        expr = chosen(test, then.expr, otherwise.expr)
        found = joined(expr, then, otherwise, low=min(a, c), high=max(b, d), wide=wide)
        return joined(expr, found, test, low=found.low, high=found.high, wide=wide)

    def rounded(self, mode: Rounding, number: Piece, divisor: Piece, step: int) -> Piece:
        """A quotient brought to a multiple of a step; the divisor is positive; halves go away from zero."""
        if divisor.constant == 1:
            return self.times(number, step)
        quotient = self.times(self._quotient(mode, number, divisor), step)
        if quotient.wide and not is_wide(*quotient.range):
            return made(quotient.expr.cast(nw.Int64()), quotient, low=quotient.low, high=quotient.high)
        return quotient

    def _quotient(self, mode: Rounding, number: Piece, divisor: Piece) -> Piece:
        """The quotient as a whole number.

        Rounding half away from zero is a floor after adding half the divisor, less one for negatives that stand
        exactly between two: n + ⌊d/2⌋ is one too many there when d is even.
        """
        if mode == "ceiling":
            number = self.add(number, self.subtract(divisor, self.constant(1)))
        elif mode == "round":
            number = self._towards_half(number, divisor)
        least, most = divisor.range
        corners = [bound // by for bound in number.range for by in (max(least, 1), most)]
        wide = number.wide or divisor.wide
        number, divisor = self._alike(number, divisor, wide=wide)
        size = max(abs(each) for each in number.range)
        by = divisor.expr if wide else divisor.operand
        expr = self.engine.floor_divide(number.expr, by, size, wide=wide)
        return joined(expr, number, divisor, low=min(corners), high=max(corners), wide=wide)

    def _towards_half(self, number: Piece, divisor: Piece) -> Piece:
        number = self.levels.hold(number)
        if divisor.constant is not None:
            half = self.add(number, self.constant(divisor.range[0] // 2))
            if divisor.range[0] % 2 or number.range[0] >= 0:
                return half
            return self.subtract(half, self._flag(number.expr < 0, number))
        divisor = self.levels.hold(divisor)
        wide = divisor.wide
        two = self.engine.literal(2, wide=True) if wide else 2
        floor = self.engine.floor_divide(divisor.expr, two, divisor.range[1], wide=wide)
        low, high = divisor.range
        half = self.levels.hold(made(floor, divisor, low=low // 2, high=high // 2, wide=wide))
        even = half.expr * 2 == divisor.expr
        return self.subtract(
            self.add(number, half), self._flag((number.expr < 0) & even, joined(number.expr, number, divisor))
        )

    def _flag(self, test: nw.Expr, like: Piece) -> Piece:
        return made(test.cast(nw.Int64()), like, low=0, high=1)

    def _combine(self, operator: Callable[[Any, Any], Any], left: Piece, right: Piece, low: int, high: int) -> Piece:
        if left.constant is not None and right.constant is not None:
            return self.constant(operator(left.constant, right.constant))
        wide = is_wide(low, high) or left.wide or right.wide
        left, right = self._alike(left, right, wide=wide)
        right_operand = right.operand if not wide else right.expr
        return joined(operator(left.expr, right_operand), left, right, low=low, high=high, wide=wide)

    def _alike(self, left: Piece, right: Piece, *, wide: bool) -> tuple[Piece, Piece]:
        return (self._widened(left), self._widened(right)) if wide else (left, right)

    def _widened(self, piece: Piece) -> Piece:
        if piece.wide:
            return piece
        if piece.constant is not None:
            value = piece.range[0]
            expr = self.engine.literal(value, wide=True)
            return Piece(expr=expr, nullable=False, low=value, high=value, wide=True, simple=True, constant=value)
        return made(piece.expr.cast(self.engine.wide), piece, low=piece.low, high=piece.high, wide=True)


def chosen(test: Piece, then: nw.Expr, otherwise: nw.Expr) -> nw.Expr:
    """One of two values by a condition held as a column, null where the condition is."""
    if not test.nullable:
        return nw.when(test.expr).then(then).otherwise(otherwise)
    return nw.when(test.expr).then(then).otherwise(nw.when(~test.expr).then(otherwise))


def made(expr: nw.Expr, like: Piece, *, low: int | None = None, high: int | None = None, wide: bool = False) -> Piece:
    """What an expression over one piece gives."""
    return Piece(expr=expr, level=like.level, nullable=like.nullable, low=low, high=high, wide=wide)


def joined(
    expr: nw.Expr,
    left: Piece,
    right: Piece,
    *,
    low: int | None = None,
    high: int | None = None,
    wide: bool = False,
) -> Piece:
    """What an expression over two pieces gives."""
    level, nullable = max(left.level, right.level), left.nullable or right.nullable
    return Piece(expr=expr, level=level, nullable=nullable, low=low, high=high, wide=wide)
