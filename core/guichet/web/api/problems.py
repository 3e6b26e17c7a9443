"""The problem of each error: the same events as the site's pages of errors, told to a program."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request
from litestar.exceptions import HTTPException

from guichet.locale import Language, Texts, format_day, format_instant
from guichet.services.api.faults import BodyRefused, KeyReused, MalformedBody
from guichet.services.api.submissions import LONGEST_KEY
from guichet.services.refusals import GateClosed, NotFound, NotOpen, Refused, TooManyAttempts
from guichet.storage.errors import ConstraintError, StoreClosedError, StoreRefusalError, StoreUnavailableError
from guichet.web.api.errors import Forbidden, KeyNeeded, TooFast, Unauthorised, WrongMediaType
from guichet.web.api.replies import Reply, problem
from guichet.web.api.visits import language_asked
from guichet.web.errors import BodyTooLarge, NotNow
from guichet.web.site import cases_of

__all__ = ["HANDLERS", "is_for_the_api"]

_LOG = logging.getLogger("guichet.web")
_WAIT = {"Retry-After": "60"}


def is_for_the_api(request: Request) -> bool:
    """Whether a request asks for an address of the API, even one that is not there."""
    return request.scope["path"].startswith("/api/") or request.scope["path"] == "/api"


def http_error(request: Request, error: HTTPException) -> Reply:
    """Gives the problem of an error that has a status."""
    say = _texts(request)
    match error:
        case Unauthorised():
            told = {"WWW-Authenticate": "Bearer"}
            return problem(
                401, "unauthorised", say("api.problem_unauthorised"), say("api.detail_unauthorised"), headers=told
            )
        case Forbidden():
            detail = say("api.detail_forbidden", verbs=", ".join(error.verbs))
            return problem(403, "forbidden", say("api.problem_forbidden"), detail, needs=error.verbs)
        case TooFast():
            detail = say("api.detail_too_many", limit=error.limit, seconds=error.seconds)
            return problem(429, "too_many_requests", say("api.problem_too_many"), detail, headers=error.headers)
        case KeyNeeded():
            detail = say("api.detail_key_needed", most=LONGEST_KEY)
            return problem(400, "key_needed", say("api.problem_key_needed"), detail)
        case WrongMediaType():
            detail = say("api.detail_media_type", expected=error.expected)
            return problem(415, "media_type", say("api.problem_media_type"), detail)
        case BodyTooLarge():
            detail = say("api.detail_too_large", limit=error.limit)
            return problem(413, "too_large", say("api.problem_too_large"), detail)
        case _:
            return _by_status(request, error, say)


def refused(request: Request, error: Refused) -> Reply:
    """Gives the problem of a use case that says no."""
    say = _texts(request)
    match error:
        case NotFound():
            return problem(404, "not_found", say("api.problem_not_found"), say("api.detail_not_found"))
        case MalformedBody():
            return problem(400, error.code, say("api.problem_bad_request"), say(f"api.{error.code}", **error.data))
        case KeyReused():
            return problem(422, "key_reused", say("api.problem_key_reused"), say("api.detail_key_reused"))
        case BodyRefused():
            detail = say("api.detail_body_refused", count=len(error.faults))
            return problem(422, "body_refused", say("api.problem_body_refused"), detail, faults=error.faults)
        case GateClosed():
            reasons = [" ".join(str(one).split()) for one in error.data.get("reasons", ())]  # pyright: ignore[reportGeneralTypeIssues]  a tuple of sentences
            detail = say("api.detail_gate_closed", reasons=" ".join(reasons)).strip()
            return problem(422, "gate_closed", say("api.problem_gate_closed"), detail, reasons=reasons)
        case NotOpen():
            detail = say(f"api.detail_not_open_{error.state}", at=_when(request, error.data["at"], say.language))
            return problem(409, "not_open", say("api.problem_not_open"), detail)
        case TooManyAttempts():
            seconds = max(1, ceil((error.until - cases_of(request).clock.now()).total_seconds()))
            detail = say("api.detail_gate_tries", seconds=seconds)
            headers = {"Retry-After": str(seconds)}
            return problem(429, "gate_tries", say("api.problem_too_many"), detail, headers=headers)
        case _:
            return problem(409, error.code, say("api.problem_conflict"))


def overtaken(request: Request, error: StoreRefusalError) -> Reply:
    """Gives the problem of who comes second; the log keeps the rule of the database that said so."""
    if isinstance(error, ConstraintError):  # the only one that might be a mistake of ours
        _LOG.warning("the database refused an act", exc_info=error)
    return problem(409, "conflict", _texts(request)("api.problem_conflict"))


def unavailable(request: Request, error: Exception) -> Reply:
    """Gives the problem of a site that cannot reach its database."""
    _LOG.error("the store is unavailable: %s", error)
    say = _texts(request)
    return problem(503, "unavailable", say("api.problem_unavailable"), say("api.detail_unavailable"), headers=_WAIT)


def crash(request: Request, error: Exception) -> Reply:
    """Gives the problem of an unforeseen error: a number that the log repeats, and nothing else of it."""
    incident = secrets.token_hex(4).upper()
    route = getattr(request.scope.get("route_handler"), "name", None) or "?"
    _LOG.error("incident %s on %s %s", incident, request.method, route, exc_info=error)
    say = _texts(request)
    return problem(
        500, "crash", say("api.problem_crash"), say("api.detail_crash", incident=incident), incident=incident
    )


HANDLERS: dict[Any, Any] = {
    HTTPException: http_error,
    NotNow: http_error,
    Refused: refused,
    StoreRefusalError: overtaken,
    StoreUnavailableError: unavailable,
    StoreClosedError: unavailable,
    Exception: crash,
}


def _by_status(request: Request, error: HTTPException, say: Texts) -> Reply:
    if error.status_code == 404:
        return problem(404, "not_found", say("api.problem_not_found"), say("api.detail_not_found"))
    if error.status_code == 405:
        return problem(405, "method", say("api.problem_method"), headers=dict(error.headers or {}))
    if error.status_code < 500:
        return problem(400, "bad_request", say("api.problem_bad_request"))
    return crash(request, error)


def _texts(request: Request) -> Texts:
    return Texts(language_asked(request.headers.get("accept-language", "")))


def _when(request: Request, at: object, language: Language) -> str:
    territory = cases_of(request).territory(request.path_params["territory"])
    if isinstance(at, datetime):
        return format_instant(at.astimezone(ZoneInfo(territory.time_zone)), language)
    return format_day(at, language)  # pyright: ignore[reportArgumentType]  an instant or a day
