"""An instance for tests: use cases on a SQLite of its own, with schemes published in territories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from databases import sqlite_url
from guichet.loader.library import Library, load_library
from guichet.loader.territories import load_territories
from guichet.model.territories import Territories
from guichet.plugin import Plugins
from guichet.plugin.contracts.base import Mode
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.services.publication import publish
from guichet.services.readiness.launches import ITEMS
from guichet.services.readiness.waivers import waive
from guichet.settings import Settings, shipped_folder
from guichet.worker.loop import drain
from shipped_plugins import shipped_plugins

__all__ = ["MovableClock", "a_clock", "an_instance", "run_duties", "the_library", "the_plugins", "the_territories"]

TEST_SCHEMES = Path(__file__).parents[1] / "data" / "schemes"


@dataclass(slots=True)
class MovableClock:
    """A clock that stands still until a test moves it; business day and real day apart, as in the demo."""

    at: datetime
    real: datetime

    def now(self) -> datetime:
        """The real instant."""
        return self.real

    def business(self) -> datetime:
        """The instant of the business day."""
        return self.at

    def advance(self, **span: float) -> None:
        """Let time pass: `advance(minutes=16)`."""
        self.at += timedelta(**span)
        self.real += timedelta(**span)


def a_clock(on: date = date(2020, 4, 20), real: datetime | None = None) -> MovableClock:
    """Give a clock that stands at 10:00 UTC of a business day; the real instant is the same unless given."""
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    return MovableClock(at, real or at)


@cache
def the_plugins() -> Plugins:
    """Give the shipped plugins, loaded once for a run."""
    return shipped_plugins()


@cache
def the_library() -> Library:
    """Give the shipped declarations and those of the tests (`tests/data/schemes`), read once for a run."""
    schemes = (shipped_folder("schemes"), TEST_SCHEMES)
    return load_library(schemes, (shipped_folder("regions"),), the_plugins())


@cache
def the_territories() -> Territories:
    """Give the shipped territories, read once for a run."""
    return load_territories((shipped_folder("regions"),))


@contextmanager
def an_instance(
    folder: Path,
    *,
    schemes: Sequence[str] = (),
    territories: Sequence[str] = (),
    on: date = date(2020, 4, 20),
    real: datetime | None = None,
    mode: Mode = "sandbox",
    base_url: str = "http://testserver.local",
    library: Library | None = None,
    settings: Settings | None = None,
) -> Iterator[UseCases]:
    """Give the use cases of a fresh instance whose clock a test may move (`cases.clock.advance(…)`).

    Args:
        schemes: published in each of the territories.
        on: the business day, at 10:00 UTC; the real instant is the same unless given.
        library: declarations of the test's own, in place of the shipped ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = settings or Settings(database_url=sqlite_url(folder))
    cases = build(
        chosen,
        folder=folder,
        mode=mode,
        clock=a_clock(on, real),
        plugins=the_plugins(),
        territories=the_territories() if chosen.instance is None else None,
        base_url=base_url,
    )
    try:
        for scheme in schemes:
            if mode == "live":
                _waive_all(cases, scheme, territories)
            publish(cases, library or the_library(), scheme, tuple(territories))
        yield cases
    finally:
        cases.store.close()


def _waive_all(cases: UseCases, scheme: str, territories: Sequence[str]) -> None:
    """Take the whole launch list upon the tests: what a live opening asks for has tests of its own."""
    for territory in territories:
        for item in ITEMS:
            waive(cases, scheme, territory, item, because="essai", by="Les tests")


def run_duties(cases: UseCases) -> int:
    """Do the duties that wait in the outbox, as a worker would, and give how many were done; none may fail."""
    went = drain(cases)
    assert went.failed == went.dead == 0, went
    return went.done
