"""PostgreSQL: one transaction per act in the thread that asks, run again when the server broke a tie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.storage.copies import Copied, copy_postgres
from guichet.storage.errors import ConstraintError, StoreClosedError, StoreUnavailableError
from guichet.storage.store import Reading, Store
from guichet.storage.tx import Tx

__all__ = ["PostgresStore", "postgres_engine"]

T = TypeVar("T")
_TRIES = {
    "40001": 8,  # serialization_failure
    "40P01": 8,  # deadlock_detected
    "23505": 3,  # unique_violation: a number or a reference drawn twice comes out different; a real one fails again
}


def postgres_engine(url: URL, *, size: int = 20) -> Engine:
    """Give an engine with a pool of checked connections."""
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=size,
        max_overflow=0,
        pool_timeout=60,
        pool_pre_ping=True,
        hide_parameters=True,  # an error ends in a log: what people declared does not
    )


class PostgresStore(Store):
    """A database on a PostgreSQL server, shared by any number of processes."""

    local = False

    def __init__(self, url: URL, *, clock: Clock, ids: Ids, mode: str) -> None:
        self.engine = postgres_engine(url)
        self._few = postgres_engine(url, size=2)
        super().__init__(_reading(self.engine), _reading(self._few), clock=clock, ids=ids, mode=mode)

    def act(self, fn: Callable[[Tx], T]) -> T:
        if self._closed:
            raise StoreClosedError
        self._refuse_nesting()
        attempt = 0
        while True:
            attempt += 1
            try:
                with self.engine.begin() as connection:
                    return self._run(connection, fn)
            except (DBAPIError, ConstraintError) as error:
                if attempt >= _TRIES.get(_sqlstate(error), 1):
                    if isinstance(error, OperationalError):
                        raise StoreUnavailableError(reason=str(error.orig)) from error
                    raise
            except PoolTimeout as error:
                raise StoreUnavailableError(reason=str(error)) from error
            sleep(attempt * 0.005 * (1 + int(self._ids.secret(1), 16) / 64))

    def copy_to(self, target: Path) -> Copied:
        with self._reading() as connection:
            return copy_postgres(connection, self.engine.url, target)

    def forget_past(self) -> None:
        """Do nothing: the server's own vacuum frees the pages; how long its archives and replicas keep them is its
        operator's choice.
        """

    def close(self) -> None:
        self._closed = True
        self.engine.dispose()
        self._few.dispose()


def _reading(engine: Engine) -> Reading:
    unchanging = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def reading() -> Iterator[Connection]:
        with unchanging.connect() as connection, connection.begin():
            yield connection

    return reading


def _sqlstate(error: Exception) -> str:
    cause = error.__context__ if isinstance(error, ConstraintError) else error
    return str(getattr(getattr(cause, "orig", None), "sqlstate", ""))
