"""A web application served on a real port of this machine, for a real browser."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep
from typing import Any

import uvicorn

__all__ = ["free_port", "served"]

_PATIENCE_S = 20


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(app: Any, port: int) -> Iterator[str]:
    """Give the address at which an ASGI application answers, until the end."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
    thread = Thread(target=server.run, name="served", daemon=True)
    thread.start()
    limit = monotonic() + _PATIENCE_S
    while not server.started:
        if monotonic() > limit or not thread.is_alive():
            raise RuntimeError("the web server did not start")
        sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_S)
