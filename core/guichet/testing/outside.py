"""A door to other services for the tests of a connector: the real one, on a clock that moves when it waits."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from wsgiref.types import WSGIApplication

from guichet.plugin.contracts import LoggedCall
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.plugin.sandboxes import Faults, serve_sandbox

__all__ = ["WaitingClock", "a_door", "assert_by_the_door", "served"]


class WaitingClock:
    """A clock that stands still but for waits."""

    def __init__(self, start: datetime = datetime(2020, 4, 20, 8, tzinfo=UTC)) -> None:
        self.at = start

    def now(self) -> datetime:
        """The instant."""
        return self.at

    def business(self) -> datetime:
        """The same."""
        return self.at

    def wait(self, seconds: float) -> None:
        """Let seconds pass at once."""
        self.at += timedelta(seconds=seconds)


def a_door(log: Callable[[LoggedCall], None] = lambda _: None) -> OutsideClient:
    """Give the real door of a sandbox: it may call loopback, and waits no real time."""
    clock = WaitingClock()
    return OutsideClient(AllowedHosts((), "sandbox"), clock, log, wait=clock.wait)


def assert_by_the_door(stand_in: Faults, calls: Sequence[LoggedCall]) -> None:
    """Check that a stand-in was asked nothing behind the door's back: no quota, no breaker and no log would hold it."""
    behind = stand_in.requests - len(calls)
    assert behind <= 0, f"{behind} requests did not go through context.outside.ask"


@contextmanager
def served(app: WSGIApplication) -> Generator[str]:
    """Serve a stand-in on loopback while the block runs, and give its address."""
    with serve_sandbox(app) as server:
        yield server.url
