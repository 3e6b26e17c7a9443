"""Messages sent at events: written by the act, sent by the worker."""

from __future__ import annotations

from sqlalchemy import func, select, update

from guichet.model.records import Notice
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.files import notice
from guichet.storage.tx import Tx

__all__ = ["add", "by_id", "counts", "failed", "of_dossier", "sent"]

_READ = reading(notice, Notice)


def add(
    tx: Tx, *, channel: str, address: str, subject: str, body: str, event: str, dossier: str | None = None
) -> Notice:
    """Write a message to be sent."""
    made = Notice(tx.ids.new(), dossier, channel, address, subject, body, event, "queued", 0, tx.now, None, None)
    tx.insert(notice, made)
    return made


def by_id(tx: Tx, notice_id: str) -> Notice | None:
    """Give a message."""
    return one(tx, Notice, _READ.where(notice.c.id == notice_id))


def of_dossier(tx: Tx, dossier_id: str) -> list[Notice]:
    """Give a dossier's messages, the first first."""
    return every(tx, Notice, _READ.where(notice.c.dossier == dossier_id).order_by(notice.c.created_at, notice.c.id))


def sent(tx: Tx, notice_id: str, provider_reference: str | None = None) -> None:
    """Note that a message left; its instant is the business one, like the letter's."""
    tx.run(
        update(notice)
        .where(notice.c.id == notice_id)
        .values(state="sent", sent_at=tx.now, attempts=notice.c.attempts + 1, provider_reference=provider_reference)
    )


def failed(tx: Tx, notice_id: str, *, for_good: bool) -> None:
    """Count a failed try; for good, the message is shown as not sent."""
    state = "failed" if for_good else "queued"
    tx.run(update(notice).where(notice.c.id == notice_id).values(state=state, attempts=notice.c.attempts + 1))


def counts(tx: Tx) -> dict[str, int]:
    """Give how many messages there are in each state."""
    statement = select(notice.c.state, func.count().label("number")).group_by(notice.c.state)
    return {row.state: row.number for row in tx.all(statement)}
