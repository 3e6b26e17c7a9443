"""Python's collector kept at rest while declarations are read: it would walk trees that stay, again and again."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock


class _Rest:
    """Counts who is reading; the last one to finish wakes the collector, if it was awake before the first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._readers = 0
        self._was_awake = False

    def begin(self) -> None:
        with self._lock:
            if self._readers == 0:
                self._was_awake = gc.isenabled()
                gc.disable()
            self._readers += 1

    def end(self) -> None:
        with self._lock:
            self._readers -= 1
            if self._readers == 0 and self._was_awake:
                gc.enable()


_REST = _Rest()
"""One for the process, as the collector is."""


@contextmanager
def collector_at_rest() -> Generator[None]:
    """A span in which nothing is collected; spans may overlap, in any number of threads."""
    _REST.begin()
    try:
        yield
    finally:
        _REST.end()
