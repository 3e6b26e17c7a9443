"""What a batch freezes beside its orders: payer, writer, delivery, accounting references, who signs."""

from __future__ import annotations

from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.model.payment import Payment
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.territory import Territory
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused

__all__ = ["frozen_settings", "imputation_of", "imputations_of"]


def imputation_of(territory: Territory, payment: Payment) -> dict[str, str]:
    """The accounting references of a payment: the scheme's, the territory's own in their place."""
    told = {name: text for name, text in territory.imputation.items() if text and text != PLACEHOLDER}
    return {**payment.imputation, **told}


def imputations_of(territory: Territory, payment: Payment) -> dict[str, dict[str, str]]:
    """Amount → its accounting references, over those of every payment; nothing where all amounts share theirs."""
    shared = imputation_of(territory, payment)
    return {amount: {**shared, **own} for amount, own in payment.imputations.items()}


def frozen_settings(cases: UseCases, compiled: CompiledScheme, payment: Payment, on: date) -> dict[str, Any]:
    """All a file says beyond its orders, kept with the batch so that it can be written again years later.

    Raises:
        Refused: A live instance still has placeholders where the accountant expects references.
    """
    territory = cases.territory(compiled.territory)
    imputation, imputations = imputation_of(territory, payment), imputations_of(territory, payment)
    payer = payment.paid_by or territory.payer.name
    if cases.mode == "live":
        told = [*imputation.items(), ("payer.name", payer)]
        told += [(f"{amount}.{name}", text) for amount, own in imputations.items() for name, text in own.items()]
        left = [name for name, text in told if text == PLACEHOLDER]
        if left:
            raise Refused("payment_placeholders", names=left)
    return {
        "snapshot": compiled.hash,
        "mode": cases.mode,
        "payer": payer,
        "writer": {"plugin": payment.writer.plugin, "options": dict(payment.writer.options)},
        "delivery": {"plugin": payment.delivery.plugin, "options": dict(payment.delivery.options)},
        "imputation": imputation,
        "imputations": imputations,
        "header": _header(compiled, payment, territory, on),
    }


def _header(compiled: CompiledScheme, payment: Payment, territory: Territory, on: date) -> dict[str, Any]:
    """What the files say of the batch as a whole, and who signs its statement on the day."""
    deciding = [stage.issued_by for stage in compiled.scheme.workflow.stages.values() if stage.act == "decision"]
    issuer = payment.signed_by or next((name for name in reversed(deciding) if name), None)
    signs = next(iter(territory.signatories_for(issuer, on).values()), None) if issuer else None
    authority = territory.authority_on(on)
    accountant = territory.payer.accountant
    return {
        "title": compiled.scheme.title,
        "authority": authority.council,
        "place": authority.city,
        "accountant": accountant if accountant != PLACEHOLDER else "",
        "basis": compiled.scheme.legal.basis,
        "signatory": signs
        and {"name": signs.name, "quality": signs.quality, "lines": [signs.delegation] if signs.delegation else []},
    }
