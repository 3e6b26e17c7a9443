"""Dossiers of a scheme that a replay reads, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence

from guichet.model.records import Dossier
from guichet.storage.rows import every, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tx import Tx

__all__ = ["page"]


def page(tx: Tx, scheme: str, territories: Sequence[str] = (), *, after: str = "", limit: int = 500) -> list[Dossier]:
    """Give the real dossiers filed for a scheme, by id, after one; no territory means all."""
    where = [
        dossier.c.scheme == scheme,
        dossier.c.filed_at.is_not(None),
        dossier.c.practice.is_(False),
        dossier.c.id > after,
    ]
    if territories:
        where.append(dossier.c.territory.in_(territories))
    return every(tx, Dossier, reading(dossier, Dossier).where(*where).order_by(dossier.c.id).limit(limit))
