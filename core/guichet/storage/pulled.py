"""What became of the rows that bring dossiers filed elsewhere: each is filed once for ever, or refused with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, false, or_, select, true

from guichet.storage.rows import every, reading
from guichet.storage.tables.lists import list_row
from guichet.storage.tables.pulled import pulled_row
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_or

__all__ = ["AlreadyFiled", "Incoming", "PulledRow", "due", "filed", "refuse", "rows"]


@dataclass(frozen=True, slots=True)
class PulledRow:
    """A row and what became of it."""

    scheme: str
    territory: str
    number: str
    state: str
    row_hash: str
    snapshot_hash: str
    reference: str | None
    reasons: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row of the list that is not a dossier yet: its number there, its key, its columns."""

    number: str
    key: str
    columns: dict[str, Any]
    row_hash: str


def due(
    tx: Tx, scheme: str, list_: str, territory: str, snapshot_hash: str, *, after: str, again: bool, limit: int
) -> list[Incoming]:
    """Give rows, by number, that are no dossier yet: new, changed since they were refused, or judged by other rules.

    Args:
        again: Refused rows too, though nothing changed.
    """
    at, done = list_row.c, pulled_row.c
    same = and_(done.scheme == at.scheme, done.territory == at.territory, done.number == _number())
    fresh = or_(
        done.number.is_(None),
        and_(
            done.state == "refused",
            or_(done.row_hash != at.row_hash, done.snapshot_hash != snapshot_hash, true() if again else false()),
        ),
    )
    statement = (
        select(_number().label("number"), at.key, at.columns, at.row_hash)
        .select_from(list_row.outerjoin(pulled_row, same))
        .where(at.scheme == scheme, at.list == list_, at.territory == territory, _number() > after, fresh)
        .order_by(_number())
        .limit(limit)
    )
    return [Incoming(row.number, row.key, dict(row.columns), row.row_hash) for row in tx.all(statement)]


def filed(tx: Tx, scheme: str, territory: str, row: Incoming, snapshot_hash: str, reference: str) -> None:
    """Note, in the act that files it, the dossier a row became; raises AlreadyFiled when it was one before."""
    values = _values(scheme, territory, row, snapshot_hash)
    new = {"state": "filed", "reference": reference, "reasons": ()}
    made = insert_or(tx, pulled_row).values(**values, **new, at=tx.real_now)
    refused = made.on_conflict_do_update(
        index_elements=list(pulled_row.primary_key.columns),
        set_={**new, "row_hash": row.row_hash, "snapshot_hash": snapshot_hash, "at": tx.real_now},
        where=pulled_row.c.state == "refused",
    )
    if tx.first(refused.returning(pulled_row.c.number)) is None:
        raise AlreadyFiled


def refuse(tx: Tx, scheme: str, territory: str, row: Incoming, snapshot_hash: str, reasons: Sequence[str]) -> None:
    """Note why a row is no dossier; one that is a dossier stays so."""
    values = _values(scheme, territory, row, snapshot_hash)
    new = {"state": "refused", "reference": None, "reasons": tuple(reasons)}
    made = insert_or(tx, pulled_row).values(**values, **new, at=tx.real_now)
    tx.run(
        made.on_conflict_do_update(
            index_elements=list(pulled_row.primary_key.columns),
            set_={**new, "row_hash": row.row_hash, "snapshot_hash": snapshot_hash, "at": tx.real_now},
            where=pulled_row.c.state == "refused",
        )
    )


def rows(tx: Tx, scheme: str, territory: str, state: str = "") -> list[PulledRow]:
    """Give what became of the rows of a scheme in a territory, by number."""
    here = [pulled_row.c.scheme == scheme, pulled_row.c.territory == territory]
    if state:
        here.append(pulled_row.c.state == state)
    return every(tx, PulledRow, reading(pulled_row, PulledRow).where(*here).order_by(pulled_row.c.number))


class AlreadyFiled(Exception):  # noqa: N818  reads as the fact it states
    """Another process has made a dossier of the row."""


def _number() -> Any:
    """What tells a row apart for good: its number at the service, else its key."""
    return case((list_row.c.part != "", list_row.c.part), else_=list_row.c.key)


def _values(scheme: str, territory: str, row: Incoming, snapshot_hash: str) -> dict[str, Any]:
    return {
        "scheme": scheme,
        "territory": territory,
        "number": row.number,
        "row_hash": row.row_hash,
        "snapshot_hash": snapshot_hash,
    }
