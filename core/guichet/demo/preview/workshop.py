"""The workshop: the declarations watched and published anew at each save, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, Lock

from guichet.errors import Problem, ProblemsFound
from guichet.loader.library import Library
from guichet.services.cases import UseCases
from guichet.services.examples import ExampleRun, run_examples
from guichet.services.publication import put_current

__all__ = ["Standing", "Workshop", "files_of"]

_LOOKED_EVERY_S = 0.5
_DECLARED = ("*.yaml", "*.md")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the declarations stand.

    Args:
        number: One more at each change, so that pages know when to show themselves again.
        problems: Every mistake of the files as they are saved; the site then serves what was right last.
        runs: The examples, run on what is served.
    """

    number: int = 0
    problems: tuple[Problem, ...] = ()
    runs: tuple[ExampleRun, ...] = ()


class Workshop:
    """One scheme in one territory of a sandbox, published as often as its files change."""

    def __init__(
        self, cases: UseCases, scheme: str, territory: str, read: Callable[[], Library], roots: tuple[Path, ...]
    ) -> None:
        self.cases, self.scheme, self.territory = cases, scheme, territory
        self._read, self._roots = read, roots
        self._seen: dict[Path, tuple[int, int]] = {}
        self._lock = Lock()
        self._standing = Standing()

    @property
    def standing(self) -> Standing:
        """How the declarations stood at the last look."""
        with self._lock:
            return self._standing

    @property
    def day(self) -> date:
        """The business day of the sandbox."""
        return self.cases.today(self.territory)

    def look(self) -> bool:
        """Publish anew when a file has changed since the last look, and say whether one has."""
        now = files_of(self._roots)
        if now == self._seen:
            return False
        self._seen = now
        self._set(*self._published())
        return True

    def watch(self, stop: Event) -> None:
        """Look now and then until told to stop."""
        while not stop.wait(_LOOKED_EVERY_S):
            self.look()

    def _published(self) -> tuple[tuple[Problem, ...], tuple[ExampleRun, ...]]:
        try:
            library = self._read()
            put_current(self.cases, library, self.scheme, (self.territory,))
            return (), run_examples(library, self.scheme)
        except ProblemsFound as error:
            return tuple(error.problems), self._standing.runs

    def _set(self, problems: tuple[Problem, ...], runs: tuple[ExampleRun, ...]) -> None:
        with self._lock:
            self._standing = Standing(self._standing.number + 1, problems, runs)


def files_of(roots: tuple[Path, ...]) -> dict[Path, tuple[int, int]]:
    """Every declared file below some folders, with when it was saved and its size."""
    return dict(_saved(roots))


def _saved(roots: tuple[Path, ...]) -> Iterator[tuple[Path, tuple[int, int]]]:
    for root in roots:
        for pattern in _DECLARED:
            for path in root.rglob(pattern):
                try:
                    told = path.stat()
                except FileNotFoundError:  # an editor replaces a file by another of the same name
                    continue
                yield path, (told.st_mtime_ns, told.st_size)
