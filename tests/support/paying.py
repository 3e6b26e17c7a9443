"""Orders made by grants, and what the delivered files hold of them, read from their bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from databases import SteppedClock
from guichet.model.records import PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.payment_orders import order_payment
from guichet.services.payments import PaymentReport, run_payments
from guichet.storage import Tx
from worked import SCHEME, a_filed_dossier, decided
from worked_books import paid_orders

__all__ = ["HS", "ON", "SCHEME", "local_order", "order_of_grant", "ordered", "run_later", "sent_lines"]

ON = date(2020, 4, 20)
_LATER = datetime(2020, 5, 20, 8, 0, tzinfo=UTC)


def ordered(
    cases: UseCases,
    *,
    cents: int = 200_000,
    territory: str = "reg-53",
    granting: Mapping[str, Any] | None = None,
    **values: Any,
) -> PaymentOrder:
    """Give the order of a grant; `granting` changes the decision."""
    made = order_of_grant(cases, cents=cents, territory=territory, granting=granting, **values)
    assert made is not None
    return made


def order_of_grant(
    cases: UseCases,
    *,
    cents: int = 200_000,
    territory: str = "reg-53",
    granting: Mapping[str, Any] | None = None,
    **values: Any,
) -> PaymentOrder | None:
    """Give the order of a grant, None where nothing is to be paid."""
    dossier = a_filed_dossier(cases, territory=territory, **values)
    compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

    def act(tx: Tx) -> PaymentOrder | None:
        granted = decided(cases, tx, dossier, cents=cents, **(granting or {}))
        return order_payment(cases, tx, compiled, granted.dossier, granted.decision)

    return cases.store.act(act)


def run_later(cases: UseCases) -> PaymentReport:
    """Let a month go by, then run the payments of the day."""
    assert isinstance(cases.clock, SteppedClock)
    cases.clock.put_business(_LATER)
    return run_payments(cases, _LATER.date())


def sent_lines(cases: UseCases) -> Counter[str]:
    """Give order reference → in how many delivered lines it stands."""
    return paid_orders(cases.folder)


HS = "haute-savoie-1000"
PERSON = {
    "nom": "Favre",
    "prenom": "Lucie",
    "statut": "independant",
    "siret": "73282932000074",
    "commune": "74010",
    "fermeture": True,
    "chomage_partiel": False,
    "titulaire": "LUCIE FAVRE",
    "iban": "FR7630006000011234567890189",
    "raison_sociale": "Favre",
}


def local_order(cases: UseCases, **answers: Any) -> PaymentOrder:
    """Give the order of a grant of 1 000 € by the Département."""
    act = {"issuer": "president", "act_number": "2020-74-12", "signatory_quality": "Présidente"}
    return ordered(cases, cents=100_000, territory="dep-74", scheme=HS, answers={**PERSON, **answers}, granting=act)
