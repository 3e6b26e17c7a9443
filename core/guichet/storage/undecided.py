"""Dossiers filed and not decided yet: those that a change of the rules or of a publication still concerns."""

from __future__ import annotations

from sqlalchemy import select

from guichet.model.records import Dossier
from guichet.storage.rows import every, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tx import Tx

__all__ = ["UNDECIDED", "page", "pinned_elsewhere"]

UNDECIDED = ("filed", "instruction")


def pinned_elsewhere(tx: Tx, scheme: str, territory: str, hash_: str) -> list[str]:
    """Give the ids of the undecided dossiers of a territory that follow another snapshot than one."""
    where = (
        dossier.c.scheme == scheme,
        dossier.c.territory == territory,
        dossier.c.phase.in_(UNDECIDED),
        dossier.c.snapshot_hash != hash_,
    )
    return [row.id for row in tx.all(select(dossier.c.id).where(*where).order_by(dossier.c.id))]


def page(tx: Tx, scheme: str, territory: str, *, after: str = "", limit: int = 500) -> list[Dossier]:
    """Give the undecided dossiers of a territory, by id, after one."""
    where = (
        dossier.c.scheme == scheme,
        dossier.c.territory == territory,
        dossier.c.phase.in_(UNDECIDED),
        dossier.c.id > after,
    )
    return every(tx, Dossier, reading(dossier, Dossier).where(*where).order_by(dossier.c.id).limit(limit))
