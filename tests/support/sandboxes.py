"""A stand-in served over a real socket, with its faults at hand, and the door that calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from databases import SteppedClock
from guichet.plugin.contracts import LoggedCall
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.plugin.sandboxes import Fault, Faults, serve_sandbox

__all__ = ["Calls", "Sandbox", "a_door", "sandbox"]


@dataclass
class Sandbox:
    """A stand-in being served: `url` has no slash at the end."""

    url: str
    faults: Faults
    speaks: Event = field(default_factory=Event)

    @property
    def requests(self) -> int:
        """How many requests reached it."""
        return self.faults.requests

    def fail(self, kind: str, **how: float) -> None:
        """Put a fault in force (`seconds`, `status`, `times`); `none` ends it."""
        self.faults.set(Fault(kind, **how))  # type: ignore[arg-type]  numbers as the fault takes them

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Answer nothing while the block runs: what ends within it has not waited for an answer."""
        self.speaks.clear()
        try:
            yield
        finally:
            self.speaks.set()


@contextmanager
def sandbox(app: WSGIApplication) -> Iterator[Sandbox]:
    """Serve a stand-in while the block runs."""
    faults, speaks = Faults(app), Event()
    speaks.set()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        speaks.wait()
        return faults(environ, start_response)

    with serve_sandbox(answer) as server:
        yield Sandbox(server.url, faults, speaks)


@dataclass
class Calls:
    """The call log of a test."""

    kept: list[LoggedCall] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, call: LoggedCall) -> None:
        with self._lock:
            self.kept.append(call)


def a_door(
    *,
    hosts: Sequence[str] = (),
    mode: str = "sandbox",
    clock: SteppedClock | None = None,
    log: Callable[[LoggedCall], None] | None = None,
    wait: Callable[[float], None] | None = None,
) -> OutsideClient:
    """Give the real door on a clock that moves when it waits; in sandbox mode it may call loopback."""
    clock = clock or SteppedClock()
    return OutsideClient(
        AllowedHosts(hosts, mode),  # type: ignore[arg-type]  the mode as the instance writes it
        clock,
        log or Calls(),
        wait=wait or (lambda seconds: clock.move(seconds=seconds)),
        chance=lambda: 0.5,
    )
