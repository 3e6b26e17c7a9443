"""Load on a web server of its own process: prepared requests sent over kept-alive connections, as it answers."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from socket import create_connection
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

from guichet.web.serving import listen, serve
from served import free_port

__all__ = ["CLIENTS", "Figures", "a_get", "a_json_post", "a_post", "answer_to", "fire", "run_app", "serving"]

CLIENTS = 32
_PATIENCE_S = 60
_AGENT = "User-Agent: guichet-bench\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a round of requests gave; times in milliseconds."""

    rate: float
    p50: float
    p99: float
    statuses: Mapping[int, int]

    def __str__(self) -> str:
        return f"{self.rate:,.0f}/s, p50 {self.p50:.1f} ms, p99 {self.p99:.1f} ms"


def a_get(path: str, cookie: str = "") -> bytes:
    """Give the bytes of a request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_AGENT}{_cookie(cookie)}\r\n".encode()


def a_post(path: str, fields: Mapping[str, str], cookie: str = "") -> bytes:
    """Give the bytes of a posted form."""
    body = urlencode(fields).encode()
    head = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_AGENT}{_cookie(cookie)}{head}\r\n".encode() + body


def a_json_post(path: str, body: bytes, token: str, key: str) -> bytes:
    """Give the bytes of a filing through the API."""
    told = f"Authorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n"
    head = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{told}{head}\r\n".encode() + body


def fire(port: int, requests: Sequence[bytes], clients: int = CLIENTS) -> Figures:
    """Send every request once, so many at a time, each client over one connection, and give how it went."""
    gc.collect()
    times, statuses, spent = asyncio.run(_fire(port, requests, clients))
    times.sort()
    p50, p99 = (1000 * times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.99))
    return Figures(len(requests) / spent, p50, p99, Counter(statuses))


def answer_to(port: int, request: bytes) -> str:
    """Give the whole answer to one request, head included."""

    async def ask() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answer = await _exchange(reader, writer, request)
        writer.close()
        return answer

    return asyncio.run(ask()).decode()


def run_app(app: Any, port: int) -> None:
    """Serve an application as `guichet serve` does, until this process is ended."""
    serve(app, listen("127.0.0.1", port))


@contextmanager
def serving(target: Callable[..., None], *arguments: Any) -> Iterator[int]:
    """Run `target(port, *arguments)` in a process of its own and give the port once it answers."""
    port = free_port()
    process = get_context("spawn").Process(target=target, args=(port, *arguments), daemon=True)
    process.start()
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.join(_PATIENCE_S)


def _wait(port: int, process: Any) -> None:
    limit = monotonic() + _PATIENCE_S
    while True:
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if monotonic() > limit or not process.is_alive():
                raise RuntimeError("the web server did not start") from None
            sleep(0.05)
        else:
            return


async def _fire(port: int, requests: Sequence[bytes], clients: int) -> tuple[list[float], list[int], float]:
    waiting = iter(requests)
    times: list[float] = []
    statuses: list[int] = []

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for request in waiting:
            start = perf_counter()
            answer = await _exchange(reader, writer, request)
            times.append(perf_counter() - start)
            statuses.append(int(answer[9:12]))

    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(clients)]
    start = perf_counter()
    await asyncio.gather(*(client(reader, writer) for reader, writer in lines))
    spent = perf_counter() - start
    for _, writer in lines:
        writer.close()
    return times, statuses, spent


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    mark = head.lower().index(b"content-length:") + len(b"content-length:")
    return head + await reader.readexactly(int(head[mark : head.index(b"\r", mark)]))


def _cookie(cookie: str) -> str:
    return f"Cookie: {cookie}\r\n" if cookie else ""
