"""Sending an application on to the competent body, from the dossier's page."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.model.input import read_day
from guichet.model.scalars import ScalarError
from guichet.services.act_heads import ActHead
from guichet.services.transfers import transfer
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


@post("/agents/dossiers/{reference:str}/transmission", name="transfer_dossier")
def send_on(request: Request, reference: FromPath[str]) -> Page:
    """Sends a dossier on."""
    dossier, form = the_dossier(request, reference), visit_of(request).form
    try:
        head = _head(request)
    except ScalarError:
        said = texts_of(request)("instruction.bad_day")
        return dossier_page_with(request, reference, {"date_transmission": said})
    return act_on_page(
        request,
        lambda: transfer(
            cases_of(request),
            agent_id(request),
            dossier.reference,
            typed_text(form.get("destinataire"))[:300],
            typed_text(form.get("raison_transmission"))[:2000],
            head,
            revision=revision_seen(request),
        ),
        back=dossier_address(reference),
        said="revocation.transferred",
        again=lambda errors: dossier_page_with(request, reference, errors),
        beside="destinataire",
    )


def _head(request: Request) -> ActHead | None:
    """The act that sends a dossier on; None when nothing of it was typed. Raises ScalarError."""
    form = visit_of(request).form
    number, signatory = typed_text(form.get("numero_transmission"))[:80], form.get("signataire_transmission")
    return ActHead(signatory, number, read_day(form.get("date_transmission"))) if number or signatory else None


HANDLERS = (send_on,)
