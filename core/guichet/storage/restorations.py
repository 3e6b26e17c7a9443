"""Restorations: whether the installation is held back after one, and what its release settles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select, update

from guichet.model.records import OutboxRow, PaymentOrder
from guichet.storage.payments import SENDABLE
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.api import api_token, api_upload
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tables.identities import identity_attempt
from guichet.storage.tables.money import batch, payment_order
from guichet.storage.tables.outbox import outbox
from guichet.storage.tables.paying import batch_file
from guichet.storage.tables.people import sign_in, web_session
from guichet.storage.tables.restorations import paid_meanwhile, restoration
from guichet.storage.tables.work import worker_beat
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "Restoration",
    "bury",
    "by_references",
    "enter",
    "files_known",
    "held_duties",
    "last_taken_number",
    "note_paid",
    "note_transmitted",
    "orders_of",
    "release",
    "standing",
    "waiting_orders",
    "was_paid",
]


@dataclass(frozen=True, slots=True)
class Restoration:
    """One restoration as stored."""

    id: str
    backup: str
    backup_at: datetime
    restored_at: datetime
    released_at: datetime | None
    released_by: str | None
    released_on: date | None
    last_number: int


_READ = reading(restoration, Restoration)
_WAITING = (*SENDABLE, "suspended")
"""A suspended order may have been resumed, and have left, since the backup."""


def enter(tx: Tx, *, backup: str, backup_at: datetime) -> Restoration:
    """Hold the installation back; end every session, sign-in and token: one used or revoked since would open again.

    Files that software sent ahead are in no backup: their rows go.
    """
    made = Restoration(tx.ids.new(), backup, backup_at, tx.real_now, None, None, None, 0)
    tx.insert(restoration, made)
    tx.run(delete(web_session))
    tx.run(delete(sign_in))
    tx.run(delete(identity_attempt))
    tx.run(delete(api_upload))
    tx.run(update(api_token).where(api_token.c.revoked_at.is_(None)).values(revoked_at=tx.real_now))
    tx.run(delete(worker_beat))
    tx.run(update(outbox).where(outbox.c.state == "queued").values(worker=None, lease_until=None))
    return made


def standing(tx: Tx) -> Restoration | None:
    """Give the restoration that is not released yet."""
    return one(tx, Restoration, _READ.where(restoration.c.released_at.is_(None)).order_by(restoration.c.id))


def release(tx: Tx, restoration_id: str, *, by: str, on: date, files: int) -> None:
    """Let the installation go on; `files`: how many payment files had left since the backup, each with a number."""
    last = (tx.value(select(func.max(batch.c.number))) or 0) + files if files else 0
    values = {"released_at": tx.real_now, "released_by": by, "released_on": on, "last_number": last}
    tx.run(update(restoration).where(restoration.c.id == restoration_id).values(values))


def held_duties(tx: Tx, since: datetime, harmless: Collection[str]) -> list[OutboxRow]:
    """Give the duties for the outside that were queued when the installation was restored."""
    due = (outbox.c.state == "queued", outbox.c.created_at <= since, outbox.c.kind.not_in(harmless))
    return every(tx, OutboxRow, reading(outbox, OutboxRow).where(*due).order_by(outbox.c.id))


def bury(tx: Tx, rows: Sequence[OutboxRow], why: str) -> None:
    """Set duties aside, shown with the reason: they may have been done since the backup."""
    ids = [row.id for row in rows]
    for start in range(0, len(ids), 500):
        some = outbox.c.id.in_(ids[start : start + 500])
        tx.run(update(outbox).where(some, outbox.c.state == "queued").values(state="dead", last_error=why))


def by_references(tx: Tx, references: Iterable[str]) -> dict[str, str]:
    """Give reference → dossier id for those this installation knows."""
    found: dict[str, str] = {}
    wanted = list(references)
    for start in range(0, len(wanted), 500):
        some = select(dossier.c.reference, dossier.c.id).where(dossier.c.reference.in_(wanted[start : start + 500]))
        found |= {row.reference: row.id for row in tx.all(some)}
    return found


def orders_of(tx: Tx, references: Iterable[str]) -> dict[str, str]:
    """Give reference → dossier id for the payment orders this installation knows, whatever became of them."""
    found: dict[str, str] = {}
    wanted = list(references)
    for start in range(0, len(wanted), 500):
        here = payment_order.c.reference.in_(wanted[start : start + 500])
        some = select(payment_order.c.reference, payment_order.c.dossier).where(here)
        found |= {row.reference: row.dossier for row in tx.all(some)}
    return found


def files_known(tx: Tx) -> frozenset[str]:
    """Give the names of the payment files whose batch is known to have left whole."""
    of_batch = select(batch_file.c.name).join(batch, batch.c.id == batch_file.c.batch)
    return frozenset(row.name for row in tx.all(of_batch.where(batch.c.state == "transmitted")))


def waiting_orders(tx: Tx) -> list[PaymentOrder]:
    """Give the orders that have not been transmitted, in a file or not."""
    return every(tx, PaymentOrder, reading(payment_order, PaymentOrder).where(payment_order.c.state.in_(_WAITING)))


def note_transmitted(tx: Tx, orders: Mapping[str, str]) -> None:
    """Move orders (id → why) to what a file that left made of them; a batch whose every order left has left too."""
    for order, why in orders.items():
        values = {"state": "transmitted", "state_at": tx.now, "state_reason": why, "set_aside_reason": None}
        tx.run(
            update(payment_order).where(payment_order.c.id == order, payment_order.c.state.in_(_WAITING)).values(values)
        )
    open_lines = select(payment_order.c.batch).where(
        payment_order.c.state.in_(SENDABLE), payment_order.c.batch.is_not(None)
    )
    whole = (batch.c.state == "written", batch.c.id.not_in(open_lines), batch.c.lines > 0)
    tx.run(update(batch).where(*whole).values(state="transmitted"))


def note_paid(tx: Tx, restoration_id: str, dossiers: Mapping[str, str]) -> None:
    """Note that dossiers (id → file) were paid since the backup by a decision this installation no longer knows."""
    for dossier_id, file in dossiers.items():
        insert_unless_there(tx, paid_meanwhile, dossier=dossier_id, restoration=restoration_id, file=file)


def was_paid(tx: Tx, dossier_id: str) -> str | None:
    """Give the file that paid a dossier between a backup and its restoration, if one did."""
    return tx.value(select(paid_meanwhile.c.file).where(paid_meanwhile.c.dossier == dossier_id))


def last_taken_number(tx: Tx, on_day: date) -> int:
    """Give the highest number a file of a day may have borne before a restoration: the next one goes beyond it."""
    concerned = restoration.c.released_on >= on_day
    return tx.value(select(func.max(restoration.c.last_number)).where(concerned)) or 0
