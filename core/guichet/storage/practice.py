"""Practice dossiers thrown away: every row that hangs on them, found by the foreign keys themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import CompoundSelect, Table, delete, func, select, union

from guichet.storage import journal
from guichet.storage.api_tokens import upload_files
from guichet.storage.tables import METADATA, api_filing, attachment, document, dossier, outbox
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
    named = {row.stored_as for row in tx.all(_files(ids))}
    for row in tx.all(select(outbox.c.id, outbox.c.payload).where(outbox.c.state != "done")):
        if row.payload.get("dossier") in ids:
            tx.run(delete(outbox).where(outbox.c.id == row.id))
    _delete(tx, dossier, ids)
    for dossier_id in ids:
        journal.purge_subject(tx, dossier_id)
    tx.run(delete(api_filing).where(api_filing.c.dossier.in_(ids)))
    still = union(select(attachment.c.stored_as), select(document.c.stored_as)).subquery()
    kept = {row.stored_as for row in tx.all(select(still.c.stored_as).where(still.c.stored_as.in_(named)))}
    return ids, sorted(named - kept - upload_files(tx))  # the same bytes may wait for another dossier


def _files(ids: list[str]) -> CompoundSelect[Any]:
    return union(
        select(attachment.c.stored_as).where(attachment.c.dossier.in_(ids)),
        select(document.c.stored_as).where(document.c.dossier.in_(ids)),
    )


def _delete(tx: Tx, table: Table, ids: list[str]) -> None:
    """Delete rows by their one key, those that point to them first."""
    key = next(iter(table.primary_key.columns))
    for other, column in _pointing(table):
        if len(other.primary_key.columns) == 1:
            own = next(iter(other.primary_key.columns))
            below = [row[0] for row in tx.all(select(own).where(other.c[column].in_(ids)))]
            if below:
                _delete(tx, other, below)
        else:
            tx.run(delete(other).where(other.c[column].in_(ids)))
    tx.run(delete(table).where(key.in_(ids)))


def _pointing(table: Table) -> Iterator[tuple[Table, str]]:
    for other in METADATA.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and other is not table:
                yield other, key.parent.name
