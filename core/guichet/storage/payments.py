"""Payment orders: one per instalment, moved by legal steps only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict, Unpack

from sqlalchemy import and_, func, or_, select, update

from guichet.model.records import AmountPart, OrderState, PaymentOrder
from guichet.storage import parts as amount_parts
from guichet.storage.errors import AlreadyOrderedError, NotFoundError, OrderMovedError
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.money import batch, batch_line, payment_order
from guichet.storage.tables.paying import order_told
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "SENDABLE",
    "amend",
    "by_id",
    "by_reference",
    "counts",
    "due",
    "lock",
    "move",
    "of_dossier",
    "order",
    "pay_after_all",
    "set_aside",
    "suspendable",
    "suspended",
    "take_back",
    "told_of",
    "was_sent",
]

_READ = reading(payment_order, PaymentOrder)

# what an accountant's return may say of an order in each state; transmission goes through its batch
_STEPS: dict[OrderState, tuple[OrderState, ...]] = {
    "transmitted": ("paid", "rejected", "suspended"),
    "suspended": ("resumed", "rejected", "paid"),  # paid: the accountant lifted the suspension and paid what it had
    "resumed": ("paid", "rejected", "suspended"),
    "ordered": ("rejected", "suspended"),
    "rejected": (),
    "paid": ("rejected",),  # the transfer came back after it was made
}

SENDABLE: tuple[OrderState, ...] = ("ordered", "resumed")
"""The states of an order that waits for a file, or stands in one that has not left."""

_SENT = (
    select(batch_line.c.batch)
    .join(batch, batch.c.id == batch_line.c.batch)
    .where(batch_line.c.payment_order == payment_order.c.id, batch.c.state == "transmitted")
    .exists()
)


class OrderStart(TypedDict, total=False):
    """Whom an order pays, for which decision, and how much."""

    scheme: Required[str]
    territory: Required[str]
    dossier: Required[str]
    decision: Required[str]
    cents: Required[int]
    payee: Required[str]
    iban: Required[str]
    bic: str | None
    siret: str | None
    label: str
    instalment: int


def order(
    tx: Tx, *, told: Mapping[str, Any] | None = None, parts: Sequence[AmountPart] = (), **start: Unpack[OrderStart]
) -> PaymentOrder:
    """Order the payment of an instalment.

    Args:
        told: What its file says besides: act, details of the payee, facts.
        parts: The amounts that make it, where the aid has several.

    Raises:
        AlreadyOrderedError: it has an order that was not rejected.
        PartsDifferError: the amounts do not make it to the cent.
    """
    whom: OrderStart = {"bic": None, "siret": None, "label": "", "instalment": 1, **start}
    made = PaymentOrder(
        id=tx.ids.new(),
        reference=tx.ids.reference(),
        state="ordered",
        set_aside_reason=None,
        state_reason=None,
        batch=None,
        created_at=tx.now,
        state_at=tx.now,
        **whom,
    )
    values = {name: getattr(made, name) for name in PaymentOrder.__dataclass_fields__}
    if not insert_unless_there(tx, payment_order, **values):
        raise AlreadyOrderedError(decision=made.decision, instalment=made.instalment)
    if told:
        tx.run(order_told.insert(), {"payment_order": made.id, "told": told})
    amount_parts.keep(tx, "payment_order", made.id, parts, made.cents)
    return made


def told_of(tx: Tx, order_id: str) -> dict[str, Any]:
    """Give what an order tells its file beyond whom and how much."""
    return dict(tx.value(select(order_told.c.told).where(order_told.c.payment_order == order_id)) or {})


def amend(tx: Tx, order_id: str, *, payee: str, iban: str, bic: str | None) -> PaymentOrder:
    """Change whom an order pays and give it; only one that no file ever held: a file is written again the same.

    Raises:
        OrderMovedError: it stands, or stood, in a file, or it is paid or rejected.
    """
    never = ~select(batch_line.c.batch).where(batch_line.c.payment_order == order_id).exists()
    free = (payment_order.c.id == order_id, payment_order.c.state.in_((*SENDABLE, "suspended")), never)
    values = {"payee": payee, "iban": iban, "bic": bic, "set_aside_reason": None}
    if tx.run(update(payment_order).where(*free).values(**values)).rowcount == 0:
        raise OrderMovedError(order=order_id, state=by_id(tx, order_id).state, wanted="ordered")
    return by_id(tx, order_id)


def due(tx: Tx, scheme: str, territory: str) -> list[PaymentOrder]:
    """Give the orders no file holds yet, in the order they were made, and hold them until the end of the act."""
    waiting = (payment_order.c.batch.is_(None), payment_order.c.set_aside_reason.is_(None))
    here = (payment_order.c.scheme == scheme, payment_order.c.territory == territory)
    statement = _READ.where(*here, payment_order.c.state.in_(SENDABLE), *waiting).order_by(payment_order.c.id)
    return every(tx, PaymentOrder, statement.with_for_update() if tx.writes else statement)


def suspendable(tx: Tx, scheme: str, territory: str, *, limit: int) -> list[PaymentOrder]:
    """Give some orders of a place that may be suspended, held until the end of the act: sent, or in no file yet."""
    waits = and_(payment_order.c.state.in_(SENDABLE), payment_order.c.batch.is_(None))
    return _some(tx, scheme, territory, or_(payment_order.c.state == "transmitted", waits), limit)


def suspended(tx: Tx, scheme: str, territory: str, *, limit: int) -> list[PaymentOrder]:
    """Give some suspended orders of a place, held until the end of the act."""
    return _some(tx, scheme, territory, payment_order.c.state == "suspended", limit)


def by_id(tx: Tx, order_id: str) -> PaymentOrder:
    """Give an order; raises NotFoundError."""
    return _found(one(tx, PaymentOrder, _READ.where(payment_order.c.id == order_id)), order_id)


def lock(tx: Tx, order_id: str) -> PaymentOrder:
    """Give an order and hold it until the end of the act."""
    return _found(one(tx, PaymentOrder, _READ.where(payment_order.c.id == order_id).with_for_update()), order_id)


def by_reference(tx: Tx, reference: str) -> PaymentOrder | None:
    """Give the order of a reference, as a return quotes it."""
    return one(tx, PaymentOrder, _READ.where(payment_order.c.reference == reference))


def of_dossier(tx: Tx, dossier_id: str, *, held: bool = False) -> list[PaymentOrder]:
    """Give a dossier's orders, the first first; held, no return and no file changes them until the end of the act."""
    statement = _READ.where(payment_order.c.dossier == dossier_id).order_by(payment_order.c.id)
    return every(tx, PaymentOrder, statement.with_for_update() if held else statement)


