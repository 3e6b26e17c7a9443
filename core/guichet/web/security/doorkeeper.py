"""The one door of every route: rule, session, role, token and body are settled before a handler runs."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from urllib.parse import urlencode

from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from guichet.services.agents import SignedAgent
from guichet.web.access import AGENT_ROLES, Rule
from guichet.web.errors import BadRequest, BodyTooLarge, ExpiredForm, NotVisible, SignInNeeded
from guichet.web.security.cookies import read_cookies
from guichet.web.security.forms import TOKEN_FIELD, BadBody, Form, read_multipart, read_urlencoded
from guichet.web.security.known import KnownVisitors
from guichet.web.security.visits import Visit
from guichet.web.site import Site

__all__ = ["Doorkeeper"]

_LOG = logging.getLogger("guichet.web")
_DRAINED = 64 << 20  # what is read of a body too large, so that the browser shows our page and not a cut connection


class Doorkeeper(ASGIMiddleware):
    """Lets a request through to its handler, or raises the error its page explains."""

    def __init__(self, site: Site, visitors: KnownVisitors) -> None:
        self._site = site
        self._visitors = visitors

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Settles who asks and what was posted, then goes on."""
        if scope["type"] != "http":
            raise NotVisible
        handler = scope["route_handler"]
        rule = self._site.rules.get(handler.name or "")
        if rule is None:
            _LOG.error("route %s is not declared in the access matrix", handler.name or handler)
            raise NotVisible
        headers = dict(scope["headers"])
        visit = self._visit(rule, headers.get(b"cookie", b"").decode("latin-1"))
        scope["state"]["visit"] = visit
        if visit.session_id:
            visit.known = await self._who(visit.session_id)
        self._admit(visit, scope)
        if scope["method"] == "POST":
            visit.form = await self._posted(handler, visit, headers, receive)
        try:
            await next_app(scope, receive, send)
        finally:
            visit.form.close()

    def _visit(self, rule: Rule, cookie_header: str) -> Visit:
        cookies = read_cookies(cookie_header)
        name = self._site.session_cookie(rule.audience)
        return Visit(rule, name, cookies, session_id=cookies.get(name, ""), secure=self._site.cookies.secure)

    async def _who(self, session_id: str):  # noqa: ANN202
        known = self._visitors.fresh(session_id)
        if known is None:
            known = await sync_to_thread(self._visitors.look_up, session_id)
        return known
