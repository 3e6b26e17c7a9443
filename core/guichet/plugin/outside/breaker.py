"""A breaker: after five failures in a row a service is left alone, then one call tries it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from guichet.plugin.contracts.saying_no import Unavailable

FAILURES_BEFORE_OPEN = 5
PAUSE = timedelta(seconds=30)


class Breaker:
    """Closed while all goes well; open for a pause after the failures; then half open: one call decides."""

    def __init__(self, service: str, now: Callable[[], datetime]) -> None:
        self._service = service
        self._now = now
        self._lock = Lock()
        self._in_a_row = 0
        self._opened_at: datetime | None = None
        self._tried_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether calls are turned away at this moment."""
        opened_at = self._opened_at  # read once: a call that succeeds meanwhile forgets it
        return opened_at is not None and self._now() < opened_at + PAUSE

    def refuse_when_open(self) -> None:
        """Raise Unavailable while the service is left alone."""
        if self.is_open:
            raise self._left_alone()

    def enter(self) -> None:
        """Let a call through; when half open, only one at a time."""
        with self._lock:
            if self._opened_at is None:
                return
            now = self._now()
            if now < self._opened_at + PAUSE or (self._tried_at is not None and now < self._tried_at + PAUSE):
                raise self._left_alone()
            self._tried_at = now

    def succeeded(self) -> None:
        """Close."""
        with self._lock:
            self._in_a_row, self._opened_at, self._tried_at = 0, None, None

    def failed(self) -> None:
        """Count a failure; open on the fifth in a row, and again when the call that tried fails."""
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= FAILURES_BEFORE_OPEN:
                self._opened_at, self._tried_at = self._now(), None

    def _left_alone(self) -> Unavailable:
        return Unavailable(
            fr=f"Le service « {self._service} » a échoué trop souvent : il sera rappelé un peu plus tard.",
            en=f'The service "{self._service}" failed too often: it will be called again a little later.',
        )
