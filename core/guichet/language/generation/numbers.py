"""Exact numbers in generated Python: integers over a known divisor, fractions only where one divides by a value."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Final, Protocol

from guichet.language import tree
from guichet.language.generation.code import Code, guards_of
from guichet.language.tree import Node

_ROUNDING: Final = {"round": "half_away", "floor": "floor_of", "ceiling": "ceiling_of"}
_PICK: Final = {"min": "<=", "max": ">="}


class Writes(Protocol):
    """What writes the parts of a number."""

    def write(self, node: Node) -> Code:
        """The Python expression of a part."""
        ...

    def named(self, whole: str, guards: tuple[str, ...]) -> Code:
        """An expression that may be None, as a piece whose last guard names its value."""
        ...


def shared(*overs: int) -> int:
    """The divisor that suits all."""
    return reduce(lcm, overs)


def at(node: Node, text: str, over: int) -> str:
    """The integer that stands for a number over another divisor."""
    factor = over // node.over
    if factor == 1:
        return text
    if isinstance(node, tree.Constant) and isinstance(node.value, int):
        return f"({node.value * factor})"
    return f"({text} * {factor})"


def as_fraction(node: Node, text: str) -> str:
    """A number as a fraction."""
    return text if node.dynamic else f"Fraction({text}, {node.over})"


def operand(node: Node, text: str, whole: Node) -> str:
    """A part of a number in the form the whole has: over its divisor, or as a fraction."""
    if whole.dynamic:
        return as_fraction(node, text)
    return at(node, text, whole.over) if whole.bounds is not None else text


def write(node: Node, writer: Writes) -> Code:
    """The Python expression of a number."""
    match node:
        case tree.Negate():
            inside = writer.write(node.operand)
            return Code(f"(-{inside.text})", inside.guards)
        case tree.Arithmetic():
            return _arithmetic(node, writer)
        case tree.Quotient():
            return _quotient(node, writer)
        case tree.Rounded():
            return _rounded(node, writer)
        case tree.Apply():
            return _apply(node, writer)
        case _:
            raise TypeError(f"no Python for {type(node).__name__}")


def _arithmetic(node: tree.Arithmetic, writer: Writes) -> Code:
    left, right = writer.write(node.left), writer.write(node.right)
    guards = guards_of((left, right))
    if node.operator == "*" and not node.dynamic:
        return Code(f"({left.text} * {right.text})", guards)
    one, other = operand(node.left, left.text, node), operand(node.right, right.text, node)
    return Code(f"({one} {node.operator} {other})", guards)


def _quotient(node: tree.Quotient, writer: Writes) -> Code:
    left = writer.write(node.left)
    if not node.dynamic:
        factor = Fraction(node.over, node.left.over) / _literal(node.right)
        return Code(f"({left.text} * {factor.numerator})", left.guards)
    right = writer.write(node.right)
    one, other = as_fraction(node.left, left.text), as_fraction(node.right, right.text)
    return Code(f"({one} / {other})", guards_of((left, right)))


def _literal(node: Node) -> Fraction:
    assert isinstance(node, tree.Constant)  # noqa: S101  the checker lets only literals divide without a rounding
    assert isinstance(node.value, int)  # noqa: S101  the checker gave both operands a type
    return Fraction(node.value, node.over)


def _rounded(node: tree.Rounded, writer: Writes) -> Code:
    inside, rounding = node.operand, _ROUNDING[node.mode]
    if isinstance(inside, tree.Quotient) and inside.dynamic and not (inside.left.dynamic or inside.right.dynamic):
        left, right = writer.write(inside.left), writer.write(inside.right)
        up = inside.right.over * node.type.over
        down = inside.left.over * node.step
        common = gcd(up, down)
        fraction = f"{_times(left.text, up // common)}, {_times(right.text, down // common)}"
        return Code(_times(f"{rounding}({fraction})", node.step), guards_of((left, right)))
    code = writer.write(inside)
    if inside.dynamic:
        text = f"{rounding}(*scaled({code.text}, {node.type.over}, {node.step}))"
        return Code(_times(text, node.step), code.guards)
    up, down = node.type.over, inside.over * node.step
    common = gcd(up, down)
    up, down = up // common, down // common
    if down == 1:
        return Code(_times(code.text, up * node.step), code.guards)
    return Code(_times(f"{rounding}({_times(code.text, up)}, {down})", node.step), code.guards)


def _times(text: str, factor: int) -> str:
    return text if factor == 1 else f"({text} * {factor})"


def _apply(node: tree.Apply, writer: Writes) -> Code:
    codes = [writer.write(argument) for argument in node.arguments]
    guards = guards_of(codes)
    if node.function == "abs":
        return Code(f"abs({codes[0].text})", guards)
    if node.function == "count":
        return Code(f"len({codes[0].text})", guards)
    if len(codes) == 1:
        values = codes[0].text
        if node.function == "sum":
            return Code(f"sum({values})", guards)
        return writer.named(f"{node.function}({values}, default=None)", guards)
    texts = [operand(argument, code.text, node) for argument, code in zip(node.arguments, codes, strict=True)]
    if node.function == "sum":
        return Code(f"({' + '.join(texts)})", guards)
    if len(texts) == 2 and all(text.isalnum() for text in texts):
        return Code(f"({texts[0]} if {texts[0]} {_PICK[node.function]} {texts[1]} else {texts[1]})", guards)
    return Code(f"{node.function}({', '.join(texts)})", guards)
