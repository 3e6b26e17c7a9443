"""What the receiver of a batch answered, asked by a person: it has the file, or it never had it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from guichet.storage.batches import by_id
from guichet.storage.errors import OrderMovedError
from guichet.storage.payments import SENDABLE
from guichet.storage.tables.money import batch, batch_line, payment_order
from guichet.storage.tables.paying import batch_answer, batch_file
from guichet.storage.tx import Tx

__all__ = ["Answer", "answer_batch", "answer_of", "not_received"]

Answer = Literal["received", "not_received"]

_UNDER_WAY = timedelta(minutes=15)
"""A file begun less long ago may be on its way: a worker hands it over."""


def answer_batch(tx: Tx, batch_id: str, answer: Answer, *, because: str, by: str) -> list[str]:
    """Note the answer for a batch that has not left, and give the references of its orders.

    Received, each of its files counts as laid and the batch may be transmitted. Not received, its orders are in no file
    again; its number stays taken.

    Raises:
        OrderMovedError: it was transmitted, or answered for; a file of it was begun a moment ago, or all
            were laid and are said not to be received; or it was never sealed and is said to be received.
    """
    # Who begins a file of it waits here, and finds the answer.
    tx.value(select(batch.c.id).where(batch.c.id == batch_id).with_for_update())
    found = by_id(tx, batch_id)
    since = tx.real_now - _UNDER_WAY
    going = batch_file.c.state == "begun"
    if answer == "not_received":
        going = or_(going, _all_laid(batch_id))  # it is only about to be noted as left
    just = (batch_file.c.batch == batch_id, going, batch_file.c.begun_at > since)
    if tx.value(select(batch_file.c.position).where(*just).limit(1)) is not None:
        raise OrderMovedError(order=batch_id, state="leaving", wanted=answer)
    if found.state != "written" or answer_of(tx, batch_id) or (answer == "received" and not found.sha256):
        raise OrderMovedError(order=batch_id, state=found.state, wanted=answer)
    here = payment_order.c.batch == batch_id
    references = [row.reference for row in tx.all(select(payment_order.c.reference).where(here))]
    values = {"batch": batch_id, "answer": answer, "because": because, "answered_by": by, "at": tx.real_now}
    tx.run(batch_answer.insert(), values)
    if answer == "received":
        laid = (batch_file.c.batch == batch_id, batch_file.c.state != "laid")
        tx.run(update(batch_file).where(*laid).values(state="laid", laid_at=tx.real_now))
    else:
        tx.run(update(payment_order).where(here, payment_order.c.state.in_(SENDABLE)).values(batch=None))
        tx.run(delete(batch_line).where(batch_line.c.batch == batch_id))
    return sorted(references)


def _all_laid(batch_id: str) -> ColumnElement[bool]:
    other = batch_file.alias()
    return ~exists().where(other.c.batch == batch_id, other.c.state != "laid")


def answer_of(tx: Tx, batch_id: str) -> str:
    """Give what the receiver answered of a batch; empty when nobody asked."""
    return tx.value(select(batch_answer.c.answer).where(batch_answer.c.batch == batch_id)) or ""


def not_received(tx: Tx, batches: Sequence[str]) -> set[str]:
    """Give, of some batches, those that their receiver never had: they are closed."""
    found: set[str] = set()
    for start in range(0, len(batches), 500):
        some = (batch_answer.c.batch.in_(batches[start : start + 500]), batch_answer.c.answer == "not_received")
        found |= {row.batch for row in tx.all(select(batch_answer.c.batch).where(*some))}
    return found
