"""Clocks: the machine's, and one whose business day is fixed while real time goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

_FIRST_HOUR, _LAST_HOUR = 7, 19  # one date from the West Indies (UTC-4) to La Réunion (UTC+4), and aids have opened


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's time, in UTC; the business day is the real one unless an instance fixes it.

    Args:
        business_day: The day that calendars, rules, letters and payments follow. The time of day stays the real one
            between 7:00 and 20:00 UTC, and is brought within otherwise: it is then the same day in every territory.
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
        day, hour = self.business_day, min(max(real.hour, _FIRST_HOUR), _LAST_HOUR)
        return real.replace(year=day.year, month=day.month, day=day.day, hour=hour)
