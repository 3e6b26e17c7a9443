"""The cells of the access matrix, tried through HTTP: every route, every kind of person, every phase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from litestar.routes import HTTPRoute

from browsing import Browser
from guichet.model.api import VERBS, Verb
from guichet.model.records import Dossier, SessionKind
from guichet.model.workflow import Phase
from guichet.services.api.tokens import create_token, revoke_token
from guichet.services.cases import UseCases
from guichet.services.sessions import open_session
from guichet.storage import Tx, accounts, dossiers
from guichet.web.access import AGENT_ROLES, MATRIX, Role, Rule
from guichet.web.app import WebApp
from guichet.web.security.visits import csrf_of
from signing_in import an_agent

__all__ = ["ACTORS", "Actor", "Asked", "a_dossier", "every_route", "is_refused", "url_of"]

OWN, OTHER = "reg-53", "reg-84"
SCHEME = "aide-simple"
PARAMETERS = {"territory": OWN, "scheme": SCHEME, "name": "/guichet.css", "page": "entreprise", "link": "x"}
"""What stands for a parameter of a path; any other one becomes `x`, which names nothing."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A kind of person, as the matrix knows them."""

    name: str
    role: Role
    own_territory: bool = True
    verbs: tuple[Verb, ...] = VERBS
    dead: bool = False
    """For a token: revoked."""

    def may(self, rule: Rule, phase: Phase | None = None) -> bool:
        """Whether a line of the matrix lets this actor in: the matrix read again, apart from who keeps the doors."""
        if "anonymous" in rule.roles:
            return True
        bound = self.role in (*AGENT_ROLES, "token")
        if self.dead or self.role not in rule.roles or (bound and not self.own_territory):
            return False
        if self.role == "token" and rule.verbs.isdisjoint(self.verbs):
            return False
        return rule.phases is None or phase in rule.phases


