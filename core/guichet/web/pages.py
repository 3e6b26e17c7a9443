"""From a template to an answer: pages in their frame, redirections, the language of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response

from guichet.locale import Language, Texts
from guichet.model.territory import Territory
from guichet.web.frames import Link
from guichet.web.framing import frame_of, territory_in_path
from guichet.web.rendering import csrf_field
from guichet.web.said import Kind, say_next
from guichet.web.security.visits import Visit, visit_of
from guichet.web.site import cases_of, site_of

__all__ = [
    "Page",
    "asked_in_address",
    "html",
    "language_of",
    "redirect",
    "render",
    "safe_path",
    "territory_of",
    "texts_of",
    "without_trace",
]

Page = Response[str]

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
    was_known = bool(visit.session_id)
    token = csrf_field(visit.csrf())
    frame = frame_of(
        request,
        language,
        territory or territory_in_path(request),
        title=title,
        navigation=tuple(navigation),
        breadcrumb=tuple(breadcrumb),
        has_errors=has_errors,
        wide=wide,
        search=search,
        csrf=token,
    )
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
