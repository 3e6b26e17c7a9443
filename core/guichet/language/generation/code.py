"""Pieces of generated Python: an expression, and what makes it unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from guichet.language import operations
from guichet.model.days import add_days, add_months


@dataclass(frozen=True, slots=True)
class Code:
    """A Python expression that is only evaluated once each guard, tried in order, has turned out false.

    A guard is a Python expression that is true when the value is unknown; it may name a value on its way (`:=`).
    `whole`, when given, is one expression worth None when unknown: what the single guard of the piece names.
    """

    text: str
    guards: tuple[str, ...] = ()
    whole: str = ""

    @property
    def or_none(self) -> str:
        """One expression worth the value, or None when it is unknown."""
        if self.whole:
            return self.whole
        return f"(None if {' or '.join(self.guards)} else {self.text})" if self.guards else self.text


def guards_of(pieces: Iterable[Code]) -> tuple[str, ...]:
    """The guards of several pieces in order, each once."""
    return tuple(dict.fromkeys(guard for piece in pieces for guard in piece.guards))


@dataclass(slots=True)
class Namespace:
    """The names a generated function sees: ours are made up, the author's words are values, never names."""

    values: dict[str, object] = field(
        default_factory=lambda: {
            "Fraction": Fraction,
            "half_away": operations.half_away,
            "floor_of": operations.floor_of,
            "ceiling_of": operations.ceiling_of,
            "scaled": operations.scaled,
            "add_days": add_days,
            "add_months": add_months,
            "days_between": operations.days_between,
            "months_between": operations.months_between,
            "years_between": operations.years_between,
            "cell": operations.cell,
            "some": operations.some,
            "every": operations.every,
        }
    )
    _constants: dict[tuple[str, object], str] = field(default_factory=dict[tuple[str, object], str])

    def constant(self, value: object) -> str:
        """A made-up name for a value."""
        key = ("callable", id(value)) if callable(value) else (type(value).__name__, value)
        if key not in self._constants:
            name = f"K{len(self._constants)}"
            self._constants[key] = name
            self.values[name] = value
        return self._constants[key]


@dataclass(slots=True)
class Lines:
    """Generated statements with their indentation."""

    written: list[str] = field(default_factory=list[str])
    depth: int = 0

    def add(self, *lines: str) -> None:
        """Adds lines at the current depth."""
        self.written.extend("    " * self.depth + line for line in lines)

    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.written) + "\n"


@dataclass(frozen=True, slots=True)
class Variables:
    """Which Python variable holds each input, list and definition, and which of them may be None."""

    inputs: Mapping[str, str]
    lists: Mapping[str, str]
    definitions: Mapping[str, str]
    nullable: set[str]

    def guard(self, variable: str) -> tuple[str, ...]:
        """What makes a variable unknown, nothing when it is always known."""
        return (f"{variable} is None",) if variable in self.nullable else ()
