"""When a scheme is open: before, during and after, in the territory's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from guichet.model.scheme import Calendar

State = Literal["before", "open", "closed"]


def local_day(instant: datetime, time_zone: str) -> date:
    """The date an instant has in a time zone."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def opens_at(calendar: Calendar, time_zone: str) -> datetime:
    """The instant of opening, in UTC."""
    return calendar.opens.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def closes_at(calendar: Calendar, time_zone: str) -> datetime:
    """The instant after the whole last day, in UTC."""
    after = datetime.combine(calendar.closes + timedelta(days=1), time(), ZoneInfo(time_zone))
    return after.astimezone(UTC)


def state_at(calendar: Calendar, instant: datetime, time_zone: str) -> State:
    """Whether applicants may file at an instant."""
    if instant < opens_at(calendar, time_zone):
        return "before"
    return "open" if instant < closes_at(calendar, time_zone) else "closed"


def practice_day(calendar: Calendar, day: date) -> date:
    """The day on which a practice dossier is judged: the day itself while the scheme is open, else the nearest."""
    return min(max(day, calendar.opens.date()), calendar.closes)


def may_decide(calendar: Calendar, instant: datetime, time_zone: str) -> bool:
    """Whether decisions may be taken at an instant."""
    return calendar.decidable_from is None or local_day(instant, time_zone) >= calendar.decidable_from
