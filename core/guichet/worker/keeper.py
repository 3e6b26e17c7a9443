"""Holds on to the duties a worker has claimed for as long as it lives, however long one of them takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from guichet.model.records import OutboxRow
from guichet.storage import Store
from guichet.storage.errors import StorageError
from guichet.storage.leases import extend

__all__ = ["Keeper"]


class Keeper:
    """Renews leases from a thread of its own, three times in each."""

    def __init__(self, store: Store, rows: Sequence[OutboxRow], lease: timedelta) -> None:
        self._store = store
        self._lease = lease
        self._held = {row.id: row for row in rows}
        self._lock = Lock()
        self._stop = Event()
        self._thread = Thread(target=self._loop, name="guichet-leases", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def let_go(self, row: OutboxRow) -> None:
        """Renew a duty no more: it is closed."""
        with self._lock:
            self._held.pop(row.id, None)

    def _loop(self) -> None:
        while not self._stop.wait(self._lease.total_seconds() / 3):
            with self._lock:
                held = list(self._held.values())
            try:
                self._store.act(lambda tx, held=held: extend(tx, held, self._lease))
            except StorageError:
                continue  # the next turn tries again; a lease lost meanwhile is noticed when the duty is closed
