"""What follows when an order is suspended, resumed, rejected or paid: a journal line and a message."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.model.letters import NoticeEvent
from guichet.model.records import PaymentOrder
from guichet.storage import Tx, outbox

__all__ = ["tell_move"]


def tell_move(
    tx: Tx,
    order: PaymentOrder,
    event: NoticeEvent,
    data: Mapping[str, object],
    *,
    message: str = "",
    silent: bool = False,
    kind: str = "",
) -> None:
    """Journal a move of an order and owe its message, in the act that moves it.

    Args:
        event: `payment_suspended`, `payment_resumed`, `payment_rejected` or `paid`, also the journal's word for it.
        message: What the applicant reads of the reason; the accountant's own words stay with the agents.
        silent: Another message of the same act says it already.
        kind: The journal's word, where it is not the event's.
    """
    kind = kind or (event if event.startswith("payment_") else f"payment_{event}")
    tx.journal(order.territory, kind, subject=order.dossier, data={"order": order.reference, **data})
    if silent:
        return
    turn = tx.ids.new()  # an order may be suspended twice: each time is a message of its own
    payload = {"dossier": order.dossier, "event": event, "order": order.id, "turn": turn, "message": message}
    outbox.put(tx, "notice", payload, key=f"notice:{event}:{turn}")
