"""Days moved by a length of time: a shorter month gives its last day, and nobody leaves the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

__all__ = ["add_days", "add_months"]


def add_days(day: date, days: int) -> date:
    """The day so many days later; the calendar's first or last day when it would leave the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month.

    >>> add_months(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
