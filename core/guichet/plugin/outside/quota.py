"""What a service still allows: counted down here, so that its quota is never exceeded by this process.

While a window's quota is unknown, one call goes alone and its reply tells. A service that never speaks of a quota has
none; one whose rules give a pace is held to it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Condition

from guichet.plugin.contracts.outside import Pace
from guichet.plugin.contracts.saying_no import Unavailable

_GLANCE_S = 0.02
_EPOCH = 1_000_000_000  # a reset above it is an instant, below it a number of seconds
_SAME_WINDOW = timedelta(seconds=1.5)  # resets are told in whole seconds
_DEFAULT_CLOSURE_S = 5.0
_LONGEST_CLOSURE_S = 3600.0
_NUMBER = re.compile(r"\s*(\d{1,12})")


class Quota:
    """The calls left of one service; safe from any thread."""

    def __init__(self, service: str, now: Callable[[], datetime], sleep: Callable[[float], None]) -> None:
        self._service = service
        self._now = now
        self._sleep = sleep
        self._turn = Condition()
        self._left: int | None = None
        self._resets_at: datetime | None = None
        self._closed_until: datetime | None = None
        self._in_flight = 0
        self._asking_alone = False
        self._speaks: bool | None = None
        self._taken: deque[datetime] = deque()

    def take(self, pace: Pace | None, patience_s: float) -> bool:
        """Take one call, waiting for it if need be; gives whether it goes alone, to be told to `give_back`.

        Raises:
            Unavailable: None will be left within the patience.
        """
        waited = 0.0
        with self._turn:
            while True:
                wait = self._wait(pace)
                if wait <= 0:
                    return self._go()
                if waited + wait > patience_s:
                    raise self._exhausted()
                waited += wait
                self._pause(wait)

    def give_back(self, headers: Mapping[str, str] | None, status: int, *, alone: bool) -> None:
        """Say that a call has ended, with what its reply told; None when there was no reply."""
        with self._turn:
            self._in_flight -= 1
            self._asking_alone = self._asking_alone and not alone
            if headers is not None:
                self._learn(headers, status)
            self._turn.notify_all()

    def known(self) -> tuple[int | None, datetime | None]:
        """Give the calls left as last told, and until when that holds; None for a service that does not say."""
        with self._turn:
            return (None, None) if self._left is None else (self._left, self._resets_at)

    def _wait(self, pace: Pace | None) -> float:
        now = self._now()
        if self._closed_until is not None and now < self._closed_until:
            return (self._closed_until - now).total_seconds()
        if pace is not None and (held := self._held_by(pace, now)) > 0:
            return held
        if self._resets_at is not None and now >= self._resets_at:
            self._left, self._resets_at = None, None
        if self._left is None:
            return _GLANCE_S if self._asking_alone and self._speaks is not False else 0.0
        if self._left > 0 or self._resets_at is None:
            return 0.0 if self._left > 0 else _GLANCE_S
        return (self._resets_at - now).total_seconds()

    def _held_by(self, pace: Pace, now: datetime) -> float:
        window = timedelta(seconds=pace.seconds)
        while self._taken and self._taken[0] + window <= now:
            self._taken.popleft()
        if len(self._taken) < pace.calls:
            return 0.0
        return (self._taken[0] + window - now).total_seconds()

    def _go(self) -> bool:
        self._in_flight += 1
        self._taken.append(self._now())
        if len(self._taken) > 10_000:
            self._taken.popleft()
        if self._left is not None:
            self._left -= 1
            return False
        self._asking_alone = self._speaks is not False
        return self._asking_alone

    def _pause(self, seconds: float) -> None:
        if seconds <= _GLANCE_S:
            self._turn.wait(seconds)
            return
        self._turn.release()
        try:
            self._sleep(seconds)
        finally:
            self._turn.acquire()

    def _learn(self, headers: Mapping[str, str], status: int) -> None:
        now = self._now()
        if status == 429:
            told = _retry_after(headers, now)
            self._closed_until = max(told, self._closed_until or told)
        left, resets_at = _remaining(headers), _reset(headers, now)
        if left is None or resets_at is None:
            if status < 429 and self._speaks is None:
                self._speaks = False
            return
        self._speaks = True
        if self._left is None or self._resets_at is None or resets_at > self._resets_at + _SAME_WINDOW:
            self._left, self._resets_at = max(0, left - self._in_flight), resets_at  # some may not be counted there yet
        elif resets_at > self._resets_at - _SAME_WINDOW and left < self._left:
            self._left = max(0, left - self._in_flight)  # others use the same quota

    def _exhausted(self) -> Unavailable:
        return Unavailable(
            fr=f"Le quota du service « {self._service} » est atteint : il sera rappelé plus tard.",
            en=f'The quota of the service "{self._service}" is reached: it will be called again later.',
        )


def _header(headers: Mapping[str, str], name: str) -> int | None:
    found = _NUMBER.match(headers.get(f"ratelimit-{name}") or headers.get(f"x-ratelimit-{name}") or "")
    return int(found[1]) if found else None


def _remaining(headers: Mapping[str, str]) -> int | None:
    return _header(headers, "remaining")


def _reset(headers: Mapping[str, str], now: datetime) -> datetime | None:
    told = _header(headers, "reset")
    if told is None:
        return None
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
