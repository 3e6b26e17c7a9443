"""Agents sign in through a provider: one already known here, who confirms the first time that it is them."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.plugin.contracts import Identity
from guichet.services import agent_identities, arrivals, identity_sessions
from guichet.services.identity_doors import NotTrusted, ProviderSilent
from guichet.services.refusals import NotFound, Refused
from guichet.services.sessions import open_session
from guichet.web.errors import NotVisible
from guichet.web.pages import Page, redirect, render, safe_path, texts_of
from guichet.web.public import providers
from guichet.web.public.agent_sign_in import keep_then
from guichet.web.routing import get, post
from guichet.web.security.visits import form_of, visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]

_HOME = "/agents"
_CONFIRM = "/agents/connexion/identite"


@post("/agents/connexion/avec/{provider:str}", name="begin_agent_identity")
def begin(request: Request, provider: FromPath[str]) -> Page:
    """Sends the browser to a provider, with a secret that must come back with it."""
    then = safe_path(form_of(request).get("suite"), _HOME)
    try:
        begun = providers.begin(request, provider, "agent", path=then)
    except NotFound as error:
        raise NotVisible from error
    except Refused as error:
        return _sorry(request, error)
    return providers.departure_page(request, begun.url, provider)


@get("/agents/connexion/{provider:str}/retour", name="agent_identity_return")
def come_back(request: Request, provider: FromPath[str]) -> Page:
    """Opens the session of a known agent; asks an agent seen for the first time to confirm."""
    cases = cases_of(request)
    if provider not in cases.plugins.identity_providers or provider not in cases.services:
        raise NotVisible
    try:
        arrived = providers.come_back(request, provider, "agent")
        if not arrived.person:
            agent_identities.agent_for(cases, arrived)
    except Refused as error:
        return _sorry(request, error)
    if arrived.person:
        return _signed_in(request, arrived.person, arrived.identity_id, provider, arrived.identity, arrived.path)
    providers.keep(request, providers.ARRIVED, arrived.secret, int(arrivals.ARRIVAL_LIFETIME.total_seconds()))
    return redirect(request, _CONFIRM)


@get("/agents/connexion/identite", name="agent_identity_arrival")
def arrival_page(request: Request) -> Page:
    """Shows the two that would become one, and asks."""
    cases = cases_of(request)
    try:
        arrived = arrivals.arrival_of(cases, providers.kept(request, providers.ARRIVED), "agent")
        if arrived is None:
            raise NotTrusted
        found = agent_identities.agent_for(cases, arrived)
    except Refused as error:
        return _sorry(request, error)
    say = texts_of(request)
    return render(
        request,
        "sign_in/agent_arrival.html",
        title=say("identity.agent_arrival_title"),
        action=_CONFIRM,
        provider=providers.name_of(request, arrived.provider),
        rows=providers.person_rows(request, arrived),
        agent_name=found.name,
        agent_email=found.email,
    )


@post("/agents/connexion/identite", name="confirm_agent_identity")
def confirm(request: Request) -> Page:
    """Links the identity to the agent, for good, and goes on to the session."""
    cases, secret = cases_of(request), providers.take(request, providers.ARRIVED)
    arrived = arrivals.arrival_of(cases, secret, "agent")
    try:
        agent, provider, identity, linked = agent_identities.link_agent(cases, secret)
    except Refused as error:
        return _sorry(request, error)
    return _signed_in(request, agent.id, linked, provider, identity, arrived.path if arrived else _HOME)


@get("/agents/connexion/{provider:str}/deconnecte", name="agent_identity_left")
def left(request: Request, provider: FromPath[str]) -> Page:
    """Welcomes back who signed out at the provider too; changes nothing, whoever asks."""
    if provider not in cases_of(request).plugins.identity_providers:
        raise NotVisible
    if providers.left(request) is None:
        return redirect(request, "/agents/connexion")
    return redirect(request, "/agents/connexion", said="sign_in.signed_out")


def _signed_in(request: Request, agent_id: str, identity_id: str, provider: str, identity: Identity, path: str) -> Page:
    """A fresh session id: whole, or half until the code of the phone."""
    visit, cases = visit_of(request), cases_of(request)
    try:
        kind = agent_identities.admit(cases, agent_id, provider, identity)
    except Refused as error:
        return _sorry(request, error)
    visit.renew(open_session(cases, kind, agent_id, instead_of=visit.session_id))
    identity_sessions.note_session(cases, visit.session_id, identity_id, provider, identity)
    then = safe_path(path, _HOME)
    if kind == "agent":
        return redirect(request, then)
    keep_then(request, then)
    return redirect(request, "/agents/connexion/code")


def _sorry(request: Request, error: Refused) -> Page:
    """What happened, and the password way, which remains."""
    say = texts_of(request)
    return render(
        request,
        "sign_in/sorry.html",
        title=say("identity.sorry_title"),
        status=503 if isinstance(error, ProviderSilent) else 400,
        layout="layouts/agent.html",
        text=providers.said_of(request, error),
        by_mail_url="/agents/connexion",
        by_mail=say("identity.by_password"),
    )


HANDLERS = (begin, come_back, arrival_page, confirm, left)
