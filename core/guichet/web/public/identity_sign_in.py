"""Applicants sign in through another site; the first time, they say which account is theirs and prove it."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.services import arrivals, identity_links, identity_sessions, sign_in
from guichet.services.arrivals import Arrived
from guichet.services.identity_doors import NotTrusted, ProviderSilent
from guichet.services.refusals import NotFound, Refused
from guichet.services.sessions import open_session
from guichet.web.errors import NotVisible, TooMany
from guichet.web.pages import Page, language_of, redirect, render, safe_path, texts_of
from guichet.web.public import providers
from guichet.web.routing import get, post
from guichet.web.security.people import client_place
from guichet.web.security.visits import form_of, visit_of
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS"]

_ASKED = "guichet-rattachement"


@post("/t/{territory:str}/connexion/avec/{provider:str}", name="begin_identity")
def begin(request: Request, territory: FromPath[str], provider: FromPath[str]) -> Page:
    """Sends the browser to a provider, with a secret that must come back with it."""
    then = safe_path(form_of(request).get("suite"), f"/t/{territory}/")
    try:
        begun = providers.begin(request, provider, "applicant", territory=territory, path=then)
    except NotFound as error:
        raise NotVisible from error
    except Refused as error:
        return _sorry(request, territory, error)
    return providers.departure_page(request, begun.url, provider)


@get("/connexion/{provider:str}/retour", name="identity_return")
def come_back(request: Request, provider: FromPath[str]) -> Page:
    """Opens the session of a known identity; leads an unknown one to the choice of its account."""
    _require_provider(request, provider)
    try:
        arrived = providers.come_back(request, provider, "applicant")
    except Refused as error:
        return _sorry(request, "", error)
    if arrived.person:
        return _signed_in(request, arrived.person, arrived.identity_id, arrived)
    providers.keep(request, providers.ARRIVED, arrived.secret, int(arrivals.ARRIVAL_LIFETIME.total_seconds()))
    return redirect(request, f"/t/{arrived.territory}/connexion/identite")


@get("/t/{territory:str}/connexion/identite", name="identity_arrival")
def arrival_page(request: Request, territory: FromPath[str]) -> Page:
    """Asks which account is that of who arrived."""
    try:
        return _arrival_page(request, _arrived(request, territory))
    except NotTrusted as error:
        return _sorry(request, territory, error)


@post("/t/{territory:str}/connexion/identite", name="ask_identity_code")
def ask_code(request: Request, territory: FromPath[str]) -> Page:
    """Sends a code to the address of the account; the same whether there is one or not."""
    email = form_of(request).get("email")
    try:
        arrived = _arrived(request, territory)
    except NotTrusted as error:
        return _sorry(request, territory, error)
    try:
        asked = sign_in.ask_sign_in(
            cases_of(request),
            email,
            territory=territory,
            place=client_place(request),
            then=f"/t/{territory}/",
            language=language_of(request),
        )
    except sign_in.BadAddress:
        return _arrival_page(request, arrived, email, texts_of(request)("sign_in.bad_address"))
    except sign_in.TooManySignIns as error:
        raise TooMany from error
    providers.keep(request, _ASKED, asked.id, int(sign_in.LIFETIME.total_seconds()))
    return redirect(request, f"/t/{territory}/connexion/identite/code")


@get("/t/{territory:str}/connexion/identite/code", name="identity_code")
def code_page(request: Request, territory: FromPath[str]) -> Page:
    """Asks for the code of the mail."""
    return _code_page(request, territory)


@post("/t/{territory:str}/connexion/identite/code", name="give_identity_code")
def give_code(request: Request, territory: FromPath[str]) -> Page:
    """Links the identity to the account of the address, both proved, and opens the session."""
    say, cases = texts_of(request), cases_of(request)
    try:
        arrived = _arrived(request, territory)
        account, linked = identity_links.link_by_code(
            cases,
            arrived.secret,
            providers.kept(request, _ASKED),
            form_of(request).get("code"),
            place=client_place(request),
        )
    except sign_in.WrongKey as error:
        wrong = say("sign_in.wrong_code", count=error.left) if error.left else say("sign_in.dead_code")
        return _code_page(request, territory, wrong)
    except sign_in.TooManySignIns as error:
        raise TooMany from error
    except Refused as error:
        return _sorry(request, territory, error)
    providers.take(request, _ASKED)
    return _signed_in(request, account.id, linked, arrived)


@post("/t/{territory:str}/connexion/identite/relier", name="link_identity")
def link(request: Request, territory: FromPath[str]) -> Page:
    """Links the identity to the account whose session is open, because its holder asks for it."""
    account = visit_of(request).account
    if account is None:
        raise NotVisible
    try:
        arrived = _arrived(request, territory)
        linked = identity_links.link_account(cases_of(request), arrived.secret, account)
    except Refused as error:
        return _sorry(request, territory, error)
    return _signed_in(request, account.id, linked, arrived)


@get("/connexion/{provider:str}/deconnecte", name="identity_left")
def left(request: Request, provider: FromPath[str]) -> Page:
    """Welcomes back who signed out at the provider too; changes nothing, whoever asks."""
    _require_provider(request, provider)
    back = providers.left(request)
    if back is None:
        return redirect(request, "/")
    return redirect(request, safe_path(f"{back}/"), said="sign_in.signed_out")


def _signed_in(request: Request, account: str, identity_id: str, arrived: Arrived) -> Page:
    """A fresh session id, and what the provider said noted for its time."""
    visit, cases = visit_of(request), cases_of(request)
    visit.renew(open_session(cases, "applicant", account, instead_of=visit.session_id))
    identity_sessions.note_session(cases, visit.session_id, identity_id, arrived.provider, arrived.identity)
    providers.take(request, providers.ARRIVED)
    return redirect(request, safe_path(arrived.path, f"/t/{arrived.territory}/"))


def _arrived(request: Request, territory: str) -> Arrived:
    """Who arrived by this browser in this territory; raises NotTrusted when nobody did."""
    arrived = arrivals.arrival_of(cases_of(request), providers.kept(request, providers.ARRIVED), "applicant")
    if arrived is None or arrived.territory != territory:
        raise NotTrusted
    return arrived


def _require_provider(request: Request, key: str) -> None:
    cases = cases_of(request)
    if key not in cases.plugins.identity_providers or key not in cases.services:
        raise NotVisible


def _arrival_page(request: Request, arrived: Arrived, email: str | None = None, error: str = "") -> Page:
    say, account = texts_of(request), visit_of(request).account
    return render(
        request,
        "sign_in/arrival.html",
        title=say("identity.arrival_title"),
        has_errors=bool(error),
        base=f"/t/{arrived.territory}/connexion/identite",
        provider=providers.name_of(request, arrived.provider),
        rows=providers.person_rows(request, arrived),
        signed_in_as=account.email if account is not None else "",
        email=(arrived.identity.email if email is None else email)[:254],
        error=error,
        errors=[{"name": "email", "text": error}] if error else [],
    )


def _code_page(request: Request, territory: str, error: str = "") -> Page:
    site, base = site_of(request), f"/t/{territory}/connexion/identite"
    address = sign_in.pending_address(site.cases, providers.kept(request, _ASKED))
    try:
        arrived = _arrived(request, territory)
    except NotTrusted as refused:
        return _sorry(request, territory, refused)
    if not address:
        return _arrival_page(request, arrived, None, texts_of(request)("sign_in.dead_code"))
    return render(
        request,
        "sign_in/code.html",
        title=texts_of(request)("sign_in.code_title"),
        has_errors=bool(error),
        action=f"{base}/code",
        correct_url=base,
        then=arrived.path,
        address=address,
        minutes=int(sign_in.LIFETIME.total_seconds()) // 60,
        mails_url="/bac-a-sable/messages" if site.cases.mode == "sandbox" else "",
        error=error,
        errors=[{"name": "code", "text": error}] if error else [],
    )


def _sorry(request: Request, territory: str, error: Refused) -> Page:
    """What happened, and the e-mail way, which remains."""
    say = texts_of(request)
    territory = territory or getattr(error, "territory", "")
    return render(
        request,
        "sign_in/sorry.html",
        title=say("identity.sorry_title"),
        status=503 if isinstance(error, ProviderSilent) else 400,
        layout="layouts/public.html",
        text=providers.said_of(request, error),
        by_mail_url=f"/t/{territory}/connexion" if territory else "/",
        by_mail=say("identity.by_mail") if territory else say("identity.home"),
    )


HANDLERS = (begin, come_back, arrival_page, ask_code, code_page, give_code, link, left)
