"""Fractions known at run time only: a numerator and a positive divisor, until a rounding makes one number of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from guichet.language import tree
from guichet.language.bulk.columns import Piece
from guichet.language.bulk.numbers import Numbers, made
from guichet.language.tree import Node

Write = Callable[[Node], Piece]


class Ratio(NamedTuple):
    """A number as a quotient of whole numbers."""

    number: Piece
    divisor: Piece


class Fractions:
    """Turns the parts of a rounding into ratios."""

    def __init__(self, numbers: Numbers, write: Write) -> None:
        self._numbers = numbers
        self._write = write

    def ratio(self, node: Node) -> Ratio:
        """The ratio of a node."""
        if not node.dynamic:
            return Ratio(self._write(node), self._numbers.constant(node.over))
        match node:
            case tree.Negate():
                number, divisor = self.ratio(node.operand)
                return Ratio(self._numbers.negate(number), divisor)
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Quotient():
                return self._quotient(node)
            case tree.Choose():
                return self._choose(node)
            case tree.Apply(function="abs"):
                number, divisor = self.ratio(node.arguments[0])
                return Ratio(self._numbers.absolute(number), divisor)
            case tree.Apply(function="sum"):
                return reduce(lambda one, other: self._add("+", one, other), map(self.ratio, node.arguments))
            case tree.Apply():
                parts = [self.ratio(argument) for argument in node.arguments]
                return reduce(lambda one, other: self._pick(node.function, one, other), parts)
            case _:
                raise TypeError(f"no ratio for {type(node).__name__}")

    def _arithmetic(self, node: tree.Arithmetic) -> Ratio:
        left, right = self.ratio(node.left), self.ratio(node.right)
        if node.operator == "*":
            numbers = self._numbers
            return Ratio(numbers.multiply(left.number, right.number), numbers.multiply(left.divisor, right.divisor))
        return self._add(node.operator, left, right)

    def _add(self, operator: str, left: Ratio, right: Ratio) -> Ratio:
        one, other, divisor = self._together(left, right)
        return Ratio(self._numbers.add(one, other) if operator == "+" else self._numbers.subtract(one, other), divisor)

    def _together(self, left: Ratio, right: Ratio) -> tuple[Piece, Piece, Piece]:
        """Two ratios over one divisor."""
        numbers = self._numbers
        if left.divisor.constant is not None and left.divisor.constant == right.divisor.constant:
            return left.number, right.number, left.divisor
        left, right = self._held(left), self._held(right)
        divisor = numbers.multiply(left.divisor, right.divisor)
        one, other = numbers.multiply(left.number, right.divisor), numbers.multiply(right.number, left.divisor)
        return one, other, divisor

    def _quotient(self, node: tree.Quotient) -> Ratio:
        left, right = self.ratio(node.left), self._held(self.ratio(node.right))
        numbers, (least, most) = self._numbers, right.number.range
        number, divisor = numbers.multiply(left.number, right.divisor), right.number
        if least < 0:  # never zero: the checker saw to it
            number = self._signed(number, divisor)
            divisor = numbers.absolute(divisor)
        top = max(abs(least), abs(most))
        divisor = (
            made(divisor.expr, divisor, low=1, high=top, wide=divisor.wide) if divisor.constant is None else divisor
        )
        if left.divisor.constant == 1:
            return Ratio(number, divisor)
        return Ratio(number, numbers.multiply(left.divisor, divisor))

    def _signed(self, number: Piece, like: Piece) -> Piece:
        """A number with its sign changed where another is negative."""
        test = self._numbers.levels.hold(made(like.expr < 0, like))
        number = self._numbers.levels.hold(number)
        return self._numbers.either(test, self._numbers.negate(number), number)

    def _choose(self, node: tree.Choose) -> Ratio:
        test = self._numbers.levels.hold(self._write(node.condition))
        then, otherwise = self.ratio(node.then), self.ratio(node.otherwise)
        number = self._numbers.either(test, then.number, otherwise.number)
        if then.divisor.constant is not None and then.divisor.constant == otherwise.divisor.constant:
            return Ratio(number, then.divisor)
        return Ratio(number, self._numbers.either(test, then.divisor, otherwise.divisor))

    def _pick(self, function: str, left: Ratio, right: Ratio) -> Ratio:
        left, right = self._held(left), self._held(right)
        one, other, _ = self._together(left, right)
        test = self._numbers.levels.hold(self._numbers.compare("<=" if function == "min" else ">=", one, other))
        number = self._numbers.either(test, left.number, right.number)
        if left.divisor.constant is not None and left.divisor.constant == right.divisor.constant:
            return Ratio(number, left.divisor)
        return Ratio(number, self._numbers.either(test, left.divisor, right.divisor))

    def _held(self, ratio: Ratio) -> Ratio:
        hold = self._numbers.levels.hold
        return Ratio(hold(ratio.number), hold(ratio.divisor))
