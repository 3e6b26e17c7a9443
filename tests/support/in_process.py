"""A transport for httpx that hands requests to an ASGI application of this process, from plain synchronous tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import httpx

__all__ = ["InProcess"]

_CHUNK = 1 << 16
_PATIENCE_S = 60


class InProcess(httpx.BaseTransport):
    """Runs the application on an event loop of its own, in a thread, one request at a time per caller.

    Args:
        client: the address requests seem to come from.
    """

    def __init__(self, app: Any, client: tuple[str, int] = ("192.0.2.1", 50000)) -> None:
        self._app = app
        self._client = client
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="in-process", daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Give the application's answer to a request; what the application leaves unread is not sent."""
        scope = self._scope(request)
        run = asyncio.run_coroutine_threadsafe(self._exchange(scope, request), self._loop)
        status, headers, body = run.result(_PATIENCE_S)
        return httpx.Response(status, headers=headers, content=body, request=request)

    def close(self) -> None:
        """Stop the loop and its threads."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._loop.shutdown_default_executor(), self._loop).result(_PATIENCE_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE_S)
        self._loop.close()

    def _scope(self, request: httpx.Request) -> dict[str, Any]:
        raw_path, _, query = request.url.raw_path.partition(b"?")
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": request.url.scheme,
            "path": request.url.path,
            "raw_path": raw_path,
            "query_string": query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": self._client,
            "server": (request.url.host, request.url.port or 80),
        }

    async def _exchange(
        self, scope: dict[str, Any], request: httpx.Request
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        started: dict[str, Any] = {}
        parts: list[bytes] = []
        chunks, ended, answered = _chunks(request), asyncio.Event(), asyncio.Event()

        async def receive() -> dict[str, Any]:
            if ended.is_set():  # the caller stays until the answer is whole
                await answered.wait()
                return {"type": "http.disconnect"}
            with suppress(StopIteration):
                return {"type": "http.request", "body": next(chunks), "more_body": True}
            ended.set()
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    answered.set()

        await self._app(scope, receive, send)
        return started["status"], started["headers"], b"".join(parts)


def _chunks(request: httpx.Request) -> Iterator[bytes]:
    for part in request.stream:  # pyright: ignore[reportGeneralTypeIssues]  a synchronous client has a synchronous stream
        for start in range(0, len(part), _CHUNK):
            yield part[start : start + _CHUNK]
