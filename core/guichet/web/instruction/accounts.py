"""Another account for an order that could not be paid: asked, then accepted or refused, from the dossier's page."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.services.later_forms import settle_later
from guichet.services.new_accounts import ask_for_account
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.dossier import dossier_page_with
from guichet.web.instruction.frame import agent_id
from guichet.web.instruction.page_acts import act_on_page
from guichet.web.pages import Page
from guichet.web.routing import post
from guichet.web.security.people import the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@post("/agents/dossiers/{reference:str}/autre-compte", name="ask_account")
def ask_account(request: Request, reference: FromPath[str]) -> Page:
    """Asks the applicant for another account."""
    the_dossier(request, reference)
    order = visit_of(request).form.get("order")
    return act_on_page(
        request,
        lambda: ask_for_account(cases_of(request), agent_id(request), reference, order),
        back=f"{dossier_address(reference)}#versements",
        said="paying.account_asked",
        again=lambda errors: dossier_page_with(request, reference, errors),
        beside="versements",
    )


@post("/agents/dossiers/{reference:str}/formulaires/{filing:str}", name="settle_later_form")
def settle(request: Request, reference: FromPath[str], filing: FromPath[str]) -> Page:
    """Accepts or refuses what the applicant filed."""
    the_dossier(request, reference)
    form = visit_of(request).form
    named = f"reason.{filing}"  # several forms may wait on one page, each with its box
    accept, reason = form.get("answer") == "accept", form.get(named) or form.get("reason")
    return act_on_page(
        request,
        lambda: settle_later(
            cases_of(request), agent_id(request), reference, filing, accept=accept, reason=reason[:1000]
        ),
        back=dossier_address(reference),
        said="paying.account_settled",
        again=lambda errors: dossier_page_with(request, reference, errors),
        beside=named if named in form else "versements",
    )


HANDLERS = (ask_account, settle)
