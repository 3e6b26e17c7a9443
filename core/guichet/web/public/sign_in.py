"""Applicants sign in: the address, then the code of the mail or its link; neither is used by merely opening a page."""

from __future__ import annotations

from urllib.parse import urlencode

from litestar import Request
from litestar.params import FromPath

from guichet.model.records import Account
from guichet.services import sign_in
from guichet.services.sessions import close_session, open_session
from guichet.web.errors import TooMany
from guichet.web.pages import Page, language_of, redirect, render, safe_path, texts_of, without_trace
from guichet.web.public import providers
from guichet.web.routing import get, post
from guichet.web.security.people import client_place
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS"]

_ASKED = "guichet-connexion"
_THEN = "suite"


@get("/t/{territory:str}/connexion", name="sign_in")
def address_page(request: Request, territory: FromPath[str]) -> Page:
    """Asks for the address."""
    then = _then(request.query_params.get(_THEN, ""), territory)
    if visit_of(request).account is not None:
        return redirect(request, then)
    return _address_page(request, then, request.query_params.get("adresse", ""))


@post("/t/{territory:str}/connexion", name="ask_sign_in")
def ask(request: Request, territory: FromPath[str]) -> Page:
    """Queues the mail and leads to the page of the code; the same whether the address has an account or not."""
    form = visit_of(request).form
    then = _then(form.get(_THEN), territory)
    try:
        asked = sign_in.ask_sign_in(
            cases_of(request),
            form.get("email"),
            territory=territory,
            place=client_place(request),
            then=then,
            language=language_of(request),
        )
    except sign_in.BadAddress:
        return _address_page(request, then, form.get("email"), error=texts_of(request)("sign_in.bad_address"))
    except sign_in.TooManySignIns as error:
        raise TooMany from error
    kept = site_of(request).cookies.make(_ASKED, asked.id, int(sign_in.LIFETIME.total_seconds()))
    visit_of(request).answers.append(kept)
    return redirect(request, f"/t/{territory}/connexion/code?{urlencode({_THEN: then})}")


@get("/t/{territory:str}/connexion/code", name="sign_in_code")
def code_page(request: Request, territory: FromPath[str]) -> Page:
    """Asks for the code, under the address it was sent to."""
    then = _then(request.query_params.get(_THEN, ""), territory)
    return _code_page(request, territory, then)


@post("/t/{territory:str}/connexion/code", name="give_sign_in_code")
def give_code(request: Request, territory: FromPath[str]) -> Page:
    """Opens the session of who gives the right code."""
    form, say = visit_of(request).form, texts_of(request)
    then = _then(form.get(_THEN), territory)
    try:
        account = sign_in.take_code(cases_of(request), _asked(request), form.get("code"), place=client_place(request))
    except sign_in.WrongKey as error:
        wrong = say("sign_in.wrong_code", count=error.left) if error.left else say("sign_in.dead_code")
        return _code_page(request, territory, then, error=wrong)
    except sign_in.TooManySignIns as error:
        raise TooMany from error
    return _signed_in(request, account, then)


@get("/t/{territory:str}/connexion/lien/{link:str}", name="sign_in_link")
def link_page(request: Request, territory: FromPath[str], link: FromPath[str]) -> Page:
    """Shows a button: programs that open the links of mails use nothing up."""
    title = texts_of(request)("sign_in.link_title")
    return render(
        request,
        "sign_in/link.html",
        title=title,
        action=f"/t/{territory}/connexion/lien/{link}",
        then=_then(request.query_params.get(_THEN, ""), territory),
    )


@post("/t/{territory:str}/connexion/lien/{link:str}", name="take_sign_in_link")
def take_link(request: Request, territory: FromPath[str], link: FromPath[str]) -> Page:
    """Opens the session of who pressed the button of a good link."""
    then = _then(visit_of(request).form.get(_THEN), territory)
    try:
        account = sign_in.take_link(cases_of(request), link, place=client_place(request))
    except sign_in.WrongKey:
        return _address_page(request, then, "", error=texts_of(request)("sign_in.dead_link"), status=410)
    except sign_in.TooManySignIns as error:
        raise TooMany from error
    return _signed_in(request, account, then)


@post("/t/{territory:str}/deconnexion", name="sign_out")
def sign_out(request: Request, territory: FromPath[str]) -> Page:
    """Closes the session here and in the database."""
    visit, site = visit_of(request), site_of(request)
    provider, url = providers.leaving(request, "applicant", f"/t/{territory}") if visit.known else ("", "")
    if visit.known is not None:
        close_session(site.cases, visit.session_id)
        site.visitors.forget(visit.session_id)
    if not url:
        visit.answers.append(site.cookies.take_back("guichet"))
        return without_trace(redirect(request, f"/t/{territory}/", said="sign_in.signed_out"))
    return without_trace(providers.departed_page(request, url, provider))


def _signed_in(request: Request, account: Account, then: str) -> Page:
    """A fresh session id: whatever the browser held before, perhaps put there by somebody else, is worth nothing."""
    visit, site = visit_of(request), site_of(request)
    visit.renew(open_session(site.cases, "applicant", account.id, instead_of=visit.session_id))
    visit.answers.append(site.cookies.take_back(_ASKED))
    return redirect(request, then)


def _address_page(request: Request, then: str, address: str, error: str = "", status: int = 200) -> Page:
    return render(
        request,
        "sign_in/address.html",
        title=texts_of(request)("sign_in.title"),
        status=status,
        has_errors=bool(error),
        action=f"/t/{request.path_params['territory']}/connexion",
        then=then,
        address=address[:254],
        providers=providers.buttons(request, "applicant", f"/t/{request.path_params['territory']}/connexion"),
        error=error,
        errors=[{"name": "email", "text": error}] if error else [],
    )


def _code_page(request: Request, territory: str, then: str, error: str = "") -> Page:
    site = site_of(request)
    address = sign_in.pending_address(site.cases, _asked(request))
    base = f"/t/{territory}/connexion"
    if not address:
        return _address_page(request, then, "", error=texts_of(request)("sign_in.dead_code"))
    return render(
        request,
        "sign_in/code.html",
        title=texts_of(request)("sign_in.code_title"),
        has_errors=bool(error),
        action=f"{base}/code",
        correct_url=f"{base}?{urlencode({'adresse': address, _THEN: then})}",
        again_url=f"{base}?{urlencode({'adresse': address, _THEN: then})}",
        then=then,
        address=address,
        minutes=int(sign_in.LIFETIME.total_seconds()) // 60,
        mails_url="/bac-a-sable/messages" if site.cases.mode == "sandbox" else "",
        error=error,
        errors=[{"name": "code", "text": error}] if error else [],
    )


def _asked(request: Request) -> str:
    """The sign-in this browser asked for: a code serves nobody else."""
    return visit_of(request).cookies.get(site_of(request).cookies.name(_ASKED), "")


def _then(wanted: str, territory: str) -> str:
    return safe_path(wanted, f"/t/{territory}/")


HANDLERS = (address_page, ask, code_page, give_code, link_page, take_link, sign_out)
