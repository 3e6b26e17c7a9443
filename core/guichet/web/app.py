"""The web application: every area's handlers behind one door, its headers on every answer."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler, LifeSpanReceive, LifeSpanScope, LifeSpanSend, Receive, Scope, Send

from guichet.services.api.openapi import Descriptions
from guichet.services.api.schemas import Applications
from guichet.services.cases import UseCases
from guichet.web import api, error_pages, health, instruction, public, teleservice
from guichet.web.access import MATRIX, Rule
from guichet.web.api import problems
from guichet.web.assets import Assets
from guichet.web.endings import Endings
from guichet.web.rendering import Renderer
from guichet.web.security.cookies import Cookies
from guichet.web.security.doorkeeper import Doorkeeper
from guichet.web.security.front import Front
from guichet.web.security.known import KnownVisitors
from guichet.web.site import Site

__all__ = ["HANDLERS", "Site", "WebApp", "create_app"]

Explain: TypeAlias = Callable[[Request, Any], Any]

HANDLERS: tuple[ControllerRouterHandler, ...] = (
    *health.HANDLERS,
    *public.HANDLERS,
    *teleservice.HANDLERS,
    *instruction.HANDLERS,
    *api.HANDLERS,
)
_BODY_LIMIT = 1_000_000
_THREADS = 32
_TURN_S = 0.0005
"""How long a thread that computes keeps another waiting. The one that writes waits again at each statement of an act:
with Python's own five milliseconds, a page being made would hold up every filing."""


class WebApp(Litestar):
    """Litestar behind our front: headers, HEAD, overload."""

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        """Serves a request through the front; anything else goes straight in."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        front: Front = self.state.front
        await front.serve(super().__call__, scope, receive, send)


def create_app(
    cases: UseCases,
    *,
    handlers: Sequence[ControllerRouterHandler] = HANDLERS,
    rules: Mapping[str, Rule] = MATRIX,
    most_at_once: int = 512,
    script: str = "",
) -> WebApp:
    """Gives the application that serves an instance; the caller closes `cases.store` after it has stopped.

    Args:
        handlers: what is served; a handler whose name has no line among the rules answers 404.
        most_at_once: requests under way in this process beyond which new ones are asked to come back.
        script: the static file of a script that every page loads besides its own.
    """
    secure = cases.mode == "live" or cases.base_url.startswith("https://")
    assets = Assets()
    applications = Applications(cases.base_url)
    site = Site(
        cases=cases,
        renderer=Renderer(static=assets.urls, script=script),
        assets=assets,
        cookies=Cookies(secure=secure),
        rules=rules,
        visitors=KnownVisitors(cases),
        applications=applications,
        descriptions=Descriptions(cases, applications),
        endings=Endings(),
    )
    return WebApp(
        route_handlers=handlers,
        middleware=[Doorkeeper(site)],
        exception_handlers=_explanations(),
        state=State({"site": site, "front": Front(hsts=secure, most_at_once=most_at_once)}),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=_BODY_LIMIT,
        on_startup=[_widen],
        debug=False,
    )


async def _widen() -> None:
    """Handlers wait for the database in threads: as many as let waiting acts share a commit, and readers a page."""
    sys.setswitchinterval(min(sys.getswitchinterval(), _TURN_S))
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="guichet-web"))


def _explanations() -> dict[Any, Explain]:
    """What explains each error: a page to people, a problem to programs."""
    return {
        kind: _page_or_problem(page, problems.HANDLERS[kind]) if kind in problems.HANDLERS else page
        for kind, page in error_pages.HANDLERS.items()
    }


def _page_or_problem(page: Explain, problem: Explain) -> Explain:
    def explain(request: Request, error: Any) -> Any:
        return problem(request, error) if problems.is_for_the_api(request) else page(request, error)

    return explain
