"""A body that trickles in: whoever sends a byte now and then does not hold a place for ever."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from guichet.web.security import bodies
from guichet.web.security.bodies import Body
from guichet.web.security.forms import BadBody


def sent(chunks: list[bytes], pause_s: float) -> Any:
    waiting = list(chunks)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(pause_s)
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    return receive


async def read(body: Body) -> bytes:
    return b"".join([chunk async for chunk in body.chunks()])


def test_a_body_that_trickles_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_GRACE_S", 0.05)
    with pytest.raises(BadBody, match="too slow"):
        asyncio.run(read(Body(sent([b"a"] * 100, 0.01), 1_000, b"")))


def test_a_slow_line_that_goes_on_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_GRACE_S", 0.05)
    whole = [b"a" * 1_000] * 20
    assert asyncio.run(read(Body(sent(whole, 0.01), 100_000, b""))) == b"".join(whole)
