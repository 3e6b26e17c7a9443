"""Claiming back what was paid, from the dossier's page: the claim, what came back, the claim dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from litestar import Request
from litestar.params import FromPath

from guichet.model.input import read_day, read_money
from guichet.model.records import Dossier
from guichet.model.scalars import ScalarError
from guichet.services.act_heads import ActHead
from guichet.services.recoveries import claim_back, drop_claim, note_reimbursement
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.chosen import typed_text
from guichet.web.instruction.dossier import dossier_page_with
from guichet.web.instruction.frame import agent_id
from guichet.web.instruction.page_acts import act_on_page
from guichet.web.pages import Page, texts_of
from guichet.web.routing import post
from guichet.web.security.people import the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@post("/agents/dossiers/{reference:str}/recouvrements", name="claim_back")
def claim(request: Request, reference: FromPath[str]) -> Page:
    """Records a claim on what was paid."""
    dossier, form = the_dossier(request, reference), visit_of(request).form
    cents, day, errors = _amount_and_day(request, "montant_titre", "date_titre")
    if errors:
        return dossier_page_with(request, reference, errors)
    head = ActHead(form.get("signataire_titre"), typed_text(form.get("numero_titre"))[:80], day)
    reason = typed_text(form.get("motif_titre"))[:2000]
    return _done(
        request,
        dossier,
        ("recouvrement", "recovery.claimed"),
        lambda own: claim_back(
            cases_of(request), agent_id(request), own, cents, reason, head, amount=form.get("part_titre")
        ),
    )


@post("/agents/dossiers/{reference:str}/remboursements", name="note_reimbursement")
def reimburse(request: Request, reference: FromPath[str]) -> Page:
    """Notes what the accountant collected."""
    dossier, form = the_dossier(request, reference), visit_of(request).form
    made, receipt = form.get("titre_rendu"), typed_text(form.get("reference_encaissement"))[:80]
    cents, day, errors = _amount_and_day(request, "montant_rendu", "date_encaissement")
    if errors:
        return dossier_page_with(request, reference, errors)
    return _done(
        request,
        dossier,
        ("encaissement", "recovery.noted"),
        lambda own: note_reimbursement(cases_of(request), agent_id(request), own, made, cents, day, receipt),
    )


@post("/agents/dossiers/{reference:str}/abandon", name="drop_claim")
def drop(request: Request, reference: FromPath[str]) -> Page:
    """Drops what is left of a claim."""
    dossier, form = the_dossier(request, reference), visit_of(request).form
    made, reason = form.get("titre_abandon"), typed_text(form.get("motif_abandon"))[:2000]
    return _done(
        request,
        dossier,
        ("abandon", "recovery.done_drop"),
        lambda own: drop_claim(cases_of(request), agent_id(request), own, made, reason),
    )


def _amount_and_day(request: Request, amount: str, on: str) -> tuple[int, date, dict[str, str]]:
    form, say = visit_of(request).form, texts_of(request)
    cents, day, errors = 0, date.min, dict[str, str]()
    try:
        cents = read_money(form.get(amount))
    except ScalarError:
        errors[amount] = say("recovery.bad_amount")
    try:
        day = read_day(form.get(on))
    except ScalarError:
        errors[on] = say("instruction.bad_day")
    return cents, day, errors


def _done(request: Request, dossier: Dossier, told: tuple[str, str], act: Callable[[str], object]) -> Page:
    (box, said), reference = told, dossier.reference
    return act_on_page(
        request,
        lambda: act(reference),
        back=dossier_address(reference),
        said=said,
        again=lambda errors: dossier_page_with(request, reference, errors),
        beside=box,
    )


HANDLERS = (claim, reimburse, drop)
