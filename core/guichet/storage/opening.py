"""Opening a database by its address: bring its tables up to date, check its mode, start taking acts."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.storage.errors import ModeMismatchError, StoreUnopenedError, UnknownDatabaseError
from guichet.storage.migrate import migrate
from guichet.storage.postgres import PostgresStore
from guichet.storage.sqlite import SqliteStore
from guichet.storage.store import Store
from guichet.storage.tables import instance
from guichet.storage.tx import Tx

__all__ = ["open_store"]


def open_store(url: str, *, clock: Clock, ids: Ids, mode: str) -> Store:
    """Give the store of an instance, created on first opening.

    Args:
        url: `sqlite:///path/to/file.sqlite3` or `postgresql://user@host/name`.
        mode: `sandbox` or `live`; fixed at creation, refused when it is not the database's own.

    Raises:
        StoreUnopenedError: the database does not open; UnknownDatabaseError; ModeMismatchError.
    """
    store = _choose(url, clock=clock, ids=ids, mode=mode)
    try:
        migrate(store.engine)
        if isinstance(store, SqliteStore):
            store.start()
        _check_mode(store, mode)
    except OperationalError as error:  # a full disk, a file one may not write, a server that is away
        store.close()
        raise StoreUnopenedError(reason=str(error.orig or error).strip()) from error
    except BaseException:
        store.close()
        raise
    return store


def _choose(url: str, *, clock: Clock, ids: Ids, mode: str) -> SqliteStore | PostgresStore:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise UnknownDatabaseError(url=url) from error
    backend = address.get_backend_name()
    if backend == "sqlite" and address.database not in {None, "", ":memory:"}:
        return SqliteStore(Path(str(address.database)), clock=clock, ids=ids, mode=mode)
    if backend in {"postgresql", "postgres"}:
        return PostgresStore(address, clock=clock, ids=ids, mode=mode)
    raise UnknownDatabaseError(url=address.render_as_string(hide_password=True))


def _check_mode(store: Store, mode: str) -> None:
    found = store.read(lambda tx: tx.value(select(instance.c.mode))) or store.act(_create)
    if found != mode:
        raise ModeMismatchError(asked=mode, found=found)


def _create(tx: Tx) -> str:
    found = tx.value(select(instance.c.mode))
    if found is None:
        tx.run(insert(instance).values(id=1, mode=tx.mode, created_at=tx.real_now))
    return found or tx.mode
