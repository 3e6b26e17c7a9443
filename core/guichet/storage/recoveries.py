"""Recoveries: claims on money that was paid, and the reimbursements of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update

from guichet.storage.rows import every, one, reading
from guichet.storage.tables.money import payment_order
from guichet.storage.tables.recoveries import recovery, reimbursement
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "Recovery",
    "Reimbursement",
    "add",
    "by_id",
    "end",
    "money_out",
    "of_dossier",
    "reimburse",
    "reimbursed",
    "reimbursements",
]


@dataclass(frozen=True, slots=True)
class Recovery:
    """A claim as stored."""

    id: str
    scheme: str
    territory: str
    dossier: str
    decision: str
    cents: int
    reason: str
    act_number: str
    act_date: date
    signatory_name: str
    signatory_quality: str
    agent: str
    at: datetime
    ended_at: datetime | None
    ended_reason: str


@dataclass(frozen=True, slots=True)
class Reimbursement:
    """Money that came back, as the accountant's receipt says."""

    recovery: str
    receipt: str
    cents: int
    on_day: date
    agent: str
    at: datetime


_READ = reading(recovery, Recovery)


def add(tx: Tx, made: Recovery) -> bool:
    """Keep a claim; False when another of the territory bears its number."""
    return insert_unless_there(tx, recovery, **{name: getattr(made, name) for name in Recovery.__dataclass_fields__})


def by_id(tx: Tx, recovery_id: str) -> Recovery | None:
    """Give a claim."""
    return one(tx, Recovery, _READ.where(recovery.c.id == recovery_id))


def of_dossier(tx: Tx, dossier_id: str) -> list[Recovery]:
    """Give the claims of a dossier, the first first."""
    return every(tx, Recovery, _READ.where(recovery.c.dossier == dossier_id).order_by(recovery.c.id))


def end(tx: Tx, recovery_id: str, reason: str) -> bool:
    """End a claim; False when it has ended before."""
    here = (recovery.c.id == recovery_id, recovery.c.ended_at.is_(None))
    return tx.run(update(recovery).where(*here).values(ended_at=tx.now, ended_reason=reason)).rowcount == 1


def reimburse(tx: Tx, made: Reimbursement) -> bool:
    """Keep a reimbursement; False when one of that receipt is noted."""
    values = {name: getattr(made, name) for name in Reimbursement.__dataclass_fields__}
    return insert_unless_there(tx, reimbursement, **values)


def reimbursements(tx: Tx, dossier_id: str) -> list[Reimbursement]:
    """Give what came back on a dossier, by day."""
    statement = reading(reimbursement, Reimbursement).join(recovery, recovery.c.id == reimbursement.c.recovery)
    ordered = statement.where(recovery.c.dossier == dossier_id).order_by(
        reimbursement.c.on_day, reimbursement.c.receipt
    )
    return every(tx, Reimbursement, ordered)


def reimbursed(tx: Tx, dossier_id: str) -> int:
    """Give the sum that came back on a dossier."""
    statement = select(func.sum(reimbursement.c.cents)).join(recovery, recovery.c.id == reimbursement.c.recovery)
    return int(tx.value(statement.where(recovery.c.dossier == dossier_id)) or 0)


def money_out(tx: Tx, dossier_id: str, *, but: str) -> int:
    """Give what the decisions of a dossier other than `but` paid, or are about to, and that did not come back."""
    others = (payment_order.c.dossier == dossier_id, payment_order.c.decision != but)
    ordered = select(func.sum(payment_order.c.cents)).where(*others, payment_order.c.state != "rejected")
    return max(0, int(tx.value(ordered) or 0) - reimbursed(tx, dossier_id))
