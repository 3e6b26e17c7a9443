"""Suspension by the accountant after the decision, of a place or of an order, and the resumption, once for each order.

A place that is held sends no file: what is decided meanwhile is ordered and waits. A resumed order goes into one later
file under the same reference; what forbids a third is the resumption itself, which only a suspended order can have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guichet.locale import Texts
from guichet.model.records import PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.payment_moves import tell_move
from guichet.services.refusals import Refused
from guichet.storage import Tx, batches, holds, payment_runs
from guichet.storage import payments as orders
from guichet.storage.errors import OrderMovedError

__all__ = ["Moved", "resume_payments", "suspend_payments"]

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """What a suspension or a resumption did.

    Args:
        left: The references of orders named that could not be moved, with the state they are in; for a whole place,
            those in a file that may be leaving.
        held: Whether it changed the hold of the place.
    """

    orders: int
    cents: int
    left: tuple[tuple[str, str], ...] = ()
    held: bool = False


def suspend_payments(
    cases: UseCases, scheme: str, territory: str, because: str, *, references: Sequence[str] = ()
) -> Moved:
    """Suspend all the payments of a place, or some orders of it, and owe each applicant a message.

    Orders in a file that is leaving are not touched: run again once it has left. Run twice, nothing changes.

    Raises:
        Refused: No reason is given.
    """
    if not because.strip():
        raise Refused("suspension_without_reason")
    if references:
        return _named(cases, scheme, territory, references, lambda tx, order: _suspend(tx, order, because))
    held = cases.store.act(lambda tx: _hold(tx, scheme, territory, because))
    done = _all(cases, lambda tx: _suspend_some(tx, scheme, territory, because))
    return Moved(*done, cases.store.read(lambda tx: _leaving(tx, scheme, territory)), held=held)


def resume_payments(
    cases: UseCases, scheme: str, territory: str, because: str = "", *, references: Sequence[str] = ()
) -> Moved:
    """Resume all the suspended orders of a place, or some; each goes into the next file, and into no other."""
    if references:
        return _named(cases, scheme, territory, references, lambda tx, order: _resume(tx, order, because))
    done = _all(cases, lambda tx: _resume_some(tx, scheme, territory, because))
    held = cases.store.act(lambda tx: _release(tx, scheme, territory, because))
    return Moved(*done, held=held)


def _all(cases: UseCases, some: Callable[[Tx], list[PaymentOrder]]) -> tuple[int, int]:
    """Move every order of a place chunk by chunk; cut short, the rest waits for the next run."""
    number = cents = 0
    while moved := cases.store.act(some):
        number += len(moved)
        cents += sum(order.cents for order in moved)
    return number, cents


def _named(
    cases: UseCases,
    scheme: str,
    territory: str,
    references: Sequence[str],
    move: Callable[[Tx, PaymentOrder], PaymentOrder],
) -> Moved:
    def act(tx: Tx) -> tuple[list[PaymentOrder], list[tuple[str, str]]]:
        moved: list[PaymentOrder] = []
        left: list[tuple[str, str]] = []
        for reference in sorted(dict.fromkeys(references)):
            found = orders.by_reference(tx, reference)
            if found is None or (found.scheme, found.territory) != (scheme, territory):
                left.append((reference, "unknown"))
                continue
            try:
                moved.append(move(tx, found))
            except OrderMovedError:
                state = orders.by_id(tx, found.id)
                left.append((reference, "leaving" if state.batch and state.state in orders.SENDABLE else state.state))
        return moved, left

    moved, left = cases.store.act(act)
    return Moved(len(moved), sum(order.cents for order in moved), tuple(left))


def _hold(tx: Tx, scheme: str, territory: str, because: str) -> bool:
    begun = holds.begin(tx, scheme, territory, because)
    if begun:
        tx.journal(territory, "payments_held", data={"scheme": scheme, "reason": because})
    return begun


def _leaving(tx: Tx, scheme: str, territory: str) -> tuple[tuple[str, str], ...]:
    """The orders in files that a run may be handing over right now."""
    files = payment_runs.unsent(tx, scheme, territory)
    return tuple((order.reference, "leaving") for file in files for order in batches.orders(tx, file.id))


def _release(tx: Tx, scheme: str, territory: str, because: str) -> bool:
    ended = holds.end(tx, scheme, territory)
    if ended:
        tx.journal(territory, "payments_released", data={"scheme": scheme, "reason": because})
    return ended


def _suspend_some(tx: Tx, scheme: str, territory: str, because: str) -> list[PaymentOrder]:
    return [_suspend(tx, order, because) for order in orders.suspendable(tx, scheme, territory, limit=_CHUNK)]


def _resume_some(tx: Tx, scheme: str, territory: str, because: str) -> list[PaymentOrder]:
    return [_resume(tx, order, because) for order in orders.suspended(tx, scheme, territory, limit=_CHUNK)]


def _suspend(tx: Tx, order: PaymentOrder, because: str) -> PaymentOrder:
    moved = orders.move(tx, order.id, "suspended", reason=because)
    tell_move(tx, moved, "payment_suspended", {"cents": moved.cents, "reason": because}, message=because)
    return moved


def _resume(tx: Tx, order: PaymentOrder, because: str) -> PaymentOrder:
    moved = orders.move(tx, order.id, "resumed", reason=because or None)
    said = because or Texts("fr")("letters.payment_resumed_without_reason")
    tell_move(tx, moved, "payment_resumed", {"cents": moved.cents, "reason": because}, message=said)
    return moved
