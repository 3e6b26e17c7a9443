"""Batches: each order in one file for each sending, regenerated to the same bytes, frozen once transmitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, insert, select, update

from guichet.model.records import Batch, PaymentOrder
from guichet.storage.errors import NotFoundError, OrderMovedError
from guichet.storage.payments import SENDABLE
from guichet.storage.restorations import last_taken_number
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.money import batch, batch_line, payment_order
from guichet.storage.tables.paying import batch_answer
from guichet.storage.tx import Tx

__all__ = ["by_id", "of_day", "of_scheme", "orders", "seal", "transmit", "write"]

_READ = reading(batch, Batch)


def write(
    tx: Tx,
    *,
    scheme: str,
    territory: str,
    payer: str,
    on_day: date,
    orders: Sequence[PaymentOrder],
    frozen: Mapping[str, object] | None = None,
) -> Batch:
    """Put orders into the next batch of the day, in the order given, and give it unsealed.

    Raises:
        OrderMovedError: one of them is in a file already, or no longer ordered.
    """
    made = Batch(
        id=tx.ids.new(),
        scheme=scheme,
        territory=territory,
        payer=payer,
        on_day=on_day,
        number=next_number(tx, scheme, territory, on_day),
        file_name="",
        sha256="",
        bytes=0,
        lines=len(orders),
        cents=sum(order.cents for order in orders),
        frozen=dict(frozen or {}),
        state="written",
        created_at=tx.now,
    )
    tx.insert(batch, made)
    _put_in(tx, made.id, orders)
    return made


def next_number(tx: Tx, scheme: str, territory: str, on_day: date) -> int:
    """Give the number that the next batch of a place takes on a day."""
    same_day = (batch.c.scheme == scheme, batch.c.territory == territory, batch.c.on_day == on_day)
    return max(tx.value(select(func.max(batch.c.number)).where(*same_day)) or 0, last_taken_number(tx, on_day)) + 1


def _put_in(tx: Tx, batch_id: str, orders: Sequence[PaymentOrder]) -> None:
    """Give each order its line in a batch; raises OrderMovedError for one that another file holds."""
    for start in range(0, len(orders), 500):
        ids = [order.id for order in orders[start : start + 500]]
        free = (payment_order.c.id.in_(ids), payment_order.c.batch.is_(None), payment_order.c.state.in_(SENDABLE))
        if tx.run(update(payment_order).where(*free).values(batch=batch_id)).rowcount != len(ids):
            raise OrderMovedError(order=", ".join(ids[:3]), state="batched", wanted="ordered")
    if orders:
        sent = _sent_before(tx, [order.id for order in orders if order.state == "resumed"])
        lines = [
            {"batch": batch_id, "line": line, "payment_order": order.id, "sending": sent.get(order.id, 0) + 1}
            for line, order in enumerate(orders, start=1)
        ]
        tx.run(insert(batch_line), lines)


def _sent_before(tx: Tx, orders: Sequence[str]) -> dict[str, int]:
    """Order → how many files have held it."""
    found: dict[str, int] = {}
    for start in range(0, len(orders), 500):
        some = batch_line.c.payment_order.in_(orders[start : start + 500])
        statement = select(batch_line.c.payment_order, func.max(batch_line.c.sending).label("sent")).where(some)
        found |= {row.payment_order: row.sent for row in tx.all(statement.group_by(batch_line.c.payment_order))}
    return found


def seal(tx: Tx, batch_id: str, *, file_name: str, sha256: str, size: int, again: bool = False) -> Batch:
    """Note the file written for a batch; once sealed, only the same bytes under the same name are accepted.

    Args:
        again: Nothing of it was handed over: another file takes the place of the one noted.
    """
    values = {"file_name": file_name, "sha256": sha256, "bytes": size}
    unsealed = (batch.c.id == batch_id, batch.c.state == "written" if again else batch.c.sha256 == "")
    if tx.run(update(batch).where(*unsealed).values(values)).rowcount == 0:
        found = by_id(tx, batch_id)
        if (found.file_name, found.sha256, found.bytes) != (file_name, sha256, size):
            raise OrderMovedError(order=batch_id, state="sealed", wanted="written")
    return by_id(tx, batch_id)


def transmit(tx: Tx, batch_id: str) -> bool:
    """Freeze a sealed batch and mark its orders transmitted; False when it was transmitted before."""
    # Who answers for it holds it, and the answer is read only once the lock is had.
    tx.value(select(batch.c.id).where(batch.c.id == batch_id).with_for_update())
    never = select(batch_answer.c.batch).where(
        batch_answer.c.batch == batch_id, batch_answer.c.answer == "not_received"
    )
    ready = (batch.c.id == batch_id, batch.c.state == "written", batch.c.sha256 != "", ~never.exists())
    if tx.run(update(batch).where(*ready).values(state="transmitted")).rowcount == 0:
        found = by_id(tx, batch_id)
        if found.state != "transmitted":
            raise OrderMovedError(order=batch_id, state="unsealed", wanted="transmitted")
        return False
    moved = (payment_order.c.batch == batch_id, payment_order.c.state.in_(SENDABLE))
    tx.run(update(payment_order).where(*moved).values(state="transmitted", state_at=tx.now))
    return True


def by_id(tx: Tx, batch_id: str) -> Batch:
    """Give a batch; raises NotFoundError."""
    found = one(tx, Batch, _READ.where(batch.c.id == batch_id))
    if found is None:
        raise NotFoundError(kind="batch", id=batch_id)
    return found


def of_day(tx: Tx, scheme: str, territory: str, on_day: date) -> list[Batch]:
    """Give a day's batches by number."""
    here = (batch.c.scheme == scheme, batch.c.territory == territory, batch.c.on_day == on_day)
    return every(tx, Batch, _READ.where(*here).order_by(batch.c.number))


def of_scheme(tx: Tx, scheme: str, territories: Sequence[str]) -> list[Batch]:
    """Give a scheme's batches, the latest first."""
    here = (batch.c.scheme == scheme, batch.c.territory.in_(territories))
    return every(tx, Batch, _READ.where(*here).order_by(batch.c.on_day.desc(), batch.c.territory, batch.c.number))


def orders(tx: Tx, batch_id: str) -> list[PaymentOrder]:
    """Give a batch's orders by line: what its file is written from."""
    statement = (
        reading(payment_order, PaymentOrder)
        .join(batch_line, batch_line.c.payment_order == payment_order.c.id)
        .where(batch_line.c.batch == batch_id)
        .order_by(batch_line.c.line)
    )
    return every(tx, PaymentOrder, statement)
