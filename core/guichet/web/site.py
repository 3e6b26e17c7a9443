"""What every page of one running site shares, built once by `create_app`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Request

from guichet.services.api.openapi import Descriptions
from guichet.services.api.schemas import Applications
from guichet.services.cases import UseCases
from guichet.web.access import Audience, Rule
from guichet.web.assets import Assets
from guichet.web.endings import Endings
from guichet.web.rendering import Renderer
from guichet.web.security.cookies import Cookies
from guichet.web.security.known import KnownVisitors

__all__ = ["Site", "cases_of", "site_of"]


@dataclass(frozen=True, slots=True)
class Site:
    """Use cases, templates, static files, cookies, access rules and schemas of a site."""

    cases: UseCases
    renderer: Renderer
    assets: Assets
    cookies: Cookies
    rules: Mapping[str, Rule]
    visitors: KnownVisitors
    applications: Applications
    descriptions: Descriptions
    endings: Endings

    def session_cookie(self, audience: Audience) -> str:
        """Gives the name of the cookie that holds a session; applicants and agents have each their own."""
        return self.cookies.name("guichet-agent" if audience == "agents" else "guichet")


def site_of(request: Request) -> Site:
    """Gives the site a request came to."""
    return request.app.state.site


def cases_of(request: Request) -> UseCases:
    """Gives the use cases of the site a request came to."""
    return site_of(request).cases
