"""The pages that plugins bring: their list, and each of them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from litestar import Request
from litestar.params import FromPath

from guichet.services.refusals import NotFound
from guichet.services.screens import FoundScreen, ask_screen, find_screen, screens_for
from guichet.web.errors import NotVisible
from guichet.web.frames import Link
from guichet.web.instruction.addresses import HOME, SCREENS, dossier_address, screen_address, table_address
from guichet.web.instruction.frame import agent_id, agent_page, scheme_title, today_roles
from guichet.web.instruction.screen_model import screen_model
from guichet.web.pages import Page, language_of, texts_of
from guichet.web.routing import get
from guichet.web.security.people import current_agent, the_dossier
from guichet.web.site import cases_of

__all__ = ["HANDLERS", "dossier_links"]

_MOST_PAGES = 500


@get("/agents/ecrans", name="screens")
def every_screen(request: Request) -> Page:
    """Shows the pages that plugins bring to this agent."""
    cases, say = cases_of(request), texts_of(request)
    found = [one for one in screens_for(cases, agent_id(request)) if one.dossier is None]
    places = [
        {"name": cases.territory(where).name, "screens": [_link(request, one) for one in screens]}
        for where, screens in groupby(found, key=lambda one: one.territory)
    ]
    why = "" if places else _why_none(request)
    title = say("screens.title")
    return agent_page(request, "instruction/screens.html", title=title, current="screens", places=places, why=why)


@get("/agents/ecrans/t/{territory:str}/{screen:str}", name="territory_screen")
def territory_screen(request: Request, territory: FromPath[str], screen: FromPath[str]) -> Page:
    """Shows a plugin's page about a territory."""
    return _page(request, _found(request, screen, territory=territory))


@get("/agents/ecrans/t/{territory:str}/{scheme:str}/{screen:str}", name="scheme_screen")
def scheme_screen(request: Request, territory: FromPath[str], scheme: FromPath[str], screen: FromPath[str]) -> Page:
    """Shows a plugin's page about a scheme of a territory."""
    return _page(request, _found(request, screen, territory=territory, scheme=scheme))


@get("/agents/dossiers/{reference:str}/ecrans/{screen:str}", name="dossier_screen")
def dossier_screen(request: Request, reference: FromPath[str], screen: FromPath[str]) -> Page:
    """Shows a plugin's page about a dossier."""
    the_dossier(request, reference)
    return _page(request, _found(request, screen, reference=reference))


def dossier_links(request: Request, reference: str) -> list[dict[str, str]]:
    """The plugins' pages about a dossier that this agent may open."""
    return [_link(request, one) for one in screens_for(cases_of(request), agent_id(request), reference)]


def _why_none(request: Request) -> str:
    """Why no page is offered: to who administers schemes and no whole territory, what the assignment must be."""
    held = current_agent(request).assignments
    schemes = dict.fromkeys(one.scheme for one in held if one.role == "admin")
    if today_roles(request) != {"admin"} or None in schemes:
        return texts_of(request)("screens.none")
    return texts_of(request)("screens.none_of_scheme", schemes=", ".join(str(one) for one in schemes))


def _found(request: Request, key: str, **place: str) -> FoundScreen:
    try:
        return find_screen(cases_of(request), agent_id(request), key, **place)
    except NotFound as error:
        raise NotVisible from error


def _page(request: Request, found: FoundScreen) -> Page:
    cases, language = cases_of(request), language_of(request)
    asked = request.query_params.get("page", "1")[:9]
    page = min(max(int(asked), 1), _MOST_PAGES) if asked.isascii() and asked.isdigit() else 1
    answered = ask_screen(cases, agent_id(request), found, page, language)
    here = _address(found)
    title = found.screen.titles.get(language) or found.screen.titles.get("fr") or found.screen.key
    return agent_page(
        request,
        "instruction/screen.html",
        title=title,
        current="screens",
        territory=cases.territory(found.territory),
        breadcrumb=_crumbs(request, found, title),
        name=title,
        plugin=cases.plugins.owners.get(("screens", found.screen.key), ""),
        **screen_model(request, found, answered),
        earlier=f"{here}?page={page - 1}" if page > 1 else "",
        later=f"{here}?page={page + 1}" if answered.more else "",
    )


def _crumbs(request: Request, found: FoundScreen, title: str) -> list[Link]:
    say = texts_of(request)
    if found.dossier is not None:
        reference = found.dossier.reference
        return [Link(say("instruction.nav_home"), HOME), Link(reference, dossier_address(reference)), Link(title)]
    crumbs = [Link(say("screens.title"), SCREENS), Link(cases_of(request).territory(found.territory).name)]
    if found.scheme:
        name = scheme_title(request, found.scheme, found.territory)
        crumbs.append(Link(name, table_address(found.territory, found.scheme)))
    return [*crumbs, Link(title)]


def _link(request: Request, one: FoundScreen) -> dict[str, str]:
    language = language_of(request)
    note = scheme_title(request, one.scheme, one.territory) if one.scheme and one.dossier is None else ""
    title = one.screen.titles.get(language) or one.screen.titles.get("fr") or one.screen.key
    return {"title": title, "href": _address(one), "note": note}


def _address(one: FoundScreen) -> str:
    reference = one.dossier.reference if one.dossier is not None else ""
    return screen_address(one.screen.key, one.territory, one.scheme, reference)


HANDLERS: tuple[Any, ...] = (every_screen, territory_screen, scheme_screen, dossier_screen)
