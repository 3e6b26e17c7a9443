"""Dossiers that wait for something outside them: funds, or a list that was silent when they were filed."""

from __future__ import annotations

from sqlalchemy import Text, select, type_coerce

from guichet.model.records import Dossier
from guichet.storage.rows import every, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tx import Tx

__all__ = ["for_funds", "held"]


def for_funds(tx: Tx, scheme: str, territory: str | None, *, limit: int = 1000) -> list[Dossier]:
    """Give the dossiers that wait for funds, by the instant of their filing; of every territory without one."""
    waiting = [dossier.c.scheme == scheme, dossier.c.waiting_for_funds, dossier.c.phase == "instruction"]
    if territory is not None:
        waiting.append(dossier.c.territory == territory)
    statement = reading(dossier, Dossier).where(*waiting).order_by(dossier.c.filed_at, dossier.c.id)
    return every(tx, Dossier, statement.limit(limit))


def held(tx: Tx, scheme: str, territory: str | None, *, check: str, after: str = "", limit: int = 50) -> list[str]:
    """Give the ids of undecided dossiers one of whose checks says `held`, after an id."""
    where = [
        dossier.c.scheme == scheme,
        dossier.c.phase.in_(("filed", "instruction")),
        type_coerce(dossier.c.checks, Text).like(f'%"{check}":"held"%'),
        dossier.c.id > after,
    ]
    if territory is not None:
        where.append(dossier.c.territory == territory)
    return [row.id for row in tx.all(select(dossier.c.id).where(*where).order_by(dossier.c.id).limit(limit))]
