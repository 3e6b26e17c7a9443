"""Reading: dossiers in the order of their changes, those deleted since, one of them, and what the token may do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast, get_args

from litestar import Request
from litestar.params import FromPath

from guichet.model.records import End, Phase
from guichet.services.api.faults import MalformedBody
from guichet.services.api.reading import MOST, Wanted, etag_of, list_dossiers, list_gone, read_dossier
from guichet.storage.dossier_feed import FeedFilter
from guichet.web.api.replies import Reply, reply, reply_unless_known
from guichet.web.api.visits import token_of
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]

_PHASES = tuple(phase for phase in get_args(Phase) if phase != "draft")
_ENDS = get_args(End)


@get("/api/token", name="api_token")
def token(request: Request) -> Reply:
    """Says what the token may do, where and until when."""
    mine = token_of(request)
    return reply(
        {
            "name": mine.name,
            "territories": mine.territories,
            "schemes": mine.schemes or None,
            "verbs": mine.verbs,
            "per_minute": mine.per_minute,
            "expires_at": mine.expires_at,
        }
    )


@get("/api/t/{territory:str}/{scheme:str}/dossiers", name="api_dossiers")
def dossiers(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Reply:
    """Gives a page of the filed dossiers."""
    wanted = Wanted(
        FeedFilter(
            territory,
            scheme,
            phases=cast("tuple[Phase, ...]", _several(request, "phase", _PHASES)),
            ends=cast("tuple[End, ...]", _several(request, "end", _ENDS)),
            to_complete=_flag(request, "to_complete"),
            practice=_flag(request, "practice") or False,
            since=_instant(request, "updated_since"),
        ),
        request.query_params.get("cursor", ""),
        _limit(request),
    )
    return reply(list_dossiers(cases_of(request), token_of(request), wanted).as_json())


@get("/api/t/{territory:str}/{scheme:str}/gone-dossiers", name="api_gone_dossiers")
def gone_dossiers(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Reply:
    """Gives a page of the filed dossiers deleted since."""
    of = FeedFilter(territory, scheme, since=_instant(request, "gone_since"))
    wanted = Wanted(of, request.query_params.get("cursor", ""), _limit(request))
    return reply(list_gone(cases_of(request), wanted).as_json())


@get("/api/t/{territory:str}/{scheme:str}/dossiers/{reference:str}", name="api_dossier")
def dossier(request: Request, territory: FromPath[str], scheme: FromPath[str], reference: FromPath[str]) -> Reply:
    """Gives one dossier; nothing but 304 when the one named in `If-None-Match` still stands."""
    shown = read_dossier(cases_of(request), token_of(request), territory, scheme, reference)
    return reply_unless_known(request, etag_of(shown), shown)


def _several(request: Request, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    given = [part for value in request.query_params.getall(name, []) for part in value.split(",")]
    if set(given) - set(known):
        raise MalformedBody("query", name=name)
    return tuple(dict.fromkeys(given))


def _flag(request: Request, name: str) -> bool | None:
    given = request.query_params.get(name)
    if given not in (None, "true", "false"):
        raise MalformedBody("query", name=name)
    return None if given is None else given == "true"


def _instant(request: Request, name: str) -> datetime | None:
    given = request.query_params.get(name)
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given)
        if found.tzinfo is None:
            raise MalformedBody("query", name=name)
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise MalformedBody("query", name=name) from error


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", str(MOST))
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST):
        raise MalformedBody("query", name="limit")
    return int(given)


HANDLERS = (token, dossiers, gone_dossiers, dossier)
