"""Public holidays of France and of Alsace-Moselle, and what is counted around them."""

from datetime import date, timedelta

import pytest

from guichet_plugins.rules.working_days import easter, holidays, is_holiday, is_working, working_day, working_days


@pytest.mark.parametrize(
    ("year", "expected"),
    [(1961, date(1961, 4, 2)), (2008, date(2008, 3, 23)), (2019, date(2019, 4, 21)), (2020, date(2020, 4, 12)),
     (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))],
)  # fmt: skip
def test_easter_falls_where_calendars_say(year, expected):
    assert easter(year) == expected


def test_the_eleven_holidays_of_the_labour_code_in_2020():
    said = ["01-01", "04-13", "05-01", "05-08", "05-21", "06-01", "07-14", "08-15", "11-01", "11-11", "12-25"]
    assert sorted(holidays(2020)) == [date.fromisoformat(f"2020-{day}") for day in said]


def test_alsace_and_moselle_have_two_more():
    assert holidays(2020, "dep-67") - holidays(2020) == {date(2020, 4, 10), date(2020, 12, 26)}
    assert [is_holiday(date(2020, 12, 26), place) for place in ("dep-57", "dep-67", "dep-68", "dep-54", "reg-44")] == [
        True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dep", "reg", "day"),
    [("dep-971", "reg-01", (5, 27)), ("dep-972", "reg-02", (5, 22)), ("dep-973", "reg-03", (6, 10)),
     ("dep-974", "reg-04", (12, 20)), ("dep-976", "reg-06", (4, 27))],
)  # fmt: skip
def test_overseas_the_abolition_of_slavery_has_a_day_since_the_decree_of_1983(dep, reg, day):
    for place in (dep, reg):
        assert holidays(2026, place) - holidays(2026) == {date(2026, *day)}
        assert holidays(1983, place) == holidays(1983)
    assert not is_holiday(date(2026, *day), "dep-75")


def test_a_deadline_that_ends_on_a_holiday_moves_to_the_next_working_day():
    assert working_day(date(2020, 5, 8), "dep-74") == date(2020, 5, 11)  # a Friday, then a week-end
    assert working_day(date(2020, 5, 12), "dep-74") == date(2020, 5, 12)
    assert working_day(date(2020, 12, 25), "dep-67") == date(2020, 12, 28)
    assert working_day(date.max, "dep-74") is None


@pytest.mark.parametrize("territory", ["dep-74", "dep-67", "dep-972"])
def test_working_days_are_those_one_counts_one_by_one(territory):
    start = date(2019, 12, 20)
    counted = 0
    for step in range(800):
        day = start + timedelta(days=step)
        counted += step > 0 and is_working(day, territory)
        assert working_days(start, day, territory) == counted
    assert working_days(day, start, territory) == -counted
