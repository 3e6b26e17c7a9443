"""What an item of the launch list looks at, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from guichet.catalogue import CompiledScheme
from guichet.errors import Position, Problem
from guichet.loader.declaration import place
from guichet.loader.library import Effective, Library
from guichet.loader.reader import Node
from guichet.locale import Text, Texts
from guichet.model.placeholders import is_supplied
from guichet.model.scheme import Scheme
from guichet.model.territory import Territory
from guichet.services.cases import UseCases

__all__ = ["ITEMS", "Finding", "Item", "Launch", "Where", "in_words", "problem_at", "to_supply"]

Item = Literal[
    "act",
    "signatory",
    "data_protection",
    "impact_assessment",
    "homologation",
    "accessibility",
    "retention",
    "sender",
    "helpdesk",
    "agents",
    "payer",
    "envelope",
    "letters",
    "examples",
    "opening",
]
ITEMS: tuple[Item, ...] = get_args(Item)
Where = tuple[Node, tuple[str, ...]]
"""A tree of declarations, and a path in it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one item is found to be: without a problem it is green, and `told` says what was found."""

    item: Item
    problems: tuple[Problem, ...] = ()
    told: tuple[str | Text, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Launch:
    """One scheme about to open in one territory."""

    cases: UseCases
    library: Library
    effective: Effective
    territory: Territory

    @property
    def scheme(self) -> Scheme:
        """The scheme as the territory will run it."""
        return self.effective.scheme

    @property
    def compiled(self) -> CompiledScheme:
        """The same, compiled."""
        return self.effective.compiled

    @property
    def first_day(self) -> date:
        """The first day on which something may be decided."""
        calendar = self.scheme.calendar
        return max(calendar.opens.date(), calendar.decidable_from or calendar.opens.date())

    def in_scheme(self, *path: str) -> Where:
        """A value of the scheme."""
        return self.effective.node, path

    def in_territory(self, *path: str) -> Where:
        """A value of the territory."""
        return self.library.trees[self.territory.id], path

    def missing(self, values: Iterable[tuple[Where, str | None]], *, instead: str = "") -> list[Problem]:
        """A problem for each value that is empty or still to be supplied; `instead`: where the territory may say it."""
        return [to_supply(where, instead) for where, text in values if not is_supplied(text)]


def in_words(name: str, **values: object) -> Text:
    """What was found, in words of both languages."""
    return Text(Texts("fr")(f"readiness.{name}", **values), Texts("en")(f"readiness.{name}", **values))


def problem_at(code: str, where: Where, **data: object) -> Problem:
    """A problem where a value stands, or would stand; the path names what is to be written."""
    path = where[1]
    return Problem(code, {"name": ".".join(path), **data}, position_of(where), path)


def to_supply(where: Where, instead: str = "") -> Problem:
    """The problem of a value still to be supplied."""
    return problem_at("ready.to_supply", where, instead=instead)


def position_of(where: Where) -> Position:
    """The place of a value, or of the mapping that should hold it."""
    tree, path = where
    return place(tree, path)
