"""Says that a worker lives, from a thread of its own, whatever its duty takes."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread
from types import TracebackType
from typing import Self

from guichet.services.cases import UseCases
from guichet.services.heartbeats import BEAT_S, beat, gone
from guichet.storage.errors import StorageError, StoreClosedError

__all__ = ["Heart"]

_LOG = logging.getLogger("guichet.worker")


class Heart:
    """Beats while the worker works; a worker that stops as it should leaves no sign."""

    def __init__(self, cases: UseCases, name: str, every_s: float = BEAT_S) -> None:
        self._cases = cases
        self._name = name
        self._every_s = every_s
        self._began_at = cases.clock.now()
        self._doing: tuple[str, datetime] | None = None
        self._stop = Event()
        self._thread = Thread(target=self._loop, name="guichet-heart", daemon=True)

    def __enter__(self) -> Self:
        self._beat()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        try:
            gone(self._cases, self._name)
        except (StorageError, StoreClosedError):
            _LOG.warning("the worker could not say that it stops")

    @contextmanager
    def at(self, kind: str) -> Generator[None]:
        """A span in which the worker is at a duty."""
        self._doing = (kind, self._cases.clock.now())
        try:
            yield
        finally:
            self._doing = None

    def _loop(self) -> None:
        while not self._stop.wait(self._every_s):
            self._beat()

    def _beat(self) -> None:
        kind, since = self._doing or (None, None)
        try:
            beat(self._cases, self._name, self._began_at, kind, since)
        except (StorageError, StoreClosedError):
            _LOG.debug("a sign of life could not be kept")  # its absence says it
