"""Serving the application with uvicorn, and what works beside it, until told to stop."""

from __future__ import annotations

import errno
import gc
import logging
import signal
import socket
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event, Thread, current_thread, main_thread
from types import TracebackType
from typing import Literal

import uvicorn
from litestar import Litestar

__all__ = ["Beside", "PortTaken", "listen", "serve"]

_LOG = logging.getLogger("guichet.web")
_FINISHING_S = 20
_WAITING = 2048
"""Connections that may wait to be taken."""
_YOUNG = 10_000
"""Objects made before the collector looks for cycles: a page makes thousands, which go by themselves."""

Work = Callable[[Event], None]
Why = Literal["taken", "forbidden", "elsewhere", "other"]
_WHY: Mapping[int, Why] = {
    errno.EADDRINUSE: "taken",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EADDRNOTAVAIL: "elsewhere",
}


class PortTaken(OSError):  # noqa: N818  reads as the fact it states
    """The address cannot be listened on: `why` says whether it is taken, forbidden to this user, or elsewhere."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        self.host, self.port, self.reason = host, port, error.strerror or str(error)
        self.why: Why = _WHY.get(error.errno or 0, "other")
        super().__init__(f"{host}:{port}: {self.reason}")


def listen(host: str, port: int) -> socket.socket:
    """Gives a socket that listens on an address (port 0: any free one): who comes before the site is ready waits.

    Raises:
        PortTaken
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: asyncio sends at once (TCP_NODELAY) only on sockets that say they are TCP's, and a page of
    # two writes would wait forty milliseconds for the reader's acknowledgement.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(_WAITING)  # at once: two sockets that do not listen yet may be bound to one port
    except OSError as error:
        bound.close()
        raise PortTaken(host, port, error) from error
    return bound


def serve(
    app: Litestar,
    bound: socket.socket,
    *,
    beside: Sequence[Work] = (),
    proxies: str = "127.0.0.1",
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Answers on a bound socket until SIGINT or SIGTERM; requests and duties under way are finished first.

    Args:
        beside: works that run in a thread each and end when their event is set.
        proxies: addresses whose `X-Forwarded-*` headers are believed.
        ready: called once, when the site answers.
    """
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=_FINISHING_S,
        timeout_keep_alive=15,
        ws="none",
    )
    gc.collect()
    gc.freeze()  # the code and the published schemes never go: the collector need not look at them again
    gc.set_threshold(_YOUNG, 20, 50)
    with _outliving_sigterm(), Beside(beside):
        _Server(config, ready).run(sockets=[bound])


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then tells."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


@contextmanager
def _outliving_sigterm() -> Generator[None]:
    """Lets the works beside end: once it has stopped, uvicorn raises the signal again, which by default kills us."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Beside:
    """Threads that work while something else runs, told to stop and waited for at its end."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._stop = Event()
        self._threads = [
            Thread(target=self._run, args=(work,), name=f"guichet-beside-{number}", daemon=True)
            for number, work in enumerate(works)
        ]

    def __enter__(self) -> Event:
        for thread in self._threads:
            thread.start()
        return self._stop

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(_FINISHING_S)

    def _run(self, work: Work) -> None:
        try:
            work(self._stop)
        except Exception:  # noqa: BLE001  the border of a thread: the site goes on, the log says what stopped
            _LOG.exception("a work beside the web has ended; duties wait until the next start")
