"""Calendars over columns: a day is the number of days since 1 January 1970, and arithmetic does the rest."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import narwhals as nw

from guichet.language.bulk.columns import Piece
from guichet.language.bulk.engines import Engine
from guichet.language.bulk.levels import Levels
from guichet.language.bulk.numbers import joined, made

_EPOCH: Final = date(1970, 1, 1).toordinal()
FIRST_DAY: Final = date.min.toordinal() - _EPOCH
LAST_DAY: Final = date.max.toordinal() - _EPOCH


def day_number(day: date) -> int:
    """A date as the number of days since 1 January 1970.

    >>> day_number(date(1970, 1, 31))
    30
    """
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The date of a number of days since 1 January 1970."""
    return date.fromordinal(number + _EPOCH)


class _Civil(NamedTuple):
    """A day as year, month and day of the month, each a column."""

    year: nw.Expr
    month: nw.Expr
    day: nw.Expr
    level: int


class Calendar:
    """Shifts and distances between days."""

    def __init__(self, engine: Engine, levels: Levels) -> None:
        self._engine = engine
        self._levels = levels

    def constant(self, day: date) -> Piece:
        """A day written in the rules."""
        number = day_number(day)
        expr = nw.lit(number, nw.Int64())
        return Piece(expr=expr, nullable=False, low=number, high=number, simple=True, constant=number)

    def add_days(self, day: Piece, days: Piece) -> Piece:
        """The day so many days later, the calendar's first or last day beyond it."""
        return self._within(joined(day.expr + days.operand, day, days))

    def add_months(self, day: Piece, months: Piece) -> Piece:
        """The same day so many months later, or the last day of a shorter month; the calendar's ends beyond it."""
        civil = self._civil(day)
        moved = joined(civil.year * 12 + civil.month - 1 + months.operand, day, months)
        moved = self._levels.hold(Piece(expr=moved.expr, level=max(civil.level, months.level), nullable=moved.nullable))
        year = self._levels.hold(made(self._part(moved.expr, 12), moved))
        month = self._levels.hold(made(moved.expr - year.expr * 12 + 1, year))
        last = self._levels.hold(made(self._days_in_month(year.expr, month.expr), month))
        kept = nw.when(civil.day < last.expr).then(civil.day).otherwise(last.expr)
        number = self._engine.from_civil(year.expr, month.expr, kept)
        least, most = nw.lit(FIRST_DAY, nw.Int64()), nw.lit(LAST_DAY, nw.Int64())
        inside = nw.when(year.expr > date.max.year).then(most).otherwise(number)
        expr = nw.when(year.expr < date.min.year).then(least).otherwise(inside)
        known = nw.when(~moved.expr.is_null()).then(expr)
        return Piece(expr=known, level=last.level, nullable=moved.nullable, low=FIRST_DAY, high=LAST_DAY)

    def days_between(self, start: Piece, end: Piece) -> Piece:
        """How many days from one to the other."""
        expr = end.expr - start.operand
        return joined(expr, start, end, low=FIRST_DAY - LAST_DAY, high=LAST_DAY - FIRST_DAY)

    def months_between(self, start: Piece, end: Piece) -> Piece:
        """How many whole months from one to the other, negative when they go backwards."""
        start, end = self._levels.hold(start), self._levels.hold(end)
        backwards = self._levels.hold(joined(end.expr < start.expr, start, end))
        one, other = self._civil(start), self._civil(end)
        level = max(one.level, other.level, backwards.level)

        def ordered(first: nw.Expr, second: nw.Expr) -> nw.Expr:
            return nw.when(backwards.expr).then(second).otherwise(first)

        def held(expr: nw.Expr, at: int) -> Piece:
            return self._levels.hold(Piece(expr=expr, level=at, nullable=backwards.nullable))

        months = (other.year * 12 + other.month) - (one.year * 12 + one.month)
        distance = held(months.abs(), level)
        early, late = held(ordered(one.day, other.day), level), held(ordered(other.day, one.day), level)
        year, month = held(ordered(other.year, one.year), level), held(ordered(other.month, one.month), level)
        last = held(self._days_in_month(year.expr, month.expr), year.level)
        short = (early.expr > late.expr) & (late.expr < last.expr)
        whole = held(distance.expr - short.cast(nw.Int64()), last.level)
        expr = nw.when(backwards.expr).then(-whole.expr).otherwise(whole.expr)
        known = nw.when(~backwards.expr.is_null()).then(expr)
        return Piece(expr=known, level=whole.level, nullable=backwards.nullable, low=-120_000, high=120_000)

    def years_between(self, start: Piece, end: Piece) -> Piece:
        """How many whole years from one to the other, negative when they go backwards."""
        months = self._levels.hold(self.months_between(start, end))
        years = self._part(months.expr.abs(), 12)
        expr = nw.when(months.expr < 0).then(-years).otherwise(years)
        return made(expr, months, low=-10_000, high=10_000)

    def _civil(self, day: Piece) -> _Civil:
        """Year, month and day of a day number, in the calendar whose years begin on 1 March."""
        hold = self._levels.hold
        since = hold(made(day.expr + 719_468, day))  # days since 1 March of year 0
        era = hold(made(self._part(since.expr, 146_097), since))
        rest = hold(made(since.expr - era.expr * 146_097, era))
        leaps = self._part(rest.expr, 1_460) - self._part(rest.expr, 36_524) + self._part(rest.expr, 146_096)
        year = hold(made(self._part(rest.expr - leaps, 365), rest))
        spent = year.expr * 365 + self._part(year.expr, 4) - self._part(year.expr, 100)
        yearday = hold(made(rest.expr - spent, year))
        march = hold(made(self._part(yearday.expr * 5 + 2, 153), yearday))
        day_of_month = hold(made(yearday.expr - self._part(march.expr * 153 + 2, 5) + 1, march))
        early = (march.expr >= 10).cast(nw.Int64())
        month = hold(made(march.expr + 3 - early * 12, march))
        civil_year = hold(made(year.expr + era.expr * 400 + early, march))
        return _Civil(civil_year.expr, month.expr, day_of_month.expr, month.level)

    def _part(self, number: nw.Expr, divisor: int) -> nw.Expr:
        return self._engine.floor_divide(number, divisor, 10**9, wide=False)

    def _within(self, day: Piece) -> Piece:
        held = self._levels.hold(day)
        low, high = nw.lit(FIRST_DAY, nw.Int64()), nw.lit(LAST_DAY, nw.Int64())
        upper = nw.when(held.expr > LAST_DAY).then(high).otherwise(held.expr)
        return made(nw.when(held.expr < FIRST_DAY).then(low).otherwise(upper), held, low=FIRST_DAY, high=LAST_DAY)

    def _days_in_month(self, year: nw.Expr, month: nw.Expr) -> nw.Expr:
        fourth = year - self._part(year, 4) * 4 == 0
        century = year - self._part(year, 100) * 100 == 0
        fourth_century = year - self._part(year, 400) * 400 == 0
        leap = (fourth & (~century | fourth_century)).cast(nw.Int64())
        short = (month == 4) | (month == 6) | (month == 9) | (month == 11)
        return nw.when(month == 2).then(leap + 28).otherwise(31 - short.cast(nw.Int64()))
