"""Clocks: the machine's, and one whose business day is fixed while real time goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's time, in UTC; the business day is the real one unless an instance fixes it.

    Args:
        business_day: The day that calendars, rules, letters and payments follow; the time of day stays the real one.
    """

    business_day: date | None = None

    def now(self) -> datetime:
        """The real instant."""
        return datetime.now(UTC)

    def business(self) -> datetime:
        """The instant of the business day."""
        real = self.now()
        if self.business_day is None:
            return real
        return real.replace(year=self.business_day.year, month=self.business_day.month, day=self.business_day.day)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for runs that must give the same answer each time."""

    at: datetime
    real: datetime | None = None

    def now(self) -> datetime:
        """The real instant, which is the business instant unless given."""
        return self.real or self.at

    def business(self) -> datetime:
        """The instant of the business day."""
        return self.at
