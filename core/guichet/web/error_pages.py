"""The page of each error: what happened and what to do, never a path, a trace or somebody's data."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from guichet.plugin import PluginStopped
from guichet.services.refusals import NotFound, Refused
from guichet.storage.errors import ConstraintError, StoreClosedError, StoreRefusalError, StoreUnavailableError
from guichet.web.access import Rule
from guichet.web.errors import BodyTooLarge, NotNow, SignInNeeded
from guichet.web.pages import Page, redirect, render, texts_of
from guichet.web.security.cookies import read_cookies
from guichet.web.security.visits import Visit, visit_of
from guichet.web.site import site_of
from guichet.web.teleservice.addresses import dossier_url

__all__ = ["BUSY_PAGE", "HANDLERS"]

_LOG = logging.getLogger("guichet.web")
_NOT_THEIRS = (404, 405)
_KNOWN = (400, 403, 404, 405, 409, 413, 422, 429, 503)

BUSY_PAGE = (
    "<!doctype html><html lang=fr><meta charset=utf-8><title>Service très demandé</title>"
    "<meta name=viewport content='width=device-width'><h1>Le service est très demandé</h1>"
    "<p>Votre demande n’a pas été reçue. Rien n’est perdu : patientez une minute, puis rechargez cette page.</p>"
)
"""Light on purpose: no template, no style, no database."""


def http_error(request: Request, error: HTTPException) -> Page:
    """Gives the page of an error that has a status."""
    status = error.status_code if error.status_code in _KNOWN else 400 if error.status_code < 500 else 500
    if status == 500:
        return crash(request, error)
    values = {"limit": error.limit // 1_000_000 or 1} if isinstance(error, BodyTooLarge) else {}
    return _page(request, status, dict(error.headers or {}), **values)


def sign_in_needed(request: Request, error: SignInNeeded) -> Page:
    """Sends to the sign-in page; whoever was sending something learns that this was not kept, and what was."""
    if error.lost:
        return redirect(request, error.url, said="sign_in.lost", kind="warning")
    return redirect(request, error.url)


def refused(request: Request, error: Refused) -> Page:
    """Gives the page of a refusal that no handler explained better."""
    return _page(request, 404 if isinstance(error, NotFound) else 409)


def not_now(request: Request, error: NotNow) -> Page:
    """Sends an applicant back to where the dossier stands; says why to who meant to change it."""
    if request.method == "GET" and visit_of(request).rule.audience == "public":
        return redirect(request, dossier_url(error.dossier), said="errors.moved_on", kind="info")
    return http_error(request, error)


def overtaken(request: Request, error: StoreRefusalError) -> Page:
    """Gives the page of who comes second; the log keeps the rule of the database that said so."""
    if isinstance(error, ConstraintError):  # the only one that might be a mistake of ours
        _LOG.warning("the database refused an act", exc_info=error)
    return _page(request, 409)


def unavailable(_request: Request, error: Exception) -> Page:
    """Gives the light page of a site that cannot reach its database."""
    _LOG.error("the store is unavailable: %s", error)
    return Response(BUSY_PAGE, status_code=503, headers={"Retry-After": "60"}, media_type="text/html")


def plugin_stopped(request: Request, error: PluginStopped) -> Page:
    """Gives the page of a work that a plugin could not do: nothing was changed, and the log names the plugin."""
    _LOG.error("%s", error)
    return _page(request, 503, {"Retry-After": "300"}, "plugin")


def crash(request: Request, error: Exception) -> Page:
    """Gives the page of an unforeseen error: a number that the log repeats, and nothing else of it."""
    incident = secrets.token_hex(4).upper()
    # The name of the route, not the address: a link that signs in, or a reference, would stay in the log.
    route = getattr(request.scope.get("route_handler"), "name", None) or "?"
    _LOG.error("incident %s on %s %s", incident, request.method, route, exc_info=error)
    try:
        return _page(request, 500, incident=incident)
    except Exception:  # noqa: BLE001  the web error page is the last place an error may reach
        return Response(f"Erreur {incident}", status_code=500, media_type="text/plain")


HANDLERS: dict[Any, Any] = {
    HTTPException: http_error,
    NotNow: not_now,
    SignInNeeded: sign_in_needed,
    Refused: refused,
    StoreRefusalError: overtaken,
    StoreUnavailableError: unavailable,
    StoreClosedError: unavailable,
    PluginStopped: plugin_stopped,
    Exception: crash,
}


def _page(
    request: Request, status: int, headers: dict[str, str] | None = None, told: str = "", /, **values: str | int
) -> Page:
    _ensure_visit(request)
    say = texts_of(request)
    title = say(f"errors.title_{told or status}")
    text = say(f"errors.text_{told or status}", **values)
    agents = visit_of(request).rule.audience == "agents"
    territory = request.path_params.get("territory", "")
    home = f"/t/{territory}/" if territory in site_of(request).cases.territories else "/"
    return render(
        request,
        "errors/error.html",
        title=title,
        status=status,
        headers=headers,
        layout="layouts/agent.html" if agents else "layouts/public.html",
        text=text,
        home_url="/agents/" if agents else home,
        dossier_url="" if agents or status in _NOT_THEIRS else _dossier_of(request),
    )


def _dossier_of(request: Request) -> str:
    """The dossier that a failed request was about, which opens where it was left."""
    territory, reference = (request.path_params.get(name, "") for name in ("territory", "reference"))
    return f"/t/{territory}/dossiers/{reference}" if territory and reference else ""


def _ensure_visit(request: Request) -> None:
    """An address without route has met no doorkeeper: its visitor is nobody, who may have chosen a language."""
    if "visit" not in request.scope["state"]:
        cookies = read_cookies(request.headers.get("cookie", ""))
        request.scope["state"]["visit"] = Visit(Rule(frozenset()), "", cookies, session_id="-")
    request.scope.setdefault("path_params", {})
