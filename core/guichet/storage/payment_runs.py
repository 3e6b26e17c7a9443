"""What a payment run looks for: places with something to pay, batches not yet delivered, orders with their dossiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, select

from guichet.model.records import AmountPart, Batch, PaymentOrder
from guichet.storage import parts, recoveries
from guichet.storage.payments import SENDABLE
from guichet.storage.rows import every, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tables.money import batch, batch_line, payment_order
from guichet.storage.tables.paying import batch_answer, order_told
from guichet.storage.tx import Tx

__all__ = ["Line", "kept_out", "lines", "of_days", "places", "set_aside", "unsent", "waiting"]

_UNANSWERED = ~select(batch_answer.c.batch).where(
    batch_answer.c.batch == batch.c.id, batch_answer.c.answer == "not_received"
).exists()  # fmt: skip
"""A batch that the receiver never had is over."""


def places(tx: Tx) -> list[tuple[str, str]]:
    """Give each (scheme, territory) that has an order no file holds, set aside or not, or a file not yet delivered."""
    waiting = select(payment_order.c.scheme, payment_order.c.territory).where(
        payment_order.c.batch.is_(None), payment_order.c.state.in_(SENDABLE)
    )
    unsent_ = select(batch.c.scheme, batch.c.territory).where(batch.c.state == "written", _UNANSWERED)
    return sorted((row.scheme, row.territory) for row in tx.all(waiting.union(unsent_)))


def unsent(tx: Tx, scheme: str, territory: str) -> list[Batch]:
    """Give the batches of a place that did not leave, the first first."""
    here = (batch.c.scheme == scheme, batch.c.territory == territory, batch.c.state == "written", _UNANSWERED)
    return every(tx, Batch, reading(batch, Batch).where(*here).order_by(batch.c.on_day, batch.c.number))


def of_days(tx: Tx, *, first: date | None = None, last: date | None = None, scheme: str | None = None) -> list[Batch]:
    """Give the batches of some days, the latest first."""
    statement = reading(batch, Batch)
    if first is not None:
        statement = statement.where(batch.c.on_day >= first)
    if last is not None:
        statement = statement.where(batch.c.on_day <= last)
    if scheme is not None:
        statement = statement.where(batch.c.scheme == scheme)
    return every(
        tx, Batch, statement.order_by(batch.c.on_day.desc(), batch.c.scheme, batch.c.territory, batch.c.number)
    )


@dataclass(frozen=True, slots=True)
class Line:
    """An order with what its file says of it beyond whom and how much.

    Args:
        dossier: The public reference of its dossier.
        told: Act, details of the payee, facts.
        sending: 1 in its first file, 2 in the one after a resumption.
        parts: The amounts that make it, where the aid has several.
        out: What another decision of its dossier paid and that did not come back.
    """

    order: PaymentOrder
    dossier: str
    told: Mapping[str, Any]
    sending: int
    parts: tuple[AmountPart, ...] = ()
    out: int = 0


def lines(tx: Tx, batch_id: str) -> list[Line]:
    """Give a batch's orders by line."""
    statement = (
        reading(payment_order, PaymentOrder)
        .add_columns(dossier.c.reference, order_told.c.told, batch_line.c.sending)
        .join(batch_line, batch_line.c.payment_order == payment_order.c.id)
        .join(dossier, dossier.c.id == payment_order.c.dossier)
        .outerjoin(order_told, order_told.c.payment_order == payment_order.c.id)
        .where(batch_line.c.batch == batch_id)
        .order_by(batch_line.c.line)
    )
    return _with_parts(tx, [_line(row) for row in tx.all(statement)])


def waiting(tx: Tx, orders: Sequence[PaymentOrder]) -> list[Line]:
    """Give orders that no file holds yet as the next file would have them."""
    found: list[Line] = []
    for start in range(0, len(orders), 500):
        some = orders[start : start + 500]
        ids = [order.id for order in some]
        sent = select(func.count()).where(batch_line.c.payment_order == payment_order.c.id).scalar_subquery()
        statement = (
            select(payment_order.c.id, dossier.c.reference, order_told.c.told, sent.label("sent"))
            .join(dossier, dossier.c.id == payment_order.c.dossier)
            .outerjoin(order_told, order_told.c.payment_order == payment_order.c.id)
            .where(payment_order.c.id.in_(ids))
        )
        rows = {row.id: row for row in tx.all(statement)}
        twice = _of_another_decision_too(tx, ids)
        for order in some:
            row = rows[order.id]
            out = recoveries.money_out(tx, order.dossier, but=order.decision) if order.id in twice else 0
            found.append(Line(order, row.reference, row.told or {}, row.sent + 1, out=out))
    return _with_parts(tx, found)


def _of_another_decision_too(tx: Tx, ids: Sequence[str]) -> set[str]:
    """The orders whose dossier has one of another decision that was not rejected."""
    other = payment_order.alias()
    same = and_(other.c.dossier == payment_order.c.dossier, other.c.decision != payment_order.c.decision)
    statement = select(payment_order.c.id).join(other, and_(same, other.c.state != "rejected"))
    return {row.id for row in tx.all(statement.where(payment_order.c.id.in_(ids)))}


def _with_parts(tx: Tx, some: Sequence[Line]) -> list[Line]:
    of_orders = parts.of_orders(tx, [line.order.id for line in some])
    return [replace(line, parts=of_orders.get(line.order.id, ())) for line in some]


def kept_out(tx: Tx, scheme: str, territory: str) -> list[PaymentOrder]:
    """Give the orders of a place that were set aside, in the order they were made; an act holds them until its end."""
    here = (payment_order.c.scheme == scheme, payment_order.c.territory == territory)
    aside = (payment_order.c.set_aside_reason.is_not(None), payment_order.c.state.in_(SENDABLE))
    statement = reading(payment_order, PaymentOrder).where(*here, *aside, payment_order.c.batch.is_(None))
    statement = statement.order_by(payment_order.c.id)
    return every(tx, PaymentOrder, statement.with_for_update() if tx.writes else statement)


def set_aside(tx: Tx, scheme: str | None = None) -> list[tuple[PaymentOrder, str]]:
    """Give the orders kept out of the files until someone mends them, each with its dossier's reference."""
    statement = (
        reading(payment_order, PaymentOrder)
        .add_columns(dossier.c.reference)
        .join(dossier, dossier.c.id == payment_order.c.dossier)
        .where(payment_order.c.set_aside_reason.is_not(None), payment_order.c.state.in_(SENDABLE))
        .order_by(payment_order.c.id)
    )
    if scheme is not None:
        statement = statement.where(payment_order.c.scheme == scheme)
    return [_with_reference(row) for row in tx.all(statement)]


def _line(row: Row[Any]) -> Line:
    columns = tuple(row)
    return Line(PaymentOrder(*columns[:-3]), columns[-3], columns[-2] or {}, columns[-1])


def _with_reference(row: Row[Any]) -> tuple[PaymentOrder, str]:
    *columns, reference = row
    return PaymentOrder(*columns), reference
