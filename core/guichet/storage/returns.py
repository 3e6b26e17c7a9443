"""Returns: each import with its ledger, what became of each line, and the facts that stand of each order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Exists, exists, select, update

from guichet.storage.rows import every, reading
from guichet.storage.tables.paying import return_fact, return_import, return_line
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "Fact",
    "RejectedReturnLine",
    "Result",
    "ReturnImport",
    "add_fact",
    "begin",
    "by_id",
    "count",
    "facts_of",
    "note_line",
    "rejected_lines",
]

Result = Literal["applied", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True)
class ReturnImport:
    """One import of a return: read = applied + unchanged + rejected."""

    id: str
    scheme: str
    territory: str
    file_name: str
    sha256: str
    read: int
    applied: int
    unchanged: int
    rejected: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RejectedReturnLine:
    """A line of a return read earlier that changed nothing: in which file, and why."""

    scheme: str
    territory: str
    file_name: str
    at: datetime
    line: int
    because: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What the accountant did to an order on a day."""

    payment_order: str
    outcome: str
    on_day: date
    cents: int | None
    mandate: str
    mandate_on: date | None
    reason: str
    return_import: str


def begin(tx: Tx, *, scheme: str, territory: str, file_name: str, sha256: str) -> str:
    """Open the ledger of an import and give its id."""
    made = ReturnImport(tx.ids.new(), scheme, territory, file_name, sha256, 0, 0, 0, 0, tx.now)
    tx.insert(return_import, made)
    return made.id


def note_line(
    tx: Tx, import_id: str, line: int, result: Result, *, payment_order: str | None = None, because: str = ""
) -> None:
    """Note what became of a line."""
    values = {"return_import": import_id, "line": line, "payment_order": payment_order}
    tx.run(return_line.insert(), {**values, "result": result, "because": because})


def count(tx: Tx, import_id: str, *, applied: int, unchanged: int, rejected: int) -> None:
    """Add to the ledger of an import, in the act that did it."""
    added = {"applied": applied, "unchanged": unchanged, "rejected": rejected, "read": applied + unchanged + rejected}
    values = {name: return_import.c[name] + number for name, number in added.items()}
    tx.run(update(return_import).where(return_import.c.id == import_id).values(**values))


def add_fact(tx: Tx, fact: Fact) -> bool:
    """Keep a fact; False when the same outcome of the same order and day stands already."""
    return insert_unless_there(tx, return_fact, **{name: getattr(fact, name) for name in Fact.__dataclass_fields__})


def facts_of(tx: Tx, order_id: str) -> list[Fact]:
    """Give what is known of an order, by day."""
    statement = reading(return_fact, Fact).where(return_fact.c.payment_order == order_id)
    return every(tx, Fact, statement.order_by(return_fact.c.on_day, return_fact.c.outcome))


def rejected_lines(tx: Tx, scheme: str | None = None) -> list[RejectedReturnLine]:
    """Give the lines that returns rejected and that nothing read since has put right, the latest import first.

    A line is put right when a later return tells something of its order, or when its file is read again: the same name
    and every order that was known of it.
    """
    held = return_import.c
    statement = (
        select(held.scheme, held.territory, held.file_name, held.at, return_line.c.line, return_line.c.because)
        .join(return_line, return_line.c.return_import == held.id)
        .where(return_line.c.result == "rejected", ~_told_since(), ~_read_again())
        .order_by(held.at.desc(), held.id, return_line.c.line)
    )
    return every(tx, RejectedReturnLine, statement if scheme is None else statement.where(held.scheme == scheme))


def _told_since() -> Exists:
    since = return_line.alias()
    return exists().where(
        since.c.payment_order == return_line.c.payment_order,
        since.c.return_import > return_line.c.return_import,  # ids grow with time
        since.c.result != "rejected",
    )


def _read_again() -> Exists:
    again, known, found = return_import.alias(), return_line.alias(), return_line.alias()
    in_again = exists().where(found.c.return_import == again.c.id, found.c.payment_order == known.c.payment_order)
    forgotten = exists().where(
        known.c.return_import == return_import.c.id,
        known.c.payment_order.is_not(None),
        ~in_again.correlate(again, known),
    )
    same = (again.c[name] == return_import.c[name] for name in ("scheme", "territory", "file_name"))
    return exists().where(*same, again.c.id > return_import.c.id, ~forgotten.correlate(again, return_import))


def by_id(tx: Tx, import_id: str) -> ReturnImport:
    """Give the ledger of an import."""
    return every(tx, ReturnImport, reading(return_import, ReturnImport).where(return_import.c.id == import_id))[0]
