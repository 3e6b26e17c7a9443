"""The outermost layer: security headers and cookies on every answer, HEAD, and saying no early when overloaded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from litestar.types import HTTPScope, Message, Receive, Send

from guichet.web.error_pages import BUSY_PAGE

__all__ = ["CSP", "Front"]

App = Callable[[Any, Any, Any], Awaitable[None]]

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_BUSY_PAGE = (b"text/html; charset=utf-8", BUSY_PAGE.encode())
_BUSY = (
    b"application/problem+json",
    b'{"type":"urn:guichet:problem:unavailable","title":"Service Unavailable","status":503}',
)
_HSTS = (b"strict-transport-security", b"max-age=31536000")


class Front:
    """Wraps the application; counts what is under way in this process."""

    def __init__(self, *, hsts: bool, most_at_once: int) -> None:
        self._headers = (*_HEADERS, _HSTS) if hsts else _HEADERS
        self._most = most_at_once
        self._under_way = 0

    async def serve(self, app: App, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        dressed = self._dressed(scope, send)
        if self._under_way >= self._most:
            await _refuse(dressed, _BUSY if scope["path"].startswith("/api/") else _BUSY_PAGE)
            return
        self._under_way += 1
        try:
            if scope["method"] == "HEAD":
                scope["method"] = "GET"
                dressed = _headless(dressed)
            await app(scope, receive, dressed)
        finally:
            self._under_way -= 1

    def _dressed(self, scope: HTTPScope, send: Send) -> Send:
        """Adds headers and cookies to whatever answers, error pages and crashes included."""

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                names = {name.lower() for name, _ in headers}
                headers += [(name, value) for name, value in self._headers if name not in names]
                if b"cache-control" not in names:
                    headers.append((b"cache-control", b"no-store"))
                visit = scope.get("state", {}).get("visit")
                if visit is not None:
                    headers += [(b"set-cookie", cookie.header().encode("latin-1")) for cookie in visit.answers]
                message["headers"] = headers
            await send(message)

        return send_dressed


def _headless(send: Send) -> Send:
    """HEAD: the headers of GET, without its body."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return send_head


async def _refuse(send: Send, busy: tuple[bytes, bytes]) -> None:
    kind, body = busy
    headers = [(b"content-type", kind), (b"retry-after", b"60"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
