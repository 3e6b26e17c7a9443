"""Static files, themes and logos: what pages need beside themselves."""

from __future__ import annotations

from litestar import Request, Response
from litestar.params import FromPath

from guichet.model.logo import logo_svg
from guichet.web.assets import FOR_EVER
from guichet.web.errors import NotVisible
from guichet.web.pages import territory_of
from guichet.web.routing import get
from guichet.web.site import cases_of, site_of
from guichet.web.theme import theme_css

__all__ = ["HANDLERS"]

_SHORTLY = "public, max-age=300"


@get("/static/{name:path}", name="static")
def static_file(request: Request, name: FromPath[str]) -> Response[bytes]:
    """Gives a file of the static folder, kept for ever under the address that names its content."""
    try:
        asset = site_of(request).assets[name.lstrip("/")]
    except KeyError as error:
        raise NotVisible from error
    kept = FOR_EVER if request.query_params.get("v") == asset.digest else _SHORTLY
    if not asset.gzipped or "gzip" not in request.headers.get("accept-encoding", ""):
        return _file(asset.content, asset.media_type, kept)
    answer = _file(asset.gzipped, asset.media_type, kept)
    answer.headers.update({"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
    return answer


@get("/theme.css", name="theme")
def instance_theme() -> Response[bytes]:
    """Gives the theme of the pages that belong to no territory."""
    return _file(theme_css().encode(), "text/css", _SHORTLY)


@get("/t/{territory:str}/theme.css", name="territory_theme")
def territory_theme(request: Request) -> Response[bytes]:
    """Gives the theme made of a territory's colours."""
    brand = territory_of(request).brand
    kept = FOR_EVER if "v" in request.query_params else _SHORTLY
    return _file(theme_css(brand.colours).encode(), "text/css", kept)


@get("/t/{territory:str}/logo.svg", name="logo")
def logo(request: Request) -> Response[bytes]:
    """Gives the neutral logo made of a territory's initials and colours."""
    territory = territory_of(request)
    name = territory.authority_on(cases_of(request).today(territory.id)).name
    kept = FOR_EVER if "v" in request.query_params else _SHORTLY
    return _file(logo_svg(territory.brand, name).encode(), "image/svg+xml", kept)


def _file(content: bytes, media_type: str, kept: str) -> Response[bytes]:
    return Response(content, media_type=media_type, headers={"Cache-Control": kept})


HANDLERS = (static_file, instance_theme, territory_theme, logo)
