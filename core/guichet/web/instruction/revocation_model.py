"""A revocation on the page of a dossier: the form of who may undo the decision, the sum that people claim back."""

from __future__ import annotations

from typing import Any

from guichet.locale import Language, Texts, format_date, format_money
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView
from guichet.services.revocations import REVOKED, paid_cents
from guichet.web.instruction.addresses import dossier_address

__all__ = ["revocation_model"]


def revocation_model(cases: UseCases, view: DossierView, say: Texts, language: Language) -> dict[str, Any]:
    """Gives the form, None for who may not, and the reminder of what was paid under a decision undone since."""
    may = view.rights.revocable
    undone = any(one.kind == REVOKED for one, _ in view.decisions)
    paid = paid_cents(view.tracking.orders) - sum(one.back_cents for one in view.claims) if undone else 0
    form = may and {
        "url": dossier_address(view.dossier.reference, "retrait"),
        "grounds": [{"value": one, "label": say(f"revocation.ground_{one}")} for one in may.grounds],
        "signatories": [{"value": key, "label": f"{one.name}, {one.quality}"} for key, one in may.signatories.items()],
        "day": format_date(cases.today(view.dossier.territory)),
        "paid": say("revocation.paid", amount=format_money(paid_cents(view.tracking.orders), language))
        if paid_cents(view.tracking.orders)
        else "",
    }
    return {
        "revocation": form,
        "to_recover": say("revocation.to_recover", amount=format_money(paid, language)) if paid > 0 else "",
    }