def move(tx: Tx, order_id: str, to: OrderState, *, reason: str | None = None) -> PaymentOrder:
    """Move an order as a return says and give it; raises OrderMovedError when its state does not allow it."""
    allowed = [state for state, steps in _STEPS.items() if to in steps]
    # A file that has not left yet pays its orders all the same: rejected, one could be ordered a second time.
    settled = or_(payment_order.c.state.not_in(SENDABLE), payment_order.c.batch.is_(None))
    values: dict[str, Any] = {"state": to, "state_at": tx.now, "state_reason": reason}
    if to == "resumed":
        values["batch"] = None  # it goes into another file; the line of the first one stays
    statement = (
        update(payment_order)
        .where(payment_order.c.id == order_id, payment_order.c.state.in_(allowed), settled)
        .values(**values)
    )
    if tx.run(statement).rowcount == 0:
        raise OrderMovedError(order=order_id, state=by_id(tx, order_id).state, wanted=to)
    return by_id(tx, order_id)


def pay_after_all(tx: Tx, order_id: str) -> PaymentOrder:
    """Move an order that was rejected to paid and give it: its accountant paid it all the same.

    Raises:
        OrderMovedError: it is not rejected, or no file that held it has left.
    """
    free = (payment_order.c.id == order_id, payment_order.c.state == "rejected", _SENT)
    values = {"state": "paid", "state_at": tx.now, "state_reason": None}
    if tx.run(update(payment_order).where(*free).values(**values)).rowcount == 0:
        raise OrderMovedError(order=order_id, state=by_id(tx, order_id).state, wanted="paid")
    return by_id(tx, order_id)


def was_sent(tx: Tx, order_id: str) -> bool:
    """Say whether a file that left held an order, or one holds it that may be leaving."""
    held = or_(payment_order.c.batch.is_not(None), _SENT)
    return tx.value(select(payment_order.c.id).where(payment_order.c.id == order_id, held)) is not None


def set_aside(tx: Tx, order_id: str, reason: str) -> None:
    """Keep an order out of the files until someone mends it: one hostile name stops one order."""
    _mark(tx, order_id, reason)


def take_back(tx: Tx, order_id: str) -> None:
    """Let an order that was set aside into the next file."""
    _mark(tx, order_id, None)


def counts(tx: Tx, scheme: str, territories: Sequence[str]) -> dict[OrderState, tuple[int, int]]:
    """Give how many orders there are in each state, and their cents."""
    here = (payment_order.c.scheme == scheme, payment_order.c.territory.in_(territories))
    statement = select(
        payment_order.c.state, func.count().label("number"), func.sum(payment_order.c.cents).label("cents")
    ).where(*here)
    return {row.state: (row.number, int(row.cents)) for row in tx.all(statement.group_by(payment_order.c.state))}


def _mark(tx: Tx, order_id: str, reason: str | None) -> None:
    free = (payment_order.c.id == order_id, payment_order.c.state.in_(SENDABLE), payment_order.c.batch.is_(None))
    if tx.run(update(payment_order).where(*free).values(set_aside_reason=reason)).rowcount == 0:
        raise OrderMovedError(order=order_id, state=by_id(tx, order_id).state, wanted="ordered")


def _some(tx: Tx, scheme: str, territory: str, which: Any, limit: int) -> list[PaymentOrder]:
    here = (payment_order.c.scheme == scheme, payment_order.c.territory == territory)
    statement = _READ.where(*here, which).order_by(payment_order.c.id).limit(limit)
    return every(tx, PaymentOrder, statement.with_for_update() if tx.writes else statement)


def _found(order_: PaymentOrder | None, order_id: str) -> PaymentOrder:
    if order_ is None:
        raise NotFoundError(kind="payment_order", id=order_id)
    return order_
