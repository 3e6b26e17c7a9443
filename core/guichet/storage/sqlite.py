"""SQLite: which library, how a connection is prepared, and the store with one writer."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeVar

from sqlalchemy import URL, Engine, QueuePool, create_engine, event

from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.storage.copies import Copied, copy_sqlite
from guichet.storage.errors import StoreInUseError
from guichet.storage.readers import Readers
from guichet.storage.store import Store
from guichet.storage.tx import Tx
from guichet.storage.writer import GROUP, Writer

__all__ = ["SAFE_FOR_SEVERAL", "SqliteStore", "sqlite_driver", "sqlite_engine"]

SAFE_FOR_SEVERAL = (3, 51, 3)
"""The first SQLite whose WAL cannot lose a commit when several processes write."""

T = TypeVar("T")
_LOG = logging.getLogger("guichet.storage")
_PREPARE = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # an accepted filing survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # a purged name must not stay in free pages
    "PRAGMA busy_timeout = 30000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = {cache}",
)
_READERS = 16
_CACHE_KIB = {"writer": 65_536, "reader": 8_192}  # as many readers as threads: the system's own cache serves them all


def sqlite_driver() -> Any:
    """Give the newest SQLite at hand: the `pysqlite3` wheel, else the one Python was built with."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3")


def sqlite_engine(path: Path, driver: Any, *, writes: bool, size: int) -> Engine:
    """Give an engine whose transactions take the write lock at once, or whose connections never write."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=driver,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0 if writes else -1,
        pool_timeout=60,
        connect_args={"check_same_thread": False, "isolation_level": None},
        hide_parameters=True,  # an error ends in a log: what people declared does not
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        for pragma in _PREPARE if writes else (*_PREPARE, "PRAGMA query_only = ON"):
            connection.execute(pragma.format(cache=-_CACHE_KIB["writer" if writes else "reader"]))

    if writes:

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class SqliteStore(Store):
    """A database in one file: one writer thread, readers apart."""

    local = True

    def __init__(
        self, path: Path, *, clock: Clock, ids: Ids, mode: str, driver: Any = None, group: int = GROUP
    ) -> None:
        driver = driver or sqlite_driver()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._driver = driver
        self._alone = _hold_alone(path, driver)
        self._reads = sqlite_engine(path, driver, writes=False, size=_READERS)
        self._readers = Readers(self._reads, kept=_READERS)
        super().__init__(self._readers.one, self._readers.one, clock=clock, ids=ids, mode=mode)
        self.engine = sqlite_engine(path, driver, writes=True, size=1)
        self._writer: Writer | None = None
        self._group = group

    def start(self) -> None:
        """Begin to take acts; the tables must be there."""
        self._writer = Writer(self.engine.connect(), group=self._group)

    def act(self, fn: Callable[[Tx], T]) -> T:
        return self.submit(fn).result()

    def submit(self, fn: Callable[[Tx], T]) -> Future[T]:
        self._refuse_nesting()
        assert self._writer is not None, "start() comes first"  # noqa: S101  a mistake of this package, never of a caller
        return self._writer.submit(lambda connection: self._run(connection, fn))

    def copy_to(self, target: Path) -> Copied:
        return copy_sqlite(self._driver, Path(str(self.engine.url.database)), target)

    def forget_past(self) -> None:
        """Empty the write-ahead log, whose pages still say what was deleted; a reader may put it off to next time."""
        connection = self._driver.connect(str(self.engine.url.database), timeout=10)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        self._closed = True
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()
        self._readers.close()
        self._reads.dispose()
        if self._alone is not None:
            self._alone.close()


def _hold_alone(path: Path, driver: Any) -> IO[bytes] | None:
    """Keep other processes out, and say so, when this SQLite may lose a commit of theirs."""
    if driver.sqlite_version_info >= SAFE_FOR_SEVERAL:
        return None
    _LOG.warning(
        "SQLite %s can lose commits when several processes write: this database accepts one process only. "
        "Install the pysqlite3 wheel (SQLite %s or later) to lift this.",
        driver.sqlite_version,
        ".".join(map(str, SAFE_FOR_SEVERAL)),
    )
    if os.name != "posix":
        return None
    fcntl = import_module("fcntl")
    lock = path.with_name(path.name + ".lock").open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StoreInUseError(path=str(path), version=driver.sqlite_version) from error
    return lock
