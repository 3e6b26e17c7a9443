"""Practice dossiers: counted, and thrown away with every row that hangs on them."""

from __future__ import annotations

from sqlalchemy import func, select

from guichet.storage import erasure
from guichet.storage.tables import dossier
from guichet.storage.tx import Tx

__all__ = ["count", "purge"]


def count(tx: Tx) -> dict[tuple[str, str], int]:
    """Give how many practice dossiers there are, by scheme and territory."""
    groups = (dossier.c.scheme, dossier.c.territory)
    statement = select(*groups, func.count().label("number")).where(dossier.c.practice.is_(True))
    rows = tx.all(statement.group_by(*groups).order_by(*groups))
    return {(row.scheme, row.territory): row.number for row in rows}


def purge(tx: Tx, scheme: str, territory: str, *, limit: int) -> tuple[list[str], list[str]]:
    """Delete some practice dossiers; gives their ids, and the kept files that no other row names."""
    here = (dossier.c.scheme == scheme, dossier.c.territory == territory, dossier.c.practice.is_(True))
    chosen = select(dossier.c.id).where(*here).order_by(dossier.c.id).limit(limit).with_for_update()
    ids = [row.id for row in tx.all(chosen)]
    if not ids:
        return [], []
    erased = erasure.erase(tx, ids)
    return ids, list(erased.files)
