"""The frame of a page, by its audience: whose it is, its links, who is signed in, the language offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Request

from guichet.locale import Language, Texts, format_day, typeset_page
from guichet.model.territory import Territory
from guichet.web.access import READERS
from guichet.web.frames import AccessibilityStatus, AgentFrame, Link, PublicFrame
from guichet.web.said import take_said
from guichet.web.security.visits import Visit, visit_of
from guichet.web.site import Site, site_of

__all__ = ["frame_of", "logo_url", "territory_in_path", "theme_url"]


def frame_of(
    request: Request,
    language: Language,
    whose: Territory | None,
    *,
    title: str,
    navigation: tuple[Link, ...],
    breadcrumb: tuple[Link, ...],
    has_errors: bool,
    wide: bool,
    search: str,
    csrf: str,
) -> PublicFrame | AgentFrame:
    """Gives the frame of a page of a territory, or of the instance itself.

    Args:
        csrf: the hidden field of the forms of the frame.
        wide, search: of the pages of agents only.
    """
    site, visit = site_of(request), visit_of(request)
    typeset = typeset_page if language == "fr" else str
    shared = {
        "title": typeset(title),
        "territory": typeset(_name_of(whose, site)),
        "theme_url": theme_url(whose),
        "logo_url": logo_url(whose),
        "sandbox_day": _sandbox_day(site, whose, language),
        "practice": visit.practises,
        "breadcrumb": tuple(replace(one, label=typeset(one.label)) for one in breadcrumb),
        "has_errors": has_errors,
        "csrf": csrf,
        "said": take_said(visit, site, language),
        "accessibility": _accessibility(site, whose),
        "accessibility_url": f"{_root(whose)}accessibilite",
        "legal_url": f"{_root(whose)}mentions-legales",
        "language_url": _language_url(request, language),
    }
    if visit.rule.audience == "agents":
        return _agent_frame(visit, shared, navigation, wide=wide, search=search)
    return _public_frame(visit, shared, whose, navigation, Texts(language))


def _accessibility(site: Site, whose: Territory | None) -> AccessibilityStatus:
    """What a territory declares; on pages of no territory, what they all declare alike, else nothing."""
    if whose is not None:
        return whose.accessibility.status if whose.accessibility is not None else "none"
    stated = [one.accessibility for one in site.cases.territories.by_id.values()]
    found: set[AccessibilityStatus] = {one.status if one is not None else "" for one in stated}
    return found.pop() if len(found) == 1 else ""


def theme_url(territory: Territory | None) -> str:
    """Gives the address of a territory's theme, which changes with its colours."""
    if territory is None:
        return "/theme.css"
    return f"/t/{territory.id}/theme.css?v={'-'.join(colour[1:] for colour in territory.brand.colours)}"


def logo_url(territory: Territory | None) -> str:
    """Gives the address of a territory's logo, which changes with its brand; empty for the instance itself."""
    if territory is None:
        return ""
    mark = "-".join((territory.brand.initials, *(colour[1:] for colour in territory.brand.colours)))
    return f"/t/{territory.id}/logo.svg?v={mark}"


def _public_frame(
    visit: Visit, shared: dict[str, Any], whose: Territory | None, navigation: tuple[Link, ...], say: Texts
) -> PublicFrame:
    root = _root(whose)
    signed_in = visit.account is not None
    links = navigation
    if not links and whose is not None:
        mine = (Link(say("public.my_dossiers"), f"{root}dossiers"),) if signed_in else ()
        entry = () if signed_in else (Link(say("public.sign_in"), f"{root}connexion"),)
        links = (Link(say("public.schemes"), root), *mine, *entry)
    return PublicFrame(
        home_url=root,
        navigation=links,
        user=visit.account.email if visit.account else "",
        sign_out_url=f"{root}deconnexion" if signed_in and whose is not None else "",
        privacy_url=f"{root}donnees-personnelles",
        help_url=f"{root}aide" if whose is not None else "",
        **shared,
    )


def _agent_frame(
    visit: Visit, shared: dict[str, Any], navigation: tuple[Link, ...], *, wide: bool, search: str
) -> AgentFrame:
    agent = visit.agent
    return AgentFrame(
        home_url="/agents/",
        navigation=navigation,
        agent=agent.agent.name if agent else "",
        account_url="/agents/profil" if agent else "",
        sign_out_url="/agents/deconnexion" if visit.known else "",
        search_url="/agents/recherche" if agent and any(one.role in READERS for one in agent.assignments) else "",
        search=search,
        wide=wide,
        **shared,
    )


def _root(territory: Territory | None) -> str:
    return "/" if territory is None else f"/t/{territory.id}/"


def territory_in_path(request: Request) -> Territory | None:
    """Gives the territory of the route's `{territory}`; None on a route of the instance, or where there is none."""
    wanted = request.path_params.get("territory", "")
    return site_of(request).cases.territories.by_id.get(wanted)


def _name_of(territory: Territory | None, site: Site) -> str:
    if territory is None:
        return site.cases.name or "Guichet"
    return territory.authority_on(site.cases.today(territory.id)).name


def _sandbox_day(site: Site, territory: Territory | None, language: Language) -> str:
    """The business day in words on a sandbox; nothing on a live site."""
    if site.cases.mode == "live":
        return ""
    today = site.cases.today(territory.id) if territory is not None else site.cases.clock.business().date()
    return format_day(today, language)


def _language_url(request: Request, language: Language) -> str:
    path, other = quote(request.scope.get("root_path", "") + request.scope["path"]), "fr" if language == "en" else "en"
    if not request.scope["query_string"]:
        return f"{path}?lang={other}"
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{path}?{urlencode([*kept, ('lang', other)])}"
