"""One grant per key and scope: taken by the deciding act, released by revocation."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, insert, select, update

from guichet.storage.errors import AlreadyGrantedError
from guichet.storage.tables.dossiers import dossier as dossier_table
from guichet.storage.tables.dossiers import grant
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["holder", "holders", "release", "rewrite_keys", "take"]


def take(tx: Tx, *, scheme: str, scope: str, key: str, dossier: str) -> None:
    """Take the grant of a key for a dossier; taking it again for the same dossier changes nothing.

    Raises:
        AlreadyGrantedError: another dossier holds it, in this scope or one that overlaps it; carries which.
    """
    held = holder(tx, scheme=scheme, scope=scope, key=key)
    if held is not None and held != dossier:
        raise AlreadyGrantedError(scheme=scheme, scope=scope, dossier=held)
    while not insert_unless_there(tx, grant, scheme=scheme, scope=scope, key=key, dossier=dossier):
        found = holder(tx, scheme=scheme, scope=scope, key=key)
        if found == dossier:
            return
        if found is not None:  # else it was released between the two statements
            raise AlreadyGrantedError(scheme=scheme, scope=scope, dossier=found)


def holder(tx: Tx, *, scheme: str, scope: str, key: str) -> str | None:
    """Give a dossier that holds the grant of a key in a scope; the empty one is every territory.

    A scheme may have been published with another scope in between: a grant of one territory and one of all overlap.
    """
    here = [grant.c.scheme == scheme, grant.c.key == key]
    if scope:
        here.append(grant.c.scope.in_((scope, "")))
    return tx.value(select(grant.c.dossier).where(*here).order_by(grant.c.scope != scope).limit(1))


def release(tx: Tx, dossier: str) -> int:
    """Let go of what a dossier holds and give how many."""
    return tx.run(delete(grant).where(grant.c.dossier == dossier)).rowcount


def holders(tx: Tx, scheme: str) -> list[str]:
    """Give the dossiers that hold a grant of a scheme, in every territory, in the order in which they are locked."""
    return [row.dossier for row in tx.all(select(grant.c.dossier).where(grant.c.scheme == scheme).order_by("dossier"))]


def rewrite_keys(tx: Tx, scheme: str, keys: Mapping[str, str]) -> None:
    """Put the grants of some dossiers, by id, under other keys; each stays in its scope.

    Raises:
        ConstraintError: two of them would hold the same key.
    """
    held = [row for row in tx.all(select(grant).where(grant.c.scheme == scheme)) if row.dossier in keys]
    if not held:
        return
    of, to = bindparam("of"), bindparam("to")
    moved = [{"scheme": scheme, "scope": row.scope, "key": keys[row.dossier], "dossier": row.dossier} for row in held]
    # All let go of theirs before any takes another: one may take the key that another leaves.
    tx.run(delete(grant).where(grant.c.scheme == scheme, grant.c.dossier == of), [{"of": one} for one in keys])
    tx.run(insert(grant), moved)
    by_id = update(dossier_table).where(dossier_table.c.id == of).values(grant_key=to)
    tx.run(by_id, [{"of": dossier, "to": key} for dossier, key in keys.items()])
