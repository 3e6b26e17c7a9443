"""A business day is one day in every territory, whatever the hour at which a demonstration is started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from guichet.demo.stage import TurningClock
from guichet.engine.calendars import local_day
from guichet.services.clocks import SystemClock

DAY = date(2020, 4, 20)


@dataclass(frozen=True, slots=True)
class AtHour(SystemClock):
    """The machine's clock, at an hour a test chooses."""

    hour: int = 0

    def now(self) -> datetime:
        """The real instant."""
        return datetime(2026, 11, 22, self.hour, 59, 59, tzinfo=UTC)


class TurningAt(TurningClock):
    """The clock of a story of several days, at an hour a test chooses."""

    def __init__(self, hour: int) -> None:
        super().__init__(date(2020, 12, 1))
        self.hour = hour

    def now(self) -> datetime:
        """The real instant."""
        return AtHour(hour=self.hour).now()


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("zone", ["America/Guadeloupe", "Europe/Paris", "Indian/Reunion"])
def test_it_is_the_business_day_everywhere_at_every_hour(hour: int, zone: str) -> None:
    assert local_day(AtHour(DAY, hour=hour).business(), zone) == DAY


@pytest.mark.parametrize("hour", range(24))
def test_what_opens_that_day_at_eight_in_france_is_open_whenever_the_story_is_told(hour: int) -> None:
    eight = datetime(2020, 12, 1, 7, tzinfo=UTC)
    assert AtHour(eight.date(), hour=hour).business() >= eight
    assert TurningAt(hour).business() >= eight


def test_the_time_of_day_is_the_real_one_while_it_can_be() -> None:
    assert AtHour(DAY, hour=9).business() == datetime(2020, 4, 20, 9, 59, 59, tzinfo=UTC)


def test_without_a_business_day_the_real_instant_counts() -> None:
    assert AtHour(hour=23).business() == datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)
