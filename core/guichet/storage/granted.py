"""Grants of one scheme as another consults them, and the rows of a list from which dossiers are made."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from guichet.model.records import Dossier, ListRow
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tables.lists import list_row
from guichet.storage.tx import Tx

__all__ = ["grant_of", "has_dossier", "rows_of"]

_READ = reading(dossier, Dossier)


def grant_of(tx: Tx, scheme: str, key: str, *, by_siren: bool, territory: str | None = None) -> Dossier | None:
    """Give a dossier of a scheme that was granted to a company, or to a key of its grants; None without one."""
    of_key = dossier.c.siren == key if by_siren else dossier.c.grant_key == key
    here = [dossier.c.scheme == scheme, of_key, dossier.c.granted_cents.is_not(None), dossier.c.practice.is_(False)]
    if territory is not None:
        here.append(dossier.c.territory == territory)
    return one(tx, Dossier, _READ.where(*here).order_by(dossier.c.decided_at).limit(1))


def has_dossier(tx: Tx, scheme: str, territory: str, key: str) -> bool:
    """Say whether a key has a dossier of a scheme in a territory already, filed or decided."""
    here = (dossier.c.scheme == scheme, dossier.c.territory == territory, dossier.c.grant_key == key)
    return tx.value(select(dossier.c.id).where(*here, dossier.c.practice.is_(False)).limit(1)) is not None


def rows_of(tx: Tx, scheme: str, list_: str, territory: str) -> Iterator[ListRow]:
    """Give every row of a list that a territory's dossiers rely on, by key."""
    here = (list_row.c.scheme == scheme, list_row.c.list == list_, list_row.c.territory.in_(("", territory)))
    yield from every(tx, ListRow, reading(list_row, ListRow).where(*here).order_by(list_row.c.key, list_row.c.seq))
