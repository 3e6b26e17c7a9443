"""What a service still allows, as a value: who asks reserves a place in it, and each reply corrects it.

While a window's quota is unknown, one call goes alone and its reply tells. A service that never speaks of a quota has
none; one whose rules give a pace is held to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from guichet.plugin.contracts.outside import Pace

__all__ = ["GLANCE_S", "Allowance", "Flight", "Told", "lasting", "told_by"]

GLANCE_S = 0.02
"""How long to wait before looking again, when what is waited for is another call's reply."""

_EPOCH = 1_000_000_000  # a reset above it is an instant, below it a number of seconds
_IN_MILLISECONDS = 100 * _EPOCH  # an instant above it, of the year 5138, is one in milliseconds
_SAME_WINDOW = timedelta(seconds=1.5)  # resets are told in whole seconds
_DEFAULT_CLOSURE_S = 5.0
_LONGEST_CLOSURE_S = 3600.0
_MOST_TAKEN = 10_000
_EPOCH_AT = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_NUMBER = re.compile(r"\s*(\d{1,13})(?!\d)")


@dataclass(frozen=True, slots=True)
class Flight:
    """A call that is out: it no longer counts after `until`, should the process that sent it have died."""

    key: str
    until: datetime
    alone: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a reply says of its service's quota; `speaks` is None where nothing can be made of it."""

    left: int | None = None
    resets_at: datetime | None = None
    closed_until: datetime | None = None
    speaks: bool | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """The calls left of one service, until when; the calls that are out, and those that its pace remembers.

    Args:
        taken: Instants in microseconds since 1970, in order: there may be thousands, looked at by each call.
    """

    left: int | None = None
    resets_at: datetime | None = None
    closed_until: datetime | None = None
    speaks: bool | None = None
    flights: tuple[Flight, ...] = ()
    taken: tuple[int, ...] = ()

    def at(self, now: datetime, pace: Pace | None) -> Allowance:
        """Give what is left of it at an instant: a window that has ended, a lost call, are forgotten."""
        ended = self.resets_at is not None and now >= self.resets_at
        taken = self.taken[-_MOST_TAKEN:]
        if pace is not None:
            taken = taken[bisect_right(taken, _microseconds(now - timedelta(seconds=pace.seconds))) :]
        return replace(
            self,
            left=None if ended else self.left,
            resets_at=None if ended else self.resets_at,
            flights=tuple(flight for flight in self.flights if flight.until > now),
            taken=taken,
        )

    def wait_s(self, now: datetime, pace: Pace | None) -> float:
        """Give how long a call waits before a place may be free; 0 when one is."""
        if self.closed_until is not None and now < self.closed_until:
            return (self.closed_until - now).total_seconds()
        if pace is not None and len(self.taken) >= pace.calls:
            return pace.seconds - (_microseconds(now) - self.taken[-pace.calls]) / 1_000_000
        if self.left is None:
            return GLANCE_S if self.speaks is not False and any(flight.alone for flight in self.flights) else 0.0
        if self.left > 0 or self.resets_at is None:
            return 0.0 if self.left > 0 else GLANCE_S
        return (self.resets_at - now).total_seconds()

    def reserved(self, key: str, now: datetime, until: datetime, pace: Pace | None) -> Allowance:
        """Give it with one place less, taken by the call of that key."""
        return replace(
            self,
            left=None if self.left is None else self.left - 1,
            flights=(*self.flights, Flight(key, until, alone=self.left is None and self.speaks is not False)),
            taken=self.taken if pace is None else (*self.taken, max((_microseconds(now), *self.taken[-1:]))),
        )

    def returned(self, key: str, told: Told) -> Allowance:
        """Give it without the call of that key, corrected by what its reply told."""
        out = tuple(flight for flight in self.flights if flight.key != key)
        back = replace(self, flights=out)
        if told.closed_until is not None:
            back = replace(back, closed_until=max(told.closed_until, self.closed_until or told.closed_until))
        if told.left is None or told.resets_at is None:
            return replace(back, speaks=False) if told.speaks is False and self.speaks is None else back
        back = replace(back, speaks=True)
        left = max(0, told.left - len(out))  # some of those that are out may not be counted there yet
        if self.left is None or self.resets_at is None or told.resets_at > self.resets_at + _SAME_WINDOW:
            return replace(back, left=left, resets_at=told.resets_at)
        if told.resets_at > self.resets_at - _SAME_WINDOW and told.left < self.left:
            return replace(back, left=left)  # others use the same quota
        return back


def lasting(now: datetime, timeout_s: float) -> datetime:
    """Give until when a call sent now may still be counted by its service: its own time, and the way there."""
    return now + timedelta(seconds=timeout_s + 1)


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH_AT) // _MICROSECOND


def told_by(headers: Mapping[str, str] | None, status: int, now: datetime) -> Told:
    """Read what a reply says of the quota; headers are None when there was no reply."""
    if headers is None:
        return Told()
    closed = _retry_after(headers, now) if status == 429 else None
    left, resets_at = _header(headers, "remaining"), _reset(headers, now)
    if left is None or resets_at is None:
        return Told(closed_until=closed, speaks=False if status < 429 else None)
    return Told(left, resets_at, closed, speaks=True)


def _header(headers: Mapping[str, str], name: str) -> int | None:
    found = _NUMBER.match(headers.get(f"ratelimit-{name}") or headers.get(f"x-ratelimit-{name}") or "")
    return int(found[1]) if found else None


def _reset(headers: Mapping[str, str], now: datetime) -> datetime | None:
    told = _header(headers, "reset")
    if told is None:
        return None
    if told > _IN_MILLISECONDS:
        return datetime.fromtimestamp(told // 1000, UTC)
    return datetime.fromtimestamp(told, UTC) if told > _EPOCH else now + timedelta(seconds=told)


def _retry_after(headers: Mapping[str, str], now: datetime) -> datetime:
    text = headers.get("retry-after", "")
    seconds = _DEFAULT_CLOSURE_S
    if found := _NUMBER.fullmatch(text.rstrip()):
        seconds = float(found[1])
    elif text:
        try:
            at = parsedate_to_datetime(text)
            seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
        except ValueError:
            pass
    return now + timedelta(seconds=min(max(seconds, 0.0), _LONGEST_CLOSURE_S))
