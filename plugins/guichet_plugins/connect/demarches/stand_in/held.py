"""The dossiers that a stand-in holds: a démarche with its champs, changed, deleted and decided like the real one's."""

from __future__ import annotations

from base64 import b64decode, b64encode
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

Made = Callable[[int], Mapping[str, Any]]
"""Gives the content of a dossier by its number: demandeur, champs, usager."""

FIRST_NUMBER = 1_000_001
_ENDED = frozenset({"accepte", "refuse", "sans_suite"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A dossier as it stands."""

    number: int
    state: str
    changed: datetime
    content: Mapping[str, Any] | None = None
    annotations: Mapping[str, Any] | None = None
    motivation: str | None = None
    decided: datetime | None = None


class Demarche:
    """One démarche.

    Args:
        champs: The label of each champ with its type (`TextChamp`), in order; ids follow from the rank.
        made: Gives the content of a dossier that nobody changed: thousands of dossiers cost nothing until asked.
    """

    def __init__(
        self,
        number: int,
        champs: Sequence[tuple[str, str]],
        count: int,
        made: Made,
        *,
        annotations: Sequence[tuple[str, str]] = (),
        state: Callable[[int], str] = lambda _: "accepte",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.number = number
        self.champs = champs
        self.annotations = annotations
        self.now = now
        self._made = made
        self._state = state
        self._opened = now()
        self._numbers = list(range(FIRST_NUMBER, FIRST_NUMBER + count))
        self._kept: dict[int, Kept] = {}
        self._deleted: list[tuple[datetime, int]] = []

    def put(self, content: Mapping[str, Any], state: str = "accepte", number: int | None = None) -> int:
        """Keep a new dossier, or another content of one, and give its number."""
        if number is None:
            number = self._numbers[-1] + 1 if self._numbers else FIRST_NUMBER
            self._numbers.append(number)
        self._kept[number] = Kept(number, state, self.now(), content)
        return number

    def change(self, number: int, **values: Any) -> None:
        """Change a dossier: `state`, `content`, `motivation`, `annotations`."""
        self._kept[number] = replace(self.kept(number), changed=self.now(), **values)

    def delete(self, number: int) -> None:
        """Delete a dossier: it is told among the deleted ones from now on."""
        self._numbers.remove(number)
        self._kept.pop(number, None)
        self._deleted.append((self.now(), number))

    def kept(self, number: int) -> Kept:
        """Give a dossier; raises KeyError."""
        if number in self._kept:
            return self._kept[number]
        if number not in self:
            raise KeyError(number)
        return Kept(number, self._state(number), self._opened)

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self._numbers, number) - 1
        return place >= 0 and self._numbers[place] == number

    def content(self, kept: Kept) -> Mapping[str, Any]:
        """Give what a dossier holds."""
        return kept.content if kept.content is not None else self._made(kept.number - FIRST_NUMBER)

    def page(self, first: int, after: str | None, state: str | None, since: datetime | None) -> tuple[list[Kept], bool]:
        """Give some dossiers after a cursor, and whether more follow."""
        start = bisect_right(self._numbers, _number_of(after)) if after else 0
        found: list[Kept] = []
        for kept in self._from(start, since):
            if state is None or kept.state == state:
                if len(found) == first:
                    return found, True
                found.append(kept)
        return found, False

    def deleted(self, first: int, after: str | None, since: datetime | None) -> tuple[list[int], bool]:
        """Give the numbers of some deleted dossiers after a cursor, and whether more follow."""
        numbers = sorted(number for at, number in self._deleted if since is None or at >= since)
        later = [number for number in numbers if number > (_number_of(after) if after else 0)]
        return later[:first], len(later) > first

    def _from(self, start: int, since: datetime | None) -> Iterator[Kept]:
        if since is not None and since > self._opened:
            changed = (self._kept[number] for number in sorted(self._kept) if self._kept[number].changed >= since)
            least = self._numbers[start] if start < len(self._numbers) else self._numbers[-1] + 1
            yield from (kept for kept in changed if kept.number >= least)
            return
        for place in range(start, len(self._numbers)):
            kept = self.kept(self._numbers[place])
            if since is None or kept.changed >= since:
                yield kept


def is_ended(state: str) -> bool:
    """Whether a dossier in this state has been decided."""
    return state in _ENDED


def cursor_of(number: int) -> str:
    """Give the cursor after a dossier."""
    return b64encode(f"dossier-{number}".encode()).decode()


def _number_of(cursor: str) -> int:
    return int(b64decode(cursor).decode().removeprefix("dossier-"))
