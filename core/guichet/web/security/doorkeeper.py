"""The one door of every route: rule, session, role, token and body are settled before a handler runs."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlencode

from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from guichet.services.agents import SignedAgent
from guichet.services.sessions import Known
from guichet.web.access import Rule
from guichet.web.api.door import ApiDoor
from guichet.web.errors import BadRequest, NotVisible, SignInNeeded
from guichet.web.security.bodies import read_form
from guichet.web.security.cookies import read_cookies
from guichet.web.security.visits import Visit
from guichet.web.site import Site

__all__ = ["Doorkeeper"]

_LOG = logging.getLogger("guichet.web")


class Doorkeeper(ASGIMiddleware):
    """Lets a request through to its handler, or raises the error its page explains."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._api = ApiDoor(site.cases)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Settles who asks and what was posted, then goes on."""
        handler = scope["route_handler"]
        rule = self._site.rules.get(handler.name or "")
        if scope["type"] != "http" or not isinstance(handler, HTTPRouteHandler) or rule is None:
            _LOG.error("route %s is not declared in the access matrix", handler.name or handler)
            raise NotVisible
        _refuse_null(scope)
        if rule.audience == "software":
            await self._api.handle(rule, handler, scope, receive, send, next_app)
            return
        headers = dict(scope["headers"])
        visit = await self._visit(rule, headers)
        scope["state"]["visit"] = visit
        self._admit(visit, scope)
        if scope["method"] == "POST":
            visit.form = await read_form(handler, visit, headers, receive)
        try:
            await next_app(scope, receive, _checked(visit, handler.name or "", send))
        finally:
            visit.form.close()

    async def _visit(self, rule: Rule, headers: Mapping[bytes, bytes]) -> Visit:
        cookies = read_cookies(headers.get(b"cookie", b"").decode("latin-1"))
        name = self._site.session_cookie(rule.audience)
        visit = Visit(rule, name, cookies, session_id=cookies.get(name, ""), secure=self._site.cookies.secure)
        if visit.session_id:
            known = await self._who(visit.session_id)
            if known is not None and (known.session.kind == "applicant") == (rule.audience == "public"):
                visit.known = known
        return visit

    async def _who(self, session_id: str) -> Known | None:
        visitors = self._site.visitors
        found = visitors.fresh(session_id)
        if found is not None:
            return found
        if self._site.cases.store.local:  # two rows by their keys: a thread would cost more
            return visitors.look_up(session_id)
        return await sync_to_thread(visitors.look_up, session_id)

    def _admit(self, visit: Visit, scope: HTTPScope) -> None:
        """Refuses who the rule does not name; a dossier's own cells are checked when the handler reads it."""
        territory: str = scope["path_params"].get("territory", "")
        if territory and territory not in self._site.cases.territories:
            raise NotVisible
        roles = visit.rule.roles
        if "anonymous" in roles:
            return
        if visit.rule.audience == "public":
            if visit.account is None:
                raise _sign_in_needed(f"/t/{territory}/connexion" if territory else "/", scope)
        elif "half" in roles:
            if visit.half is None:
                raise SignInNeeded("/agents/connexion")
        elif visit.agent is None:
            raise _sign_in_needed("/agents/connexion", scope)
        elif not self._holds(visit.agent, visit.rule, territory):
            raise NotVisible

    def _holds(self, agent: SignedAgent, rule: Rule, territory: str) -> bool:
        """Whether the agent has a role of the rule today: in this territory, or in any when the route names none."""
        today = self._site.cases.today
        return any(
            one.role in rule.roles
            and territory in ("", one.territory)
            and (one.ends_on is None or today(one.territory) <= one.ends_on)
            for one in agent.assignments
        )


def _refuse_null(scope: HTTPScope) -> None:
    """Refuses the one character that a server's database takes in no text, wherever an address brings it."""
    if "\0" in scope["path"]:
        raise NotVisible
    if b"%00" in scope["query_string"]:
        raise BadRequest("a null character")


def _checked(visit: Visit, handler: str, send: Send) -> Send:
    """Withholds the answer of a handler that showed a dossier without asking whether it may."""
    if not visit.rule.about_a_dossier:
        return send
    withheld = False

    async def send_checked(message: Message) -> None:
        nonlocal withheld
        if message["type"] == "http.response.start" and message["status"] < 400 and not visit.dossier_checked:
            withheld = True
            _LOG.error("route %s answered about a dossier without the_dossier(): its answer is withheld", handler)
            await send({"type": "http.response.start", "status": 500, "headers": []})
        elif withheld and message["type"] == "http.response.body":
            await send({"type": "http.response.body", "body": b"", "more_body": message.get("more_body", False)})
        else:
            await send(message)

    return send_checked


def _sign_in_needed(page: str, scope: HTTPScope) -> SignInNeeded:
    """The sign-in page, with the way back to what was read, or to the dossier that what was sent was about."""
    sending = scope["method"] != "GET"
    if sending:
        reference = scope["path_params"].get("reference", "")
        before = scope["path"].partition("/dossiers/")[0]
        wanted = f"{before}/dossiers/{reference}" if reference else ""
    else:
        query = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
    return SignInNeeded(f"{page}?{urlencode({'suite': wanted})}" if wanted else page, lost=sending)
