"""The one thread that writes to a SQLite file: acts that wait together share a commit (group commit)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from guichet.storage.errors import StoreClosedError, StoreUnavailableError

__all__ = ["GROUP", "Writer"]

GROUP = 64  # acts a transaction may share: more would make the first of them wait for nothing

T = TypeVar("T")
Act = Callable[[Connection], Any]
Outcome = tuple[Any, BaseException | None]


class Writer:
    """Runs acts in the order they come; each has a savepoint, so one that raises rolls back alone."""

    def __init__(self, connection: Connection, *, group: int = GROUP) -> None:
        self._connection = connection
        self._errors: Any = connection.dialect.loaded_dbapi.Error
        self._group = group
        self._queue: SimpleQueue[tuple[Act, Future[Any]] | None] = SimpleQueue()
        self._door = Lock()
        self._closed = False
        self._thread = Thread(target=self._loop, name="guichet-writer", daemon=True)
        self._thread.start()

    def run(self, act: Callable[[Connection], T]) -> T:
        """Give the act's value once its transaction is committed."""
        return self.submit(act).result()

    def submit(self, act: Callable[[Connection], T]) -> Future[T]:
        """Take an act and give what ends once its transaction is committed, or with what it raised."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()  # once accepted, an act is done whoever still waits for it
        with self._door:  # nothing enters behind the stop mark
            if self._closed:
                raise StoreClosedError
            self._queue.put((act, future))
        return future

    def close(self) -> None:
        """Finish every accepted act, then stop."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()
        self._connection.close()

    def _loop(self) -> None:
        open_for_more = True
        while open_for_more:
            group, open_for_more = self._next_group()
            if group:
                self._settle(group)

    def _next_group(self) -> tuple[list[tuple[Act, Future[Any]]], bool]:
        item = self._queue.get()
        group: list[tuple[Act, Future[Any]]] = []
        while item is not None:
            group.append(item)
            if len(group) == self._group:
                return group, True
            try:
                item = self._queue.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _settle(self, group: list[tuple[Act, Future[Any]]]) -> None:
        """Run a group in one transaction; when the transaction itself is lost, each act again in its own."""
        try:
            transaction = self._connection.begin()
        except SQLAlchemyError as error:  # another process holds the file: one wait for the group, not one for each
            outcomes = [_unavailable(error)] * len(group)
        else:
            try:
                with transaction:
                    outcomes = [self._one(act) for act, _ in group]
            except SQLAlchemyError as error:
                if len(group) > 1:
                    for item in group:
                        self._settle([item])
                    return
                outcomes = [_unavailable(error)]
        for (_, future), (value, error) in zip(group, outcomes, strict=True):
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)

    def _one(self, act: Act) -> Outcome:
        self._tell("SAVEPOINT act")
        try:
            value = act(self._connection)
        except BaseException as error:  # noqa: BLE001  whatever the act raises belongs to the thread that asked for it
            self._tell("ROLLBACK TO act")
            self._tell("RELEASE act")
            return None, error
        self._tell("RELEASE act")
        return value, None

    def _tell(self, order: str) -> None:
        """Give the driver an order without values or rows, of which each act has two."""
        driver: Any = self._connection.connection.driver_connection
        try:
            driver.execute(order)
        except self._errors as error:
            raise OperationalError(order, None, error) from error


def _unavailable(error: SQLAlchemyError) -> Outcome:
    unavailable = StoreUnavailableError(reason=str(error.__cause__ or error))
    unavailable.__cause__ = error
    return None, unavailable
