"""How long a page waits for a source: hardly at all for one that has just kept another page waiting for nothing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

__all__ = ["BRIEF_S", "PAGE_WAIT_S", "Patience"]

PAGE_WAIT_S = 1.5
"""How long a page waits for sources, unless the operator says otherwise (`GUICHET_PAGE_WAIT_MS`)."""
BRIEF_S = 0.1
"""How long it waits for one that has kept a page waiting for nothing, until it answers in time again."""
_HELD_S = 60.0
"""How long that is held against a source that nobody asks."""


class Patience:
    """What the pages of a process know of the slowness of sources; safe from any thread."""

    def __init__(self, now: Callable[[], float] = monotonic, page_wait_s: float = PAGE_WAIT_S) -> None:
        self._now = now
        self._page_wait_s = page_wait_s
        self._lock = Lock()
        self._slow: dict[str, float] = {}

    def seconds(self, source: str) -> float:
        """How long to wait for a source now."""
        with self._lock:
            since = self._slow.get(source)
            slow = since is not None and self._now() - since < _HELD_S
            return min(BRIEF_S, self._page_wait_s) if slow else self._page_wait_s

    def kept_waiting(self, source: str) -> None:
        """Note that a page has waited for nothing."""
        with self._lock:
            self._slow[source] = self._now()

    def answered(self, source: str, seconds: float) -> None:
        """Note how long an answer took: a page waits for the next one as before when it came in time."""
        if seconds < self._page_wait_s:
            with self._lock:
                self._slow.pop(source, None)
