"""Where a demonstration is played: the use cases of an instance, its recipe, its places, who is told how far it is."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from guichet.catalogue import CompiledScheme
from guichet.demo.attempts import Attempt
from guichet.demo.recipe import FetchedRecipe, Recipe
from guichet.services.cases import UseCases
from guichet.services.clocks import SystemClock
from guichet.storage import instances

__all__ = ["STAND_IN_SECRETS", "Played", "Stage", "Told", "TurningClock", "quiet"]

_FETCHED_WAITING = 20_000  # rows: a few seconds; the 900 000 of the true story take four minutes, and one from a file
STAND_IN_SECRETS = {"bac-a-sable": "bac-a-sable"}
"""What a recipe may name where a service asks for a secret: stand-ins take any."""

Told = Callable[[str, int, int], None]
"""Told of a step's name, how much is done and of how much."""

T = TypeVar("T")
R = TypeVar("R")


_NOON = time(12)


class TurningClock:
    """A clock whose business day turns as a story goes on, while real time goes by."""

    def __init__(self, first: date) -> None:
        self.day = first

    def now(self) -> datetime:
        """The real instant."""
        return SystemClock().now()

    def business(self) -> datetime:
        """The instant of the day of the story: the whole real day goes by between 12:00 and 20:00 UTC.

        Aids open in the morning: told at night, a story of an opening day would find its aid closed.
        """
        real = self.now()
        gone = real - real.replace(hour=0, minute=0, second=0, microsecond=0)
        return datetime.combine(self.day, _NOON, UTC) + gone / 3

    def turn(self) -> None:
        """Go to the next day."""
        self.day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Played:
    """A dossier filed, and the attempt it came from."""

    dossier: str
    attempt: Attempt


def quiet(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What every step of a demonstration is given.

    Args:
        rows: List → how many rows are imported.
        folder: Where the files that the demonstration itself writes go.
        fetches: Whether lists come from the stand-ins of services, where the recipe says how, or from files; when None,
            those short enough to be fetched while somebody waits.
        threads: How many acts run beside each other: those that wait together share a commit.
    """

    cases: UseCases
    recipe: Recipe
    scheme: str
    places: tuple[str, ...]
    rows: Mapping[str, int]
    folder: Path
    told: Told = quiet
    fetches: bool | None = None
    threads: int = 8
    clock: TurningClock | None = None
    """The clock of a story of several days; without one it is always the recipe's first day."""
    elapsed: dict[str, float] = field(default_factory=dict[str, float])

    def recipe_of_fetch(self, name: str) -> FetchedRecipe | None:
        """How a list comes from its service's stand-in; None when it comes from a file."""
        wanted = self.rows[name] <= _FETCHED_WAITING if self.fetches is None else self.fetches
        return self.recipe.lists[name].fetched if wanted else None

    @property
    def day(self) -> date:
        """The day it is."""
        return self.clock.day if self.clock is not None else self.recipe.business_day

    def turn(self) -> None:
        """Go to the next day of the story, told on every page."""
        assert self.clock is not None, "a story of one day does not turn"  # noqa: S101  a mistake of this package only
        self.clock.turn()
        self.cases.store.act(lambda tx: instances.set_business_day(tx, self.day))

    def compiled(self, territory: str) -> CompiledScheme:
        """The scheme as published in a territory; raises KeyError when it is not."""
        found = self.cases.snapshots.current(self.scheme, territory)
        if found is None:
            raise KeyError(territory)
        return found

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add the time spent inside to a step's."""
        start = perf_counter()
        try:
            yield
        finally:
            self.elapsed[step] = self.elapsed.get(step, 0.0) + perf_counter() - start

    def side_by_side(self, work: Callable[[T], R], over: Iterable[T]) -> Generator[R]:
        """Do a piece of work for each item on several threads, and give what it gave in order.

        Closed early, what has not begun is left.
        """
        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="guichet-demo")
        try:
            yield from pool.map(work, over)
        finally:
            pool.shutdown(cancel_futures=True)
