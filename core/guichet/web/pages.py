"""From a template to an answer: the frame around every page, redirections, and what is said after an act."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from litestar import Request, Response

from guichet.locale import Language, MissingTextError, Texts, format_day
from guichet.model.territory import Territory
from guichet.web.access import READERS
from guichet.web.frames import AgentFrame, Link, PublicFrame, Said
from guichet.web.rendering import csrf_field
from guichet.web.security.visits import Visit, visit_of
from guichet.web.site import Site, cases_of, site_of

__all__ = [
    "Page",
    "asked_in_address",
    "html",
    "language_of",
    "redirect",
    "render",
    "safe_path",
    "say_next",
    "territory_of",
    "texts_of",
    "without_trace",
]

Page = Response[str]
Kind = Literal["success", "info", "warning", "danger"]

_SAID = "guichet-said"
_LANGUAGE = "guichet-lang"
_YEAR_S = 365 * 86400
_KEPT_FOR_BACK = {"Cache-Control": "private, no-cache"}
"""What answers a post cannot be fetched again: a browser that kept nothing would offer to send the form twice."""


def render(
    request: Request,
    template: str,
    /,
    *,
    title: str,
    status: int = 200,
    territory: Territory | None = None,
    navigation: Sequence[Link] = (),
    breadcrumb: Sequence[Link] = (),
    has_errors: bool = False,
    wide: bool = False,
    search: str = "",
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Page:
    """Gives the page of a template inside the frame of its audience.

    The template reads `page` (the frame), `csrf` (the hidden field of its forms) and what is given here.

    Args:
        title: of the document; the page's `h1` is the template's.
        territory: whose page it is; by default the one of the route's `{territory}`.
        navigation: links of the header; by default those of the audience.
        has_errors: the title of the document then says so, and the status becomes 422 unless given.
    """
    site, language = site_of(request), language_of(request)
    visit = visit_of(request)
    whose = territory or _territory_in_path(request, site)
    was_known = bool(visit.session_id)
    token = csrf_field(visit.csrf())
    shared = {
        "title": title,
        "territory": _name_of(whose, site),
        "theme_url": theme_url(whose),
        "logo_url": logo_url(whose),
        "sandbox_day": _sandbox_day(site, whose, language),
        "practice": visit.practises,
        "breadcrumb": tuple(breadcrumb),
        "has_errors": has_errors,
        "csrf": token,
        "said": _take_said(visit, site, language),
        "accessibility": whose.accessibility.status if whose and whose.accessibility else "none",
        "accessibility_url": f"{_root(whose)}accessibilite",
        "legal_url": f"{_root(whose)}mentions-legales",
        "language_url": _language_url(request, language),
    }
    if visit.rule.audience == "agents":
        frame = _agent_frame(visit, shared, tuple(navigation), wide=wide, search=search)
    else:
        frame = _public_frame(visit, shared, whose, tuple(navigation), Texts(language))
    body = site.renderer.render(template, language, page=frame, csrf=token, **context)
    if not was_known and visit.csrf() not in body:
        visit.forget()  # a page without a form leaves no cookie
    if request.method == "POST":
        headers = {**_KEPT_FOR_BACK, **(headers or {})}
    return html(body, 422 if has_errors and status == 200 else status, headers)


def without_trace(page: Page) -> Page:
    """Gives the answer that ends a session, after which this browser keeps no page of this site."""
    page.headers["Clear-Site-Data"] = '"cache"'
    return page


def html(body: str, status: int = 200, headers: dict[str, str] | None = None) -> Page:
    """Gives an answer of HTML."""
    return Response(body, status_code=status, media_type="text/html", headers=headers)


def redirect(request: Request, path: str, *, said: str = "", kind: Kind = "success", **values: str | int) -> Page:
    """Sends the browser to a page of this site after a post, with a text to show there once.

    Args:
        path: an address of this site; anything else is refused.
        said: the key of a text of the locale, filled with `values`.

    Raises:
        ValueError: the address is not one of this site.
    """
    if safe_path(path) != path:
        raise ValueError(f"not an address of this site: {path!r}")
    if said:
        say_next(request, said, kind=kind, **values)
    return Response("", status_code=303, headers={"Location": path}, media_type="text/plain")


def say_next(request: Request, said: str, *, kind: Kind = "success", **values: str | int) -> None:
    """Keeps a text to show on the next page."""
    packed = urlsafe_b64encode(json.dumps([kind, said, values]).encode()).decode()
    visit_of(request).answers.append(site_of(request).cookies.make(_SAID, packed, 60))


def safe_path(text: str, default: str = "/") -> str:
    """Gives an address of this site as it was given, the default for anything that leads elsewhere.

    >>> safe_path("/t/reg-53/?a=1"), safe_path("//elsewhere.example"), safe_path("https://elsewhere.example")
    ('/t/reg-53/?a=1', '/', '/')
    """
    if not text.startswith("/") or text.startswith("//") or "\\" in text or not text.isprintable() or " " in text:
        return default
    try:
        parts = urlsplit(text)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else text


def asked_in_address(request: Request, name: str) -> str:
    """Gives a value of the address after its `?`; empty without one, which most addresses have not."""
    return request.query_params.get(name, "") if request.scope["query_string"] else ""


def language_of(request: Request) -> Language:
    """Gives the language of the page: asked for in the address, chosen before, or French."""
    visit: Visit | None = request.scope["state"].get("visit")
    if visit is None:
        return "en" if asked_in_address(request, "lang") == "en" else "fr"
    if visit.language is None:
        visit.language = _chosen_language(request, visit)
    return visit.language


def _chosen_language(request: Request, visit: Visit) -> Language:
    """The language asked for in the address, kept for the next pages; else the one kept."""
    cookies, asked = site_of(request).cookies, asked_in_address(request, "lang")
    if asked in ("fr", "en"):
        visit.answers.append(cookies.make(_LANGUAGE, asked, _YEAR_S))
    else:
        asked = visit.cookies.get(cookies.name(_LANGUAGE), "")
    return "en" if asked == "en" else "fr"


def texts_of(request: Request) -> Texts:
    """Gives the texts of the page's language: `texts_of(request)("sign_in.title")`."""
    return Texts(language_of(request))


def territory_of(request: Request) -> Territory:
    """Gives the territory of the route's `{territory}`; the doorkeeper has refused unknown ones."""
    return cases_of(request).territory(request.path_params["territory"])


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


def _territory_in_path(request: Request, site: Site) -> Territory | None:
    wanted = request.path_params.get("territory", "")
    return site.cases.territories.by_id.get(wanted)


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


def _take_said(visit: Visit, site: Site, language: Language) -> tuple[Said, ...]:
    """What the page before asked to say; a cookie that is not ours says nothing."""
    packed = visit.cookies.get(site.cookies.name(_SAID), "")
    if not packed:
        return ()
    visit.answers.append(site.cookies.take_back(_SAID))
    try:
        kind, key, values = json.loads(urlsafe_b64decode(packed))
        shown = {str(name): value if isinstance(value, int) else str(value) for name, value in values.items()}
        return (Said(Texts(language)(str(key), **shown), kind if kind in ("info", "warning", "danger") else "success"),)
    except (ValueError, TypeError, AttributeError, MissingTextError):
        return ()
