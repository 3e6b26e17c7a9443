"""What the agents' pages share: the navigation, the token of their forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Request

from guichet.locale import typeset_page
from guichet.model.territory import Territory
from guichet.web.errors import NotVisible
from guichet.web.frames import Link
from guichet.web.instruction.addresses import HOME, SCREENS, helpdesk_address
from guichet.web.pages import Page, render, texts_of
from guichet.web.rendering import csrf_field
from guichet.web.security.people import current_agent
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["agent_id", "agent_page", "csrf", "scheme_title", "today_roles"]


def agent_id(request: Request) -> str:
    """The id of the agent who has signed in."""
    return current_agent(request).id


def csrf(request: Request) -> str:
    """The hidden field of the forms of a page."""
    return csrf_field(visit_of(request).csrf())


def today_roles(request: Request) -> frozenset[str]:
    """Every role the agent holds somewhere today."""
    agent, today = current_agent(request), cases_of(request).today
    return frozenset(
        one.role for one in agent.assignments if one.ends_on is None or today(one.territory) <= one.ends_on
    )


def agent_page(
    request: Request,
    template: str,
    /,
    *,
    title: str,
    current: str = "",
    territory: Territory | None = None,
    breadcrumb: Sequence[Link] = (),
    **context: Any,
) -> Page:
    """Gives a page inside the agents' frame, with the navigation of this agent.

    Args:
        current: the part of the navigation the page belongs to: `home` or `helpdesk`.
    """
    say, roles = texts_of(request), today_roles(request)
    links: list[Link] = []
    if roles - {"helpdesk", "admin"}:
        links.append(Link(say("instruction.nav_home"), HOME, current=current == "home"))
    if "helpdesk" in roles:
        links.append(Link(say("instruction.nav_helpdesk"), helpdesk_address(), current=current == "helpdesk"))
    if any(one.place != "dossier" and one.roles & roles for one in cases_of(request).plugins.screens.values()):
        links.append(Link(say("screens.nav"), SCREENS, current=current == "screens"))
    return render(
        request, template, title=title, territory=territory, navigation=links, breadcrumb=breadcrumb, **context
    )


def scheme_title(request: Request, scheme: str, territory: str) -> str:
    """The title of a scheme as published in a territory; raises NotVisible."""
    compiled = cases_of(request).snapshots.current(scheme, territory)
    if compiled is None:
        raise NotVisible
    return typeset_page(compiled.scheme.title)
