"""Agents sign in: password, then the code of the phone; the first time, both are chosen."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from io import BytesIO

import segno
from litestar import Request

from guichet.services import agent_sign_in
from guichet.services.agents import SignedAgent
from guichet.services.refusals import Refused
from guichet.services.sessions import close_session, open_session
from guichet.web.errors import NotVisible
from guichet.web.pages import Page, redirect, render, safe_path, texts_of, without_trace
from guichet.web.public import providers
from guichet.web.routing import get, post
from guichet.web.security.people import client_place
from guichet.web.security.visits import form_of, visit_of
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS", "keep_then"]

HOME = "/agents"
_THEN = "suite"


@get("/agents/connexion", name="agent_sign_in")
def password_page(request: Request) -> Page:
    """Asks for address and password."""
    then = safe_path(request.query_params.get(_THEN, ""), HOME)
    if visit_of(request).agent is not None:
        return redirect(request, then)
    return _password_page(request, then)


@post("/agents/connexion", name="give_agent_password")
def give_password(request: Request) -> Page:
    """Opens a half session, whose only right is to give the code."""
    form, visit, site = form_of(request), visit_of(request), site_of(request)
    then = safe_path(form.get(_THEN), HOME)
    try:
        agent_id = agent_sign_in.check_password(
            site.cases, form.get("email"), form.get("password"), place=client_place(request)
        )
    except agent_sign_in.AgentRefused as error:
        return _password_page(request, then, form.get("email"), _said(request, error))
    visit.renew(open_session(site.cases, "half", agent_id, instead_of=visit.session_id))
    keep_then(request, then)
    known = site.visitors.look_up(visit.session_id)
    enrolled = known is not None and known.agent is not None and agent_sign_in.is_enrolled(known.agent.agent)
    return redirect(request, "/agents/connexion/code" if enrolled else "/agents/connexion/inscription")


@get("/agents/connexion/code", name="agent_code")
def code_page(request: Request) -> Page:
    """Asks for the code of the phone."""
    if not agent_sign_in.is_enrolled(_half(request).agent):
        return redirect(request, "/agents/connexion/inscription")
    return _code_page(request)


@post("/agents/connexion/code", name="give_agent_code")
def give_code(request: Request) -> Page:
    """Opens the agent's session when the code is right."""
    try:
        agent_sign_in.check_code(cases_of(request), _half(request).id, form_of(request).get("code"))
    except (agent_sign_in.AgentRefused, agent_sign_in.NoAssignment) as error:
        return _code_page(request, _said(request, error))
    return _signed_in(request)


@get("/agents/connexion/inscription", name="agent_enrolment")
def enrolment_page(request: Request) -> Page:
    """Shows what to enter into the phone, and asks for a password of one's own."""
    return _enrolment_page(request)


@post("/agents/connexion/inscription", name="enrol_agent")
def enrol(request: Request) -> Page:
    """Keeps password and second factor, then opens the agent's session."""
    form = form_of(request)
    try:
        agent_sign_in.enrol(
            cases_of(request),
            _half(request).id,
            password=form.get("password"),
            again=form.get("again"),
            code=form.get("code"),
        )
    except agent_sign_in.WeakPassword as error:
        return _enrolment_page(request, password=texts_of(request)(f"sign_in.password_{error.why}"))
    except agent_sign_in.AgentRefused:
        return _enrolment_page(request, code=texts_of(request)("sign_in.wrong_totp"))
    except agent_sign_in.NoAssignment as error:
        return _password_page(request, HOME, "", _said(request, error))
    return _signed_in(request)


@post("/agents/deconnexion", name="agent_sign_out")
def sign_out(request: Request) -> Page:
    """Closes the session here and in the database."""
    visit, site = visit_of(request), site_of(request)
    provider, url = providers.leaving(request, "agent", "/agents/connexion") if visit.known else ("", "")
    if visit.known is not None:
        close_session(site.cases, visit.session_id)
        site.visitors.forget(visit.session_id)
    if not url:
        visit.answers.append(site.cookies.take_back("guichet-agent"))
        return without_trace(redirect(request, "/agents/connexion", said="sign_in.signed_out"))
    return without_trace(providers.departed_page(request, url, provider))


def keep_then(request: Request, then: str) -> None:
    """Keep the page to open once the code of the phone is given."""
    visit_of(request).answers.append(site_of(request).cookies.make("guichet-suite", _packed(then), 600))


def _signed_in(request: Request) -> Page:
    """A fresh session id in place of the half one."""
    visit, site = visit_of(request), site_of(request)
    half = visit.session_id
    then = safe_path(_unpacked(visit.cookies.get(site.cookies.name("guichet-suite"), "")), HOME)
    visit.renew(open_session(site.cases, "agent", _half(request).id, instead_of=half))
    site.visitors.forget(half)
    visit.answers.append(site.cookies.take_back("guichet-suite"))
    return redirect(request, then)


def _half(request: Request) -> SignedAgent:
    """The agent whose code is awaited; the doorkeeper has seen that there is one."""
    half = visit_of(request).half
    if half is None:
        raise NotVisible
    return half


def _password_page(request: Request, then: str, email: str = "", error: str = "") -> Page:
    return render(
        request,
        "sign_in/agent_password.html",
        title=texts_of(request)("sign_in.agent_title"),
        has_errors=bool(error),
        then=then,
        email=email[:254],
        providers=providers.buttons(request, "agent", "/agents/connexion"),
        errors=[{"name": "email", "text": error}] if error else [],
    )


def _code_page(request: Request, error: str = "") -> Page:
    return render(
        request,
        "sign_in/agent_code.html",
        title=texts_of(request)("sign_in.agent_code_title"),
        has_errors=bool(error),
        error=error,
        errors=[{"name": "code", "text": error}] if error else [],
    )


def _enrolment_page(request: Request, **wrong: str) -> Page:
    try:
        enrolment = agent_sign_in.enrolment_of(cases_of(request), _half(request).id)
    except agent_sign_in.AgentRefused:
        return redirect(request, "/agents/connexion/code")
    secret = enrolment.secret
    return render(
        request,
        "sign_in/agent_enrolment.html",
        title=texts_of(request)("sign_in.enrolment_title"),
        has_errors=bool(wrong),
        qr=_qr(enrolment.uri),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        wrong={"password": wrong.get("password", ""), "code": wrong.get("code", "")},
        errors=[{"name": name, "text": text} for name, text in wrong.items()],
        shortest=agent_sign_in.SHORTEST_PASSWORD,
    )


def _qr(uri: str) -> str:
    """The address of a QR code drawn in the page itself: the secret goes nowhere else."""
    drawn = BytesIO()
    segno.make(uri, error="m").save(drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
    return "data:image/svg+xml;base64," + b64encode(drawn.getvalue()).decode()


def _said(request: Request, error: Refused) -> str:
    return texts_of(request)(f"sign_in.{error.code}")


def _packed(path: str) -> str:
    return urlsafe_b64encode(path.encode()).decode().rstrip("=")


def _unpacked(text: str) -> str:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""


HANDLERS = (password_page, give_password, code_page, give_code, enrolment_page, enrol, sign_out)
