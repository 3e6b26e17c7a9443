"""Undoing a decision, from the dossier's page: the ground, the reason, the head of the act."""

from __future__ import annotations

from typing import cast

from litestar import Request
from litestar.params import FromPath

from guichet.model.input import read_day
from guichet.model.scalars import ScalarError
from guichet.services.act_heads import ActHead
from guichet.services.revocations import GROUNDS, Ground, revoke_decision
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.chosen import revision_seen, typed_text
from guichet.web.instruction.dossier import dossier_page_with
from guichet.web.instruction.frame import agent_id
from guichet.web.instruction.page_acts import act_on_page
from guichet.web.pages import Page, texts_of
from guichet.web.routing import post
from guichet.web.security.people import the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@post("/agents/dossiers/{reference:str}/retrait", name="revoke_decision")
def revoke(request: Request, reference: FromPath[str]) -> Page:
    """Undoes the decision of a dossier."""
    dossier, form, say = the_dossier(request, reference), visit_of(request).form, texts_of(request)
    ground = form.get("motif_retrait")
    errors: dict[str, str] = {}
    if ground not in GROUNDS:
        errors["motif_retrait"] = say("revocation.choose_ground")
    try:
        day = read_day(form.get("date_retrait"))
    except ScalarError:
        errors["date_retrait"] = say("instruction.bad_day")
        return dossier_page_with(request, reference, errors)
    if errors:
        return dossier_page_with(request, reference, errors)
    head = ActHead(form.get("signataire_retrait"), typed_text(form.get("numero_retrait"))[:80], day)
    return act_on_page(
        request,
        lambda: revoke_decision(
            cases_of(request),
            agent_id(request),
            dossier.reference,
            cast("Ground", ground),
            typed_text(form.get("raison_retrait"))[:2000],
            head,
            revision=revision_seen(request),
        ),
        back=dossier_address(reference),
        said="revocation.done",
        again=lambda errors: dossier_page_with(request, reference, errors),
        beside="retrait",
    )


HANDLERS = (revoke,)
