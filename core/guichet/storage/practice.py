"""Practice dossiers: counted, and found to be thrown away."""

from __future__ import annotations

from sqlalchemy import func, select

from guichet.storage.tables import dossier
from guichet.storage.tx import Tx

__all__ = ["count", "to_purge"]


def count(tx: Tx) -> dict[tuple[str, str], int]:
    """Give how many practice dossiers there are, by scheme and territory."""
    groups = (dossier.c.scheme, dossier.c.territory)
    statement = select(*groups, func.count().label("number")).where(dossier.c.practice.is_(True))
    rows = tx.all(statement.group_by(*groups).order_by(*groups))
    return {(row.scheme, row.territory): row.number for row in rows}


def to_purge(tx: Tx, scheme: str, territory: str, *, limit: int) -> list[str]:
    """Give the ids of some practice dossiers, held until the end of the act that deletes them."""
    here = (dossier.c.scheme == scheme, dossier.c.territory == territory, dossier.c.practice.is_(True))
    chosen = select(dossier.c.id).where(*here).order_by(dossier.c.id).limit(limit).with_for_update()
    return [row.id for row in tx.all(chosen)]
