"""When a scheme is open, in the territory's own time."""

from datetime import UTC, datetime

import pytest

from guichet.engine.calendars import closes_at, may_decide, opens_at, state_at
from guichet.model.scheme import Calendar

CALENDAR = Calendar.model_validate(
    {"opens": "2020-04-15T08:00", "closes": "2020-08-15", "decidable_from": "2020-04-17"}
)


@pytest.mark.parametrize(
    ("zone", "opens", "closes"),
    [
        ("Europe/Paris", datetime(2020, 4, 15, 6, tzinfo=UTC), datetime(2020, 8, 15, 22, tzinfo=UTC)),
        ("Indian/Reunion", datetime(2020, 4, 15, 4, tzinfo=UTC), datetime(2020, 8, 15, 20, tzinfo=UTC)),
        ("America/Guadeloupe", datetime(2020, 4, 15, 12, tzinfo=UTC), datetime(2020, 8, 16, 4, tzinfo=UTC)),
    ],
)
def test_a_calendar_is_read_in_the_territory_s_time(zone: str, opens: datetime, closes: datetime) -> None:
    assert opens_at(CALENDAR, zone) == opens
    assert closes_at(CALENDAR, zone) == closes


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (datetime(2020, 4, 15, 5, 59, 59, tzinfo=UTC), "before"),
        (datetime(2020, 4, 15, 6, tzinfo=UTC), "open"),
        (datetime(2020, 8, 15, 21, 59, 59, tzinfo=UTC), "open"),
        (datetime(2020, 8, 15, 22, tzinfo=UTC), "closed"),
    ],
)
def test_the_last_day_is_open_whole(instant: datetime, state: str) -> None:
    assert state_at(CALENDAR, instant, "Europe/Paris") == state


def test_decisions_wait_for_their_day() -> None:
    assert not may_decide(CALENDAR, datetime(2020, 4, 16, 21, 59, tzinfo=UTC), "Europe/Paris")
    assert may_decide(CALENDAR, datetime(2020, 4, 16, 22, tzinfo=UTC), "Europe/Paris")
