"""Money claimed back, on the page of a dossier: what may be claimed, the claims with what came back, their forms."""

from __future__ import annotations

from typing import Any

from guichet.locale import Language, Texts, format_date, format_day, format_money
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView
from guichet.services.recoveries import Claim
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.payment_model import amounts_of

__all__ = ["recovery_model"]


def recovery_model(cases: UseCases, view: DossierView, say: Texts, language: Language) -> dict[str, Any]:
    """Gives the claims, the forms of who may claim, and that of who notes what came back."""
    shown = [_claim(cases, view, claim, say, language) for claim in view.claims]
    left = [
        {"value": claim.recovery.id, "label": text["text"]}
        for claim, text in zip(view.claims, shown, strict=True)
        if claim.left_cents
    ]
    return {
        "recovery": _claiming(view, say, language),
        "claims": shown,
        "claim_moves": _moves(view, left) if view.rights.may_note_back and left else None,
        "today": format_date(cases.today(view.dossier.territory)),
    }


def _claim(cases: UseCases, view: DossierView, claim: Claim, say: Texts, language: Language) -> dict[str, Any]:
    made = claim.recovery
    return {
        "text": say(
            "recovery.claim",
            number=made.act_number,
            day=format_day(made.act_date, language),
            amount=format_money(made.cents, language),
            state=_state(claim, say, language),
        ),
        "reason": made.reason,
        "parts": amounts_of(view, made.id, language),
        "signed": f"{made.signatory_name}, {made.signatory_quality}",
        "dropped": _dropped(cases, view, claim, say, language),
        "back": [
            say(
                "recovery.back",
                amount=format_money(part.cents, language),
                day=format_day(part.on_day, language),
                receipt=part.receipt,
            )
            for part in claim.back
        ],
    }


def _claiming(view: DossierView, say: Texts, language: Language) -> dict[str, Any] | None:
    """The form of who may claim money back; None for who may not, and when nothing is left to claim."""
    may = view.rights.recoverable
    if may is None or may.most_cents <= 0:
        return None
    return {
        "url": dossier_address(view.dossier.reference, "recouvrements"),
        "most": say("recovery.most", amount=format_money(may.most_cents, language)),
        "amounts": [{"value": one.amount, "label": one.label} for one in may.parts if one.cents]
        if len(may.parts) > 1
        else [],
        "signatories": [{"value": key, "label": f"{who.name}, {who.quality}"} for key, who in may.signatories.items()],
    }


def _moves(view: DossierView, left: list[dict[str, str]]) -> dict[str, Any]:
    """The forms about the claims that are not all back: what came back, and a claim dropped by who may claim."""
    reference = view.dossier.reference
    return {
        "back_url": dossier_address(reference, "remboursements"),
        "drop_url": dossier_address(reference, "abandon") if view.rights.recoverable is not None else "",
        "claims": left,
    }


def _state(claim: Claim, say: Texts, language: Language) -> str:
    if claim.recovery.ended_at is not None:
        return say("recovery.ended")
    if not claim.left_cents:
        return say("recovery.settled")
    return say("recovery.left", amount=format_money(claim.left_cents, language))


def _dropped(cases: UseCases, view: DossierView, claim: Claim, say: Texts, language: Language) -> str:
    ended = claim.recovery.ended_at
    if ended is None:
        return ""
    day = format_day(cases.day_of(ended, view.dossier.territory), language)
    return say("recovery.dropped", day=day, reason=claim.recovery.ended_reason)
