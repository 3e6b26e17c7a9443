"""The account of an applicant: their ways in, and cutting one."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.services.refusals import NotFound
from guichet.services.unlinking import identities_of, identity_of, unlink
from guichet.web.errors import NotVisible
from guichet.web.frames import Link
from guichet.web.pages import Page, redirect, render, texts_of
from guichet.web.public import providers
from guichet.web.routing import get, post
from guichet.web.security.people import current_applicant
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS"]


@get("/t/{territory:str}/compte", name="account")
def account_page(request: Request, territory: FromPath[str]) -> Page:
    """Shows the ways into the account."""
    say, account = texts_of(request), current_applicant(request)
    here = f"/t/{territory}/compte"
    return render(
        request,
        "sign_in/account.html",
        title=say("identity.account_title"),
        layout="layouts/public.html",
        breadcrumb=_crumbs(request, territory),
        always=say("identity.way_mail", email=account.email),
        ways=[
            providers.way_of(request, one, f"{here}/identites/{one.id}/delier")
            for one in identities_of(cases_of(request), "applicant", account.id)
        ],
        providers=providers.not_yet_linked(request, f"/t/{territory}/connexion"),
        here=here,
    )


@get("/t/{territory:str}/compte/identites/{identity:str}/delier", name="unlink_page")
def unlink_page(request: Request, territory: FromPath[str], identity: FromPath[str]) -> Page:
    """Asks before a link is cut."""
    say, account = texts_of(request), current_applicant(request)
    try:
        found = identity_of(cases_of(request), "applicant", account.id, identity)
    except NotFound as error:
        raise NotVisible from error
    name = providers.name_of(request, found.provider)
    return render(
        request,
        "sign_in/unlink.html",
        title=say("identity.unlink_title", provider=name),
        layout="layouts/public.html",
        breadcrumb=_crumbs(request, territory),
        text=say("identity.unlink_text", provider=name, email=account.email),
        action=f"/t/{territory}/compte/identites/{identity}/delier",
        cancel_url=f"/t/{territory}/compte",
    )


@post("/t/{territory:str}/compte/identites/{identity:str}/delier", name="unlink")
def unlink_one(request: Request, territory: FromPath[str], identity: FromPath[str]) -> Page:
    """Cuts a link; the applicant's other sessions end."""
    account, visit = current_applicant(request), visit_of(request)
    try:
        provider = unlink(cases_of(request), "applicant", account.id, identity, session_id=visit.session_id)
    except NotFound as error:
        raise NotVisible from error
    site_of(request).visitors.forget_others(account.id, visit.session_id)
    name = providers.name_of(request, provider)
    return redirect(request, f"/t/{territory}/compte", said="identity.unlinked", provider=name)


def _crumbs(request: Request, territory: str) -> tuple[Link, ...]:
    say = texts_of(request)
    mine = Link(say("teleservice.my_dossiers"), f"/t/{territory}/dossiers")
    return (mine, Link(say("identity.account_title")))


HANDLERS = (account_page, unlink_page, unlink_one)
