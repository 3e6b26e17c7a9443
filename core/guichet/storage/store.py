"""The store: acts that commit together or not at all, and reads apart from them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import local
from typing import ClassVar, TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.storage.copies import Copied
from guichet.storage.errors import NestedActError, StoreClosedError, StoreUnavailableError
from guichet.storage.journal import write_pending
from guichet.storage.tx import Tx

__all__ = ["Reading", "Store"]

T = TypeVar("T")
Reading: TypeAlias = Callable[[], AbstractContextManager[Connection]]
"""Lends a connection inside a transaction that only reads and ends with the loan."""


class Store(ABC):
    """A database of one instance. `fn` does no network or file work and may be run again."""

    local: ClassVar[bool]
    """Whether a read waits for nothing but this machine's own disk."""

    def __init__(self, reading: Reading, aside: Reading, *, clock: Clock, ids: Ids, mode: str) -> None:
        self.mode = mode
        self._reading = reading
        self._aside = aside  # never the last connection of those who hold one already and ask for another
        self._clock = clock
        self._ids = ids
        self._inside = local()
        self._closed = False

    @abstractmethod
    def act(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn(tx)` in a transaction and give its value once it is committed; an error undoes it and goes on."""

    def submit(self, fn: Callable[[Tx], T]) -> Future[T]:
        """Begin an act and give what ends as `act` would; a `local` store does not wait for it, a server's does."""
        ended: Future[T] = Future()
        try:
            ended.set_result(self.act(fn))
        except Exception as error:  # noqa: BLE001  whatever the act raises belongs to who asks for its result
            ended.set_exception(error)
        return ended

    @abstractmethod
    def copy_to(self, target: Path) -> Copied:
        """Write a consistent copy of the database while it works, and say what it names; raises CopyFailedError."""

    @abstractmethod
    def forget_past(self) -> None:
        """Let no file of the database hold what was deleted, as far as the engine can: done after a purge."""

    @abstractmethod
    def close(self) -> None:
        """Stop taking acts, finish the accepted ones, let the database go."""

    def read(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn(tx)` on one unchanging view of the database, without the right to write, and give its value.

        Raises:
            StoreUnavailableError: the database does not answer.
        """
        if self._closed:
            raise StoreClosedError
        self._refuse_nesting()
        with self._answering(), self._reading() as connection, self._nested_here():
            return fn(self._tx(connection, writes=False))

    def aside(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn(tx)` like a read, inside an act too: for what never changes once committed, such as snapshots.

        Raises:
            StoreUnavailableError: the database does not answer.
        """
        if self._closed:
            raise StoreClosedError
        with self._answering(), self._aside() as connection:
            return fn(self._tx(connection, writes=False))

    @staticmethod
    @contextmanager
    def _answering() -> Iterator[None]:
        """Say that the database does not answer: the server is away, or every reader is taken."""
        try:
            yield
        except (OperationalError, PoolTimeout) as error:
            raise StoreUnavailableError(reason=str(getattr(error, "orig", error))) from error

    def _tx(self, connection: Connection, *, writes: bool) -> Tx:
        return Tx(connection, clock=self._clock, ids=self._ids, mode=self.mode, writes=writes)

    def _run(self, connection: Connection, fn: Callable[[Tx], T]) -> T:
        with self._nested_here():
            tx = self._tx(connection, writes=True)
            value = fn(tx)
            write_pending(tx)
            return value

    def _refuse_nesting(self) -> None:
        if getattr(self._inside, "active", False):
            raise NestedActError

    @contextmanager
    def _nested_here(self) -> Iterator[None]:
        self._inside.active = True
        try:
            yield
        finally:
            self._inside.active = False
