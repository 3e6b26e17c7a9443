"""Reading what was posted: size, kind and token are settled as early as each can be known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from time import monotonic

from litestar.handlers import HTTPRouteHandler
from litestar.types import Receive

from guichet.web.errors import BadRequest, BodyTooLarge, ExpiredForm
from guichet.web.security.forms import TOKEN_FIELD, BadBody, Form, read_multipart, read_urlencoded
from guichet.web.security.visits import Visit

__all__ = ["Body", "read_form"]

_DRAINED = 64 << 20
_WAIT_S = 30.0
_GRACE_S, _LEAST_PER_S = 60.0, 1024
"""However little comes at a time, a body is given a minute, and then as long as a slow telephone line would need."""


async def read_form(handler: HTTPRouteHandler, visit: Visit, headers: Mapping[bytes, bytes], receive: Receive) -> Form:
    """Gives what was posted to a route.

    Raises:
        ExpiredForm: the token is missing or not this session's, or the browser says another site posted.
        BodyTooLarge: more than the route takes.
        BadRequest: the body is malformed.
    """
    if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
        raise ExpiredForm
    body = Body(receive, handler.resolve_request_max_body_size() or 0, headers.get(b"content-length", b""))
    kind = headers.get(b"content-type", b"").decode("latin-1")

    async def check(token: str) -> None:
        if not visit.token_matches(token):
            raise ExpiredForm
        body.trusted = True

    try:
        if kind.partition(";")[0].strip().lower() == "multipart/form-data":
            form = await read_multipart(kind, body.chunks(), check)
        else:
            form = read_urlencoded(b"".join([chunk async for chunk in body.chunks()])) if _is_form(kind) else Form()
        if not body.trusted:
            await check(form.get(TOKEN_FIELD))
    except BadBody as error:
        raise BadRequest(str(error)) from error
    except BodyTooLarge:
        await body.drain()
        raise
    return form


def _is_form(kind: str) -> bool:
    return kind.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


class Body:
    """The bytes of a request, counted."""

    def __init__(self, receive: Receive, limit: int, announced: bytes) -> None:
        self._receive = receive
        self._limit = limit
        self._announced = announced
        self._read = 0
        self._ended = False
        self._began = monotonic()
        self.trusted = False

    async def chunks(self) -> AsyncIterator[bytes]:
        """Gives the bytes as they come; raises BodyTooLarge as soon as there are too many."""
        if self._announced.isdigit() and int(self._announced) > self._limit:
            raise BodyTooLarge(self._limit)
        while not self._ended:
            chunk = await self._next()
            if self._read > self._limit:
                raise BodyTooLarge(self._limit)
            if chunk:
                yield chunk

    async def drain(self) -> None:
        """Reads on without keeping anything, within reason: a browser shows no page while it is still sending."""
        while not self._ended and self._read < self._limit + _DRAINED:
            await self._next()

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(_WAIT_S):
                message = await self._receive()
        except TimeoutError as error:
            raise BadBody("too slow") from error
        if message["type"] != "http.request":
            raise BadBody("connection lost")
        self._ended = not message.get("more_body", False)
        chunk = message.get("body", b"")
        self._read += len(chunk)
        if monotonic() - self._began > _GRACE_S + self._read / _LEAST_PER_S:
            raise BadBody("too slow")
        return chunk
