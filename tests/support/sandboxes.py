"""A stand-in served over a real socket, with its faults at hand, and the door that calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from wsgiref.types import WSGIApplication

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

    @property
    def requests(self) -> int:
        """How many requests reached it."""
        return self.faults.requests

    def fail(self, kind: str, **how: float) -> None:
        """Put a fault in force (`seconds`, `status`, `times`); `none` ends it."""
        self.faults.set(Fault(kind, **how))  # type: ignore[arg-type]  numbers as the fault takes them


@contextmanager
def sandbox(app: WSGIApplication) -> Iterator[Sandbox]:
    """Serve a stand-in while the block runs."""
    faults = Faults(app)
    with serve_sandbox(faults) as server:
        yield Sandbox(server.url, faults)


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
