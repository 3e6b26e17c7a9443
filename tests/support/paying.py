"""Orders made by grants, and what the delivered files hold of them, read from their bytes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from guichet.model.records import PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.payment_orders import order_payment
from guichet.storage import Tx
from worked import SCHEME, a_filed_dossier, decided
from worked_books import paid_orders

__all__ = ["ON", "SCHEME", "ordered", "sent_lines"]

ON = date(2020, 4, 20)


def ordered(cases: UseCases, *, cents: int = 200_000, territory: str = "reg-53", **values: Any) -> PaymentOrder:
    """Give the order of a grant."""
    dossier = a_filed_dossier(cases, territory=territory, **values)
    compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

    def act(tx: Tx) -> PaymentOrder | None:
        granted = decided(cases, tx, dossier, cents=cents)
        return order_payment(cases, tx, compiled, granted.dossier, granted.decision)

    made = cases.store.act(act)
    assert made is not None
    return made


def sent_lines(cases: UseCases) -> Counter[str]:
    """Give order reference → in how many delivered lines it stands."""
    return paid_orders(cases.folder)
