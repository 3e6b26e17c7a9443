"""Days moved by a length of time stay in the calendar."""

from __future__ import annotations

from datetime import date

from guichet.model.days import add_days, add_months


def test_dates_stay_within_the_calendar() -> None:
    assert add_months(date(9999, 12, 1), 2) == date.max
    assert add_days(date(1, 1, 2), -5) == date.min
    assert add_months(date(1, 1, 2), -5) == date.min
    assert add_days(date(9999, 12, 30), 5) == date.max
