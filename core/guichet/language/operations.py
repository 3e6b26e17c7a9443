"""The exact operations that every back end shares: comparisons, rounding, calendars, three-valued quantifiers."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from guichet.language.syntax import Comparator
from guichet.model.days import add_months

COMPARE: Final[dict[Comparator, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
OPPOSITE: Final[dict[Comparator, Comparator]] = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""What holds exactly where a comparison does not."""
FLIPPED: Final[dict[Comparator, Comparator]] = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
"""The same comparison, its two sides exchanged."""


def half_away(numerator: int, denominator: int) -> int:
    """The whole number nearest to a fraction, halves away from zero.

    >>> half_away(5, 2), half_away(-5, 2), half_away(7, -3)
    (3, -3, -2)
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator < 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def floor_of(numerator: int, denominator: int) -> int:
    """The whole number at or below a fraction."""
    return numerator // denominator


def ceiling_of(numerator: int, denominator: int) -> int:
    """The whole number at or above a fraction."""
    return -(-numerator // denominator)


def scaled(number: Fraction, over: int, step: int) -> tuple[int, int]:
    """How many steps of `step / over` a number holds, as numerator and denominator."""
    return number.numerator * over, number.denominator * step


def days_between(start: date, end: date) -> int:
    """How many days from one date to the other, negative when they go backwards."""
    return (end - start).days


def months_between(start: date, end: date) -> int:
    """How many whole months from one date to the other, negative when they go backwards.

    >>> months_between(date(2020, 1, 31), date(2020, 2, 29)), months_between(date(2020, 3, 2), date(2020, 1, 3))
    (1, -1)
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def years_between(start: date, end: date) -> int:
    """How many whole years from one date to the other, negative when they go backwards."""
    months = months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def cell(line: Mapping[str, object] | bool | None, column: str) -> object:
    """A column of a row, or of the line found in a list; None when no line or no such column is known."""
    return None if line is None or isinstance(line, bool) else line.get(column)


def some(states: Iterable[bool | None]) -> bool | None:
    """Whether one is true: unknown when none is and one is unknown, false over nothing."""
    found = list(states)
    return True if True in found else None if None in found else False


def every(states: Iterable[bool | None]) -> bool | None:
    """Whether all are true: unknown when none is false and one is unknown, true over nothing."""
    found = list(states)
    return False if False in found else None if None in found else True
