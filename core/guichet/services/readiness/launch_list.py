"""The launch list of a scheme in a territory: each item green, red or waived."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from guichet.errors import GuichetError, Problem
from guichet.loader.library import Library
from guichet.services.cases import UseCases
from guichet.services.readiness import law, letters, money, people
from guichet.services.readiness.examples import examples
from guichet.services.readiness.launches import ITEMS, Finding, Item, Launch
from guichet.services.readiness.sender import sender
from guichet.services.readiness.waivers import Waiver, waivers

__all__ = ["LaunchList", "Line", "NotReady", "launch_lists", "require_ready"]

_CHECKS: dict[Item, Callable[[Launch], Finding]] = {
    "act": law.act,
    "signatory": law.signatory,
    "data_protection": law.data_protection,
    "impact_assessment": law.impact_assessment,
    "homologation": law.homologation,
    "accessibility": law.accessibility,
    "retention": law.retention,
    "sender": sender,
    "helpdesk": people.helpdesk,
    "agents": people.agents,
    "payer": money.payer,
    "envelope": money.envelope,
    "letters": letters.letters,
    "opening": people.opening,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item: what was found, and who waived it when it is red all the same."""

    finding: Finding
    waiver: Waiver | None = None

    @property
    def item(self) -> Item:
        """Which item."""
        return self.finding.item

    @property
    def state(self) -> Literal["green", "red", "waived"]:
        """Green without a problem; a waiver of an item that is green again says nothing."""
        if not self.finding.problems:
            return "green"
        return "waived" if self.waiver is not None else "red"


@dataclass(frozen=True, slots=True)
class LaunchList:
    """The items of one scheme in one territory, in order."""

    scheme: str
    territory: str
    lines: tuple[Line, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is red."""
        return all(line.state != "red" for line in self.lines)

    @property
    def red(self) -> tuple[Line, ...]:
        """What must be mended, or waived."""
        return tuple(line for line in self.lines if line.state == "red")


class NotReady(GuichetError):  # noqa: N818  reads as the fact it states
    """A live instance does not publish what is not ready to open."""

    def __init__(self, lists: Iterable[LaunchList]) -> None:
        self.lists = tuple(lists)
        self.problems: tuple[Problem, ...] = tuple(
            problem for one in self.lists for line in one.red for problem in line.finding.problems
        )
        super().__init__(", ".join(f"{one.scheme} {one.territory}" for one in self.lists))


def launch_lists(cases: UseCases, library: Library, scheme: str, territories: Iterable[str]) -> tuple[LaunchList, ...]:
    """The launch lists of a scheme, its examples run once; raises ProblemsFound when the declaration has mistakes."""
    told = replace(cases, territories=library.territories)  # what is declared now, not when this process began
    played: Finding | None = None
    lists: list[LaunchList] = []
    for territory in territories:
        launch = Launch(told, library, library.effective(scheme, territory), library.territories[territory])
        played = played or examples(launch)
        standing = cases.store.read(lambda tx, territory=territory: waivers(tx, scheme, territory))
        found = (played if item == "examples" else _CHECKS[item](launch) for item in ITEMS)
        lists.append(LaunchList(scheme, territory, tuple(Line(one, standing.get(one.item)) for one in found)))
    return tuple(lists)


def require_ready(cases: UseCases, library: Library, scheme: str, territories: Iterable[str]) -> None:
    """Raise NotReady with every list that holds something red."""
    held = [one for one in launch_lists(cases, library, scheme, territories) if not one.ready]
    if held:
        raise NotReady(held)
