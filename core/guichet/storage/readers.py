"""Connections to SQLite that only read, kept ready: taking one from the library's pool costs more than a few rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

__all__ = ["Readers"]


class Readers:
    """Open connections, each lent to one reader at a time, inside a transaction of its own.

    The library believes each in one transaction that never ends, so that it begins none; the driver begins and ends
    those of the readers, each of which sees the database as it is at its first look.
    """

    def __init__(self, engine: Engine, *, kept: int) -> None:
        """Opens nothing yet.

        Args:
            kept: how many stay open when nobody reads; one more is opened for whoever finds none: nobody waits.
        """
        self._engine = engine
        self._kept = kept
        self._free: deque[Connection] = deque()
        self._closed = False

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """Lend a connection inside a transaction that ends with the loan."""
        connection = self._take()
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN")
        try:
            yield connection
        finally:
            driver.rollback()
            self._give_back(connection)

    def close(self) -> None:
        """Close what is free now, and what is lent as it comes back."""
        self._closed = True
        while self._free:
            self._free.pop().close()

    def _take(self) -> Connection:
        try:
            return self._free.pop()
        except IndexError:
            connection = self._engine.connect()
            connection.begin()
            return connection

    def _give_back(self, connection: Connection) -> None:
        if self._closed or connection.invalidated or len(self._free) >= self._kept:
            connection.close()
        else:
            self._free.append(connection)