ACTORS = (
    Actor("anonymous", "anonymous"),
    Actor("owner", "owner"),
    Actor("other applicant", "applicant"),
    Actor("half an agent", "half"),
    *(Actor(f"{role} here", role) for role in AGENT_ROLES),
    *(Actor(f"{role} elsewhere", role, own_territory=False) for role in AGENT_ROLES),
    Actor("token of every verb", "token"),
    *(Actor(f"token that may {verb}", "token", verbs=(verb,)) for verb in ("submit", "read")),
    Actor("token that reads everything", "token", verbs=VERBS[1:]),
    Actor("token elsewhere", "token", own_territory=False),
    Actor("revoked token", "token", dead=True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One method of one path of the application, by the name of its handler."""

    name: str
    method: str
    path: str


def every_route(app: WebApp) -> Iterator[Asked]:
    """Give every method of every path that the application serves."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute), f"{route.path} is no plain route"
        for handler in route.route_handlers:
            for method in sorted(handler.http_methods):
                if method != "OPTIONS":  # Litestar's own answer, which names methods and nothing else
                    yield Asked(handler.name or str(handler), method, route.path)


def url_of(asked: Asked, reference: str = "x", **parameters: str) -> str:
    """Give an address of a route."""
    known = {**PARAMETERS, "reference": reference, **parameters}
    return re.sub(r"\{(\w+):\w+\}", lambda found: known.get(found[1], "x").lstrip("/"), asked.path)


def session_of(cases: UseCases, actor: Actor, account: str) -> tuple[str, str]:
    """Give the cookie's name and the session of an actor; nothing for nobody."""
    if actor.role in ("anonymous", "token"):
        return "guichet", ""
    if actor.role in ("owner", "applicant"):
        who = account if actor.role == "owner" else _account(cases, "autre@exemple.fr")
        return "guichet", open_session(cases, "applicant", who)
    territory = OWN if actor.own_territory else OTHER
    role = "instructor" if actor.role == "half" else actor.role
    agent = an_agent(cases, f"{role}.{territory}@exemple.fr", role=role, territory=territory)
    kind: SessionKind = "half" if actor.role == "half" else "agent"
    return "guichet-agent", open_session(cases, kind, agent)


def ask_as(browser: Browser, cases: UseCases, actor: Actor, asked: Asked, dossier: Dossier) -> Browser:
    """Ask for a route as an actor, with a good token where one posts; no redirection is followed."""
    browser.client.cookies.clear()
    if MATRIX[asked.name].audience == "software":
        return _ask_software(browser, cases, actor, asked, dossier)
    bearer = {"Authorization": f"Bearer {_token_of(cases, actor)}"} if actor.role == "token" else {}
    name, session = session_of(cases, actor, dossier.account or "")
    planted = {"guichet": "f" * 64, "guichet-agent": "e" * 64, name: session or "f" * 64}
    for cookie, value in planted.items():
        browser.plant(cookie, value)
    token = csrf_of(planted["guichet-agent" if MATRIX[asked.name].audience == "agents" else "guichet"])
    url = url_of(asked, dossier.reference)
    if asked.method == "POST":
        return browser.post(url, {"_csrf_token": token}, follow=False, headers=bearer)
    return browser.look(url, headers=bearer)


def _ask_software(browser: Browser, cases: UseCases, actor: Actor, asked: Asked, dossier: Dossier) -> Browser:
    """A token, or a person's cookies which are worth nothing there."""
    if actor.role != "token":
        browser.plant(*session_of(cases, actor, dossier.account or ""))
    headers = {"Authorization": f"Bearer {_token_of(cases, actor)}"} if actor.role == "token" else {}
    url = url_of(asked, dossier.reference)
    if asked.method != "POST":
        return browser.look(url, headers=headers)
    takes = "application/pdf" if url.endswith("/files") else "application/json"
    sent = {**headers, "Content-Type": takes, "Idempotency-Key": f"{actor.name}-{dossier.reference}".replace(" ", "-")}
    return browser.post(url, content=b"{}", headers=sent, follow=False)


def _token_of(cases: UseCases, actor: Actor) -> str:
    where = OWN if actor.own_territory else OTHER
    tomorrow = cases.clock.now() + timedelta(days=1)
    made = create_token(
        cases,
        actor.name,
        territories=[where],
        schemes=[],
        verbs=actor.verbs,
        expires_at=tomorrow,
        per_minute=9999,
    )
    if actor.dead:
        revoke_token(cases, made.token.id)
    return made.secret


def is_refused(browser: Browser) -> bool:
    """Whether the answer tells no more than an address that does not exist, a sign-in page, or a need of a token."""
    if browser.status in (401, 403):
        return browser.response.headers["content-type"] == "application/problem+json"
    if browser.status == 303:
        return bool(
            re.fullmatch(r"(/|/t/[\w-]+/connexion|/agents/connexion)(\?.*)?", browser.response.headers["location"])
        )
    return browser.status == 404


def is_told_the_moment(browser: Browser, dossier: Dossier) -> bool:
    """Whether the answer says that the dossier has moved on, or leads to where it stands."""
    if browser.status == 303:
        return browser.response.headers["location"] == f"/t/{dossier.territory}/dossiers/{dossier.reference}"
    return browser.status == 409


def a_dossier(cases: UseCases, phase: Phase, *, email: str = "camille@exemple.fr", territory: str = OWN) -> Dossier:
    """Give a dossier of the simple scheme in a phase, of an applicant."""
    compiled = cases.snapshots.current(SCHEME, territory)
    assert compiled is not None
    account = _account(cases, email)
    filed = None if phase == "draft" else cases.clock.business()

    def act(tx: Tx) -> Dossier:
        return dossiers.start(
            tx,
            scheme=SCHEME,
            territory=territory,
            snapshot_hash=compiled.hash,
            by=account,
            account=account,
            phase=phase,
            filed_at=filed,
            end="granted" if phase in ("decided", "closed") else None,
        )

    return cases.store.act(act)


def phases_of(rule: Rule) -> tuple[Phase, ...]:
    """Give the phases worth trying: all for a route about a dossier, any one otherwise."""
    every: tuple[Phase, ...] = ("draft", "filed", "instruction", "decided", "closed")
    return every if rule.about_a_dossier else ("filed",)


def _account(cases: UseCases, email: str) -> str:
    return cases.store.act(lambda tx: accounts.ensure(tx, email)).id
