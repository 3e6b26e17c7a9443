"""An order rejected here that its accountant paid all the same: it is paid, and what took its place does not leave.

A bank refuses an account, the accountant mends it and pays; meanwhile the applicant gave another account, or the
decision was undone and taken again. What was to be paid a second time stops before it leaves, or people are told.
"""

from __future__ import annotations

from datetime import date

from guichet.locale import Texts
from guichet.model.records import PaymentOrder
from guichet.services.payment_moves import tell_move
from guichet.storage import Tx, later_filings, returns
from guichet.storage import payments as orders
from guichet.storage.errors import OrderMovedError

__all__ = ["LeftAlready", "is_paid_after_all", "pay_after_all"]


class LeftAlready(Exception):  # noqa: N818  reads as the fact it states
    """What took the place of a rejected order is in a file already: the same sum may be paid twice."""

    def __init__(self, order: PaymentOrder) -> None:
        self.order = order
        super().__init__(order.reference)


def is_paid_after_all(tx: Tx, order: PaymentOrder, on: date) -> bool:
    """Whether a payment of a day was made after an order was rejected; on the same day, the payment came last."""
    if order.state != "rejected" or not orders.was_sent(tx, order.id):
        return False
    rejected = [fact.on_day for fact in returns.facts_of(tx, order.id) if fact.outcome == "rejected"]
    return on >= max(rejected, default=on)


def pay_after_all(tx: Tx, order: PaymentOrder) -> PaymentOrder:
    """Move a rejected order to paid and give it; call it with the dossier held, then the order.

    The order that took its place is rejected, one of a later decision is suspended, another account is asked no more.

    Raises:
        LeftAlready: The order that took its place is in a file.
    """
    because = Texts("fr")("paying.paid_after_all", order=order.reference)
    for other in orders.of_dossier(tx, order.dossier):
        if other.decision == order.decision and other.instalment == order.instalment:
            if other.state != "rejected":
                _replace(tx, other, because)
        elif other.decision != order.decision and other.state in orders.SENDABLE and other.batch is None:
            moved = orders.move(tx, other.id, "suspended", reason=because)
            said = Texts("fr")("letters.payment_suspended_without_reason")
            tell_move(tx, moved, "payment_suspended", {"cents": moved.cents, "reason": because}, message=said)
    for filing in later_filings.of_dossier(tx, order.dossier):
        if filing.state == "asked" and filing.about == order.id:
            later_filings.settle(tx, filing.id, "closed", by="system", reason=because)
    return orders.pay_after_all(tx, order.id)


def _replace(tx: Tx, other: PaymentOrder, because: str) -> None:
    """The order that took the place of the one paid pays nobody."""
    if orders.was_sent(tx, other.id):
        raise LeftAlready(other)
    try:
        moved = orders.move(tx, other.id, "rejected", reason=because)
    except OrderMovedError as error:  # a file has just taken it
        raise LeftAlready(other) from error
    tell_move(tx, moved, "payment_rejected", {"cents": moved.cents, "reason": because}, silent=True)
