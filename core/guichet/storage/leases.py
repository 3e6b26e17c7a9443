"""Duties a worker gives back when it is asked to stop, so that nobody waits for its lease to run out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from guichet.model.records import OutboxRow
from guichet.storage.tables.outbox import outbox
from guichet.storage.tx import Tx

__all__ = ["extend", "give_back"]


def give_back(tx: Tx, rows: Sequence[OutboxRow]) -> int:
    """Let go of duties that were claimed and not begun; the claim does not count as a try."""
    return sum(
        tx.run(
            update(outbox)
            .where(outbox.c.id == row.id, outbox.c.worker == row.worker, outbox.c.attempts == row.attempts)
            .where(outbox.c.state == "queued")
            .values(worker=None, lease_until=None, attempts=row.attempts - 1)
        ).rowcount
        for row in rows
    )


def extend(tx: Tx, rows: Sequence[OutboxRow], lease: timedelta) -> int:
    """Hold duties for longer and give how many are still held."""
    return sum(
        tx.run(
            update(outbox)
            .where(outbox.c.id == row.id, outbox.c.worker == row.worker, outbox.c.attempts == row.attempts)
            .where(outbox.c.state == "queued")
            .values(lease_until=tx.real_now + lease)
        ).rowcount
        for row in rows
    )
