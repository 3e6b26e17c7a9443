"""Screens: extra pages for agents, given as data; the core shows them, in its own words and templates."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal, TypeAlias, cast, get_args

from guichet.plugin.contracts.base import Context, Contract, Language, OptionsT
from guichet.plugin.contracts.exports import Cell, ExportColumn

ScreenPlace = Literal["territory", "scheme", "dossier"]
ScreenRole = Literal["instructor", "decider", "helpdesk", "supervisor", "finance", "admin"]
ScreenRead = Literal["answers", "dossiers", "calls", "work"]
BreakerState = Literal["closed", "open", "trying"]


@dataclass(frozen=True, slots=True)
class DossierSeen:
    """A dossier as a screen sees it.

    Args:
        filed_on: In the territory's calendar.
        outcome: What the rules found: `eligible`, `not_eligible`, `undetermined`; empty before they did.
        cents: The computed amount.
        answers: By field id, as their fields show them; only for a screen of a dossier that reads `answers`.
    """

    reference: str
    title: str
    phase: str
    stage: str = ""
    filed_on: date | None = None
    outcome: str = ""
    cents: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A call to another service, as the log keeps it; `dossier` is a reference, empty for none."""

    at: datetime
    service: str
    purpose: str
    outcome: str
    status: int | None
    milliseconds: int
    dossier: str = ""


@dataclass(frozen=True, slots=True)
class ServiceSeen:
    """What the calls of the last day say of one service for one purpose.

    Args:
        slowest_ms: The slowest call.
        breaker: `open` while the service is left alone, `trying` when the next call decides.
        quota_left: Calls the service said it still allows; None when it does not say, or no longer holds.
    """

    service: str
    purpose: str
    calls: int
    answered: int
    average_ms: int
    slowest_ms: int
    last_at: datetime
    last_status: int | None = None
    breaker: BreakerState = "closed"
    quota_left: int | None = None


@dataclass(frozen=True, slots=True)
class WorkerSeen:
    """A worker: when it began, when it was last seen alive, and whether that is too long ago."""

    name: str
    began_at: datetime
    seen_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class DutySeen:
    """The duties of one kind that are not done: how many wait, since when, how many were given up."""

    kind: str
    waiting: int
    since: datetime | None
    given_up: int
    label: str = ""
    """What people call it, in the language of the page."""


@dataclass(frozen=True, slots=True)
class ScreenAsked:
    """What an agent asked to see; what a screen does not read is empty.

    Args:
        scheme: Its id; empty for a screen of a territory.
        page: From 1, for a screen that gives its rows by pages.
        dossier: The one it is about.
        dossiers: The filed ones of the scheme, the newest first, a page of 200.
        calls: The calls of the territory or of the dossier, the newest first, a page of 200.
    """

    territory: str
    scheme: str = ""
    page: int = 1
    dossier: DossierSeen | None = None
    dossiers: tuple[DossierSeen, ...] = ()
    services: tuple[ServiceSeen, ...] = ()
    calls: tuple[CallSeen, ...] = ()
    workers: tuple[WorkerSeen, ...] = ()
    duties: tuple[DutySeen, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierLink:
    """A cell that leads to a dossier, for an agent who may see it."""

    reference: str


ScreenCell: TypeAlias = Cell | DossierLink


@dataclass(frozen=True, slots=True)
class ScreenTable:
    """A table; its first column names each row."""

    title: str
    columns: tuple[ExportColumn, ...]
    rows: tuple[tuple[ScreenCell, ...], ...]


@dataclass(frozen=True, slots=True)
class ScreenFact:
    """One line of a list of facts, or one figure; `kind` says how the value is shown."""

    label: str
    value: ScreenCell
    kind: Literal["text", "integer", "decimal", "money", "date", "instant", "boolean"] = "text"


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """A list of facts: what is said, and its value."""

    title: str
    facts: tuple[ScreenFact, ...]


@dataclass(frozen=True, slots=True)
class ScreenFigures:
    """A few figures, shown large."""

    figures: tuple[ScreenFact, ...]


@dataclass(frozen=True, slots=True)
class ScreenNote:
    """A sentence to read before the rest."""

    text: str
    kind: Literal["info", "success", "warning", "danger"] = "info"


ScreenPart: TypeAlias = ScreenTable | ScreenFacts | ScreenFigures | ScreenNote


@dataclass(frozen=True, slots=True)
class ScreenContent:
    """What a screen shows: its parts from top to bottom. `more` when another page of rows follows."""

    parts: tuple[ScreenPart, ...]
    more: bool = False


_SAID: tuple[Language, ...] = ("fr", "en")
_CHOICES: Mapping[str, frozenset[object]] = {
    "roles": frozenset(get_args(ScreenRole)),
    "reads": frozenset(get_args(ScreenRead)),
}


class Screen(Contract[OptionsT]):
    """A page for agents: who sees it, what it reads, and what it shows, as data: never HTML."""

    titles: Mapping[Language, str]
    place: ScreenPlace
    roles: frozenset[ScreenRole]
    bodies: ClassVar[frozenset[str]] = frozenset()
    reads: ClassVar[frozenset[ScreenRead]] = frozenset()

    @abstractmethod
    def show(self, asked: ScreenAsked, options: OptionsT, context: Context) -> ScreenContent:
        """Give what the page holds, in `context.language`, within two seconds.

        Raises:
            Refused, Unavailable: There is nothing to show, or not now; the page says the sentence.
        """


def fault_of_screen(screen: Screen[Any]) -> tuple[str, str] | None:
    """Give the attribute of a screen that is not as its contract says, and what it may be; None when all are."""
    given: object = getattr(screen, "titles", None)
    titles: Mapping[object, object] = cast("Any", given) if isinstance(given, Mapping) else {}
    if not all(type(titles.get(one)) is str and titles[one] for one in _SAID):
        return "titles", "{'fr': '…', 'en': '…'}"
    if getattr(screen, "place", None) not in get_args(ScreenPlace):
        return "place", ", ".join(get_args(ScreenPlace))
    for name, known in _CHOICES.items():
        chosen: object = getattr(screen, name, None)
        if not isinstance(chosen, frozenset) or not chosen <= known or (name == "roles" and not chosen):
            return name, f"frozenset: {', '.join(sorted(map(str, known)))}"
    bodies: object = getattr(screen, "bodies", None)
    return None if isinstance(bodies, frozenset) else ("bodies", "frozenset")
