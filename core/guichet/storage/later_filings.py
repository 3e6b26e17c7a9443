"""Forms filed after the application: asked once at a time, filed once, settled once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import update

from guichet.storage.errors import NotFoundError
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.paying import account_change, later_filing
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "AccountChange",
    "LaterFiling",
    "LaterState",
    "add_change",
    "ask",
    "by_id",
    "changes_of",
    "file",
    "lock",
    "of_dossier",
    "opened",
    "settle",
    "unasked",
]

LaterState = Literal["asked", "filed", "accepted", "refused", "closed", "unasked"]


@dataclass(frozen=True, slots=True)
class LaterFiling:
    """A form filed after the application, or asked for.

    Args:
        about: What it is about: the payment order whose account another takes the place of.
        reference: Its own number, on its receipt.
    """

    id: str
    reference: str
    dossier: str
    form: str
    about: str
    state: LaterState
    reason: str
    snapshot_hash: str
    answers: Mapping[str, Any]
    asked_by: str
    asked_at: datetime
    filed_at: datetime | None
    settled_by: str
    settled_at: datetime | None
    settled_reason: str


@dataclass(frozen=True, slots=True)
class AccountChange:
    """An account that took the place of another."""

    id: str
    dossier: str
    later_filing: str
    payment_order: str
    new_order: str
    payee_before: str
    iban_before: str
    bic_before: str | None
    payee: str
    iban: str
    bic: str | None
    at: datetime


_READ = reading(later_filing, LaterFiling)


def ask(tx: Tx, *, dossier: str, form: str, about: str, reason: str, snapshot_hash: str, by: str) -> LaterFiling | None:
    """Open a form for the applicant and give it; None when the same form is open already."""
    made = LaterFiling(
        id=tx.ids.new(),
        reference=tx.ids.reference(),
        dossier=dossier,
        form=form,
        about=about,
        state="asked",
        reason=reason,
        snapshot_hash=snapshot_hash,
        answers={},
        asked_by=by,
        asked_at=tx.now,
        filed_at=None,
        settled_by="",
        settled_at=None,
        settled_reason="",
    )
    values = {name: getattr(made, name) for name in LaterFiling.__dataclass_fields__}
    return made if insert_unless_there(tx, later_filing, **values) else None


def unasked(tx: Tx, dossier: str, form: str, snapshot_hash: str) -> LaterFiling:
    """Give a form that nobody asked for, as it would be filed: it is nowhere until it is."""
    return LaterFiling("", "", dossier, form, "", "unasked", "", snapshot_hash, {}, "", tx.now, None, "", None, "")


def by_id(tx: Tx, filing_id: str) -> LaterFiling:
    """Give a filing; raises NotFoundError."""
    return _found(one(tx, LaterFiling, _READ.where(later_filing.c.id == filing_id)), filing_id)


def lock(tx: Tx, filing_id: str) -> LaterFiling:
    """Give a filing and hold it until the end of the act."""
    return _found(one(tx, LaterFiling, _READ.where(later_filing.c.id == filing_id).with_for_update()), filing_id)


def opened(tx: Tx, dossier: str, form: str) -> LaterFiling | None:
    """Give the form of a dossier that waits for its applicant; None when none does."""
    here = (later_filing.c.dossier == dossier, later_filing.c.form == form, later_filing.c.state == "asked")
    return one(tx, LaterFiling, _READ.where(*here))


def of_dossier(tx: Tx, dossier: str) -> list[LaterFiling]:
    """Give the later forms of a dossier, the first asked first."""
    return every(tx, LaterFiling, _READ.where(later_filing.c.dossier == dossier).order_by(later_filing.c.id))


def file(tx: Tx, filing_id: str, answers: Mapping[str, Any]) -> LaterFiling | None:
    """Take what an applicant answers; None when it was filed or closed meanwhile."""
    waits = (later_filing.c.id == filing_id, later_filing.c.state == "asked")
    values = {"state": "filed", "answers": dict(answers), "filed_at": tx.now}
    return by_id(tx, filing_id) if tx.run(update(later_filing).where(*waits).values(**values)).rowcount else None


def settle(tx: Tx, filing_id: str, state: LaterState, *, by: str, reason: str = "") -> bool:
    """Accept, refuse or close a filing; False when somebody settled it before."""
    expected = "asked" if state == "closed" else "filed"
    waits = (later_filing.c.id == filing_id, later_filing.c.state == expected)
    values = {"state": state, "settled_by": by, "settled_at": tx.now, "settled_reason": reason}
    return tx.run(update(later_filing).where(*waits).values(**values)).rowcount == 1


def add_change(tx: Tx, change: AccountChange) -> None:
    """Keep both accounts for ever."""
    tx.insert(account_change, change)


def changes_of(tx: Tx, dossier: str) -> list[AccountChange]:
    """Give the accounts of a dossier that gave way to others, the first first."""
    statement = reading(account_change, AccountChange).where(account_change.c.dossier == dossier)
    return every(tx, AccountChange, statement.order_by(account_change.c.id))


def _found(filing: LaterFiling | None, filing_id: str) -> LaterFiling:
    if filing is None:
        raise NotFoundError(kind="later_filing", id=filing_id)
    return filing
