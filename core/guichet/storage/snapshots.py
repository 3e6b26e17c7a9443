"""Published snapshots and which one each territory serves."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.model.records import Current, Snapshot
from guichet.storage.errors import NotFoundError
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.instance import current_snapshot, snapshot
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_or, insert_unless_there

__all__ = ["all_current", "by_hash", "current", "make_current", "put"]

_SNAPSHOT = reading(snapshot, Snapshot)
_CURRENT = reading(current_snapshot, Current)


def put(
    tx: Tx,
    *,
    hash_: str,
    scheme: str,
    territory: str,
    format_: int,
    body: str,
    plugin_versions: Mapping[str, str],
) -> bool:
    """Keep a snapshot and say whether it is new; the same content is kept once."""
    return insert_unless_there(
        tx,
        snapshot,
        hash=hash_,
        scheme=scheme,
        territory=territory,
        format=format_,
        body=body,
        plugin_versions=plugin_versions,
        published_at=tx.now,
    )


def by_hash(tx: Tx, hash_: str) -> Snapshot:
    """Give the snapshot of a hash; raises NotFoundError."""
    found = one(tx, Snapshot, _SNAPSHOT.where(snapshot.c.hash == hash_))
    if found is None:
        raise NotFoundError(kind="snapshot", id=hash_)
    return found


def make_current(tx: Tx, scheme: str, territory: str, hash_: str) -> Current | None:
    """Serve a snapshot from now on, and give the publication's number; None when it is the one served already."""
    statement = (
        insert_or(tx, current_snapshot)
        .values(scheme=scheme, territory=territory, hash=hash_, number=1)
        .on_conflict_do_update(
            index_elements=["scheme", "territory"],
            set_={"hash": hash_, "number": current_snapshot.c.number + 1},
            where=current_snapshot.c.hash != hash_,
        )
        .returning(current_snapshot.c.number)
    )
    number = tx.value(statement)
    return None if number is None else Current(scheme, territory, hash_, number)


def current(tx: Tx, scheme: str, territory: str) -> Current | None:
    """Give what a territory serves of a scheme."""
    where = (current_snapshot.c.scheme == scheme, current_snapshot.c.territory == territory)
    return one(tx, Current, _CURRENT.where(*where))


def all_current(tx: Tx) -> list[Current]:
    """Give everything that is served."""
    return every(tx, Current, _CURRENT.order_by(current_snapshot.c.scheme, current_snapshot.c.territory))
