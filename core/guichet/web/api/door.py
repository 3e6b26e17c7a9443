"""The door of the API: token, place, verb, pace and body are settled before a handler runs. No cookie, no session."""

from __future__ import annotations

from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Send

from guichet.model.records import ApiToken
from guichet.services.cases import UseCases
from guichet.web.access import Rule
from guichet.web.api.errors import Forbidden, TooFast, Unauthorised, WrongMediaType
from guichet.web.api.tokens import KnownTokens, Pace, Paces, bearer_of
from guichet.web.api.visits import KEY, ApiVisit, language_asked
from guichet.web.errors import BadRequest, BodyTooLarge, NotVisible
from guichet.web.security.bodies import Body
from guichet.web.security.forms import BadBody, read_multipart

__all__ = ["ANY_FILE", "JSON", "WITH_FILES", "ApiDoor"]

JSON = "application/json"
ANY_FILE = "application/octet-stream"
WITH_FILES = "multipart/form-data"
"""JSON alone, or in a part named `application` beside the files it names."""
_APPLICATION = "application"
_JSON_LIMIT = 1_000_000
_MOST_FILES = 20
_IN_MEMORY = 1 << 20


class ApiDoor:
    """Lets another software's request through to its handler, or raises the error its answer explains."""

    def __init__(self, cases: UseCases) -> None:
        self._cases = cases
        self._tokens = KnownTokens(cases)
        self._paces = Paces()

    async def handle(
        self, rule: Rule, handler: HTTPRouteHandler, scope: HTTPScope, receive: Receive, send: Send, next_app: ASGIApp
    ) -> None:
        """Settles whose token it is and what was sent, then goes on."""
        headers = dict(scope["headers"])
        visit = ApiVisit(language_asked(_text(headers, b"accept-language")))
        scope["state"][KEY] = visit
        if "anonymous" not in rule.roles:
            visit.token = await self._who(headers)
            send = _paced(send, self._pace(visit.token))
            self._admit(visit.token, rule, scope)
        else:
            self._check_territory(scope)
        try:
            if scope["method"] == "POST":
                await self._read(handler, visit, headers, receive)
            await next_app(scope, receive, send)
        finally:
            visit.close()

    async def _who(self, headers: Mapping[bytes, bytes]) -> ApiToken:
        secret = bearer_of(_text(headers, b"authorization"))
        if not secret:
            raise Unauthorised
        found = self._tokens.fresh(secret) or await sync_to_thread(self._tokens.look_up, secret)
        if found is None or found.expires_at <= self._cases.clock.now():
            raise Unauthorised
        return found

    def _pace(self, token: ApiToken) -> Pace:
        pace = self._paces.take(token.id, token.per_minute)
        if not pace.allowed:
            raise TooFast(pace.limit, pace.reset_s)
        return pace

    def _admit(self, token: ApiToken, rule: Rule, scope: HTTPScope) -> None:
        """A place the token does not reach is not there; a verb it lacks is said: its holder knows its verbs."""
        territory, scheme = scope["path_params"].get("territory", ""), scope["path_params"].get("scheme", "")
        if territory and (territory not in self._cases.territories or not token.covers(territory, scheme)):
            raise NotVisible
        if rule.verbs.isdisjoint(token.verbs):
            raise Forbidden(rule.verbs)

    def _check_territory(self, scope: HTTPScope) -> None:
        territory = scope["path_params"].get("territory", "")
        if territory and territory not in self._cases.territories:
            raise NotVisible

    async def _read(
        self, handler: HTTPRouteHandler, visit: ApiVisit, headers: Mapping[bytes, bytes], receive: Receive
    ) -> None:
        whole, length = _text(headers, b"content-type"), _text(headers, b"content-length").encode()
        kind = whole.partition(";")[0].strip().lower()
        expected = str(handler.opt.get("takes", JSON))
        limit = handler.resolve_request_max_body_size() or 0
        body = Body(receive, min(limit, _JSON_LIMIT) if kind == JSON else limit, length)
        try:
            if expected == ANY_FILE:
                await _read_file(visit, body, kind)
            elif expected == WITH_FILES == kind:
                await _read_parts(visit, body, whole)
            elif kind == JSON:
                visit.body = b"".join([chunk async for chunk in body.chunks()])
            else:
                raise WrongMediaType(JSON)
        except (BadBody, UnicodeDecodeError) as error:
            raise BadRequest(str(error)) from error
        except BodyTooLarge:
            await body.drain()
            raise


async def _read_file(visit: ApiVisit, body: Body, kind: str) -> None:
    if kind in ("", JSON) or kind.startswith(("multipart/", "application/x-www-form-urlencoded")):
        raise WrongMediaType(ANY_FILE)
    visit.file = cast("BinaryIO", SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115  closed with the visit
    async for chunk in body.chunks():
        visit.file.write(chunk)
    visit.file.seek(0)


async def _read_parts(visit: ApiVisit, body: Body, content_type: str) -> None:
    """The application, as a field or as a file, and the files beside it."""

    async def trust(token: str) -> None:
        """Nothing to check: a token of the API came with the headers."""

    visit.form = form = await read_multipart(content_type, body.chunks(), trust)
    said = form.all(_APPLICATION) + [
        part.content.read(_JSON_LIMIT + 1).decode() for part in form.files_of(_APPLICATION)
    ]
    if len(said) != 1 or any(name != _APPLICATION for name in form) or len(said[0]) > _JSON_LIMIT:
        raise BadBody("one part named application, of JSON, beside files")
    names = [part.name for part in form.files if part.name != _APPLICATION]
    if len(set(names)) < len(names) or len(names) > _MOST_FILES:
        raise BadBody("each file in a part of its own name")
    visit.body = said[0].encode()


def _paced(send: Send, pace: Pace) -> Send:
    """Says where the token stands in its minute, on whatever the handler answers."""
    told = [
        (b"ratelimit-limit", str(pace.limit).encode()),
        (b"ratelimit-remaining", str(pace.left).encode()),
        (b"ratelimit-reset", str(pace.reset_s).encode()),
    ]

    async def send_paced(message: Message) -> None:
        if message["type"] == "http.response.start":
            cast("dict[str, Any]", message)["headers"] = [*message["headers"], *told]
        await send(message)

    return send_paced


def _text(headers: Mapping[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")
