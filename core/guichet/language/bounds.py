"""Between which values a number stays: what keeps every result within 64 bits."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Final

from guichet.language.types import Type

Bounds = tuple[Fraction, Fraction]

INT64: Final = 2**63 - 1
DIGITS_38: Final = 10**38 - 1
MOST_ROWS: Final = 1000

_UNBOUNDED: Final[dict[str, int]] = {
    "integer": 10**9,
    "decimal": 10**6,
    "money": 10**15,  # cents: ten thousand billion euros
    "rate": 10**3,  # a hundred thousand per cent
    "days": 4_000_000,
    "months": 120_000,
}


def usual(type_: Type, minimum: int | None = None, maximum: int | None = None) -> Bounds | None:
    """The bounds of a value in plain units, given its declared bounds in run-time units."""
    widest = _UNBOUNDED.get(type_.kind)
    if widest is None:
        return None
    low = Fraction(-widest) if minimum is None else Fraction(minimum, type_.over)
    high = Fraction(widest) if maximum is None else Fraction(maximum, type_.over)
    return min(low, high), max(low, high)


def in_euros(cents: Fraction) -> str:
    """An amount as messages write it, whole cents at or below it.

    >>> in_euros(Fraction(-100_000)), in_euros(Fraction(1_205)), in_euros(Fraction(-5))
    ('-1000 €', '12.05 €', '-0.05 €')
    """
    whole = floor(cents)
    euros, rest = divmod(abs(whole), 100)
    return f"{'-' if whole < 0 else ''}{euros}{f'.{rest:02}' if rest else ''} €"


def exactly(number: Fraction | int) -> Bounds:
    """The bounds of a constant."""
    return Fraction(number), Fraction(number)


def added(left: Bounds, right: Bounds) -> Bounds:
    """The bounds of a sum."""
    return left[0] + right[0], left[1] + right[1]


def negated(bounds: Bounds) -> Bounds:
    """The bounds of a value with its sign changed."""
    return -bounds[1], -bounds[0]


def multiplied(left: Bounds, right: Bounds) -> Bounds:
    """The bounds of a product."""
    corners = [one * other for one in left for other in right]
    return min(corners), max(corners)


def divided(left: Bounds, right: Bounds) -> Bounds:
    """The bounds of a quotient whose divisor is never zero."""
    corners = [one / other for one in left for other in right]
    return min(corners), max(corners)


def either(left: Bounds, right: Bounds) -> Bounds:
    """The bounds of one value or another."""
    return min(left[0], right[0]), max(left[1], right[1])


def absolute(bounds: Bounds) -> Bounds:
    """The bounds of a value without its sign."""
    low, high = abs(bounds[0]), abs(bounds[1])
    return (Fraction(0) if bounds[0] <= 0 <= bounds[1] else min(low, high)), max(low, high)


def repeated(bounds: Bounds) -> Bounds:
    """The bounds of the sum of as many such values as there may be rows."""
    return min(Fraction(0), bounds[0] * MOST_ROWS), max(Fraction(0), bounds[1] * MOST_ROWS)


def may_be_zero(bounds: Bounds) -> bool:
    """Whether zero lies within."""
    return bounds[0] <= 0 <= bounds[1]


def fits(bounds: Bounds, over: int, *, within_rounding: bool) -> bool:
    """Whether the integers that stand for these values stay within 64 bits.

    What is not rounded yet lives inside a rounding only, where every engine has 38 digits.
    """
    return max(abs(bounds[0]), abs(bounds[1])) * over <= (DIGITS_38 if within_rounding else INT64)
