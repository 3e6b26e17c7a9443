"""The tree of an expression as written, before its names and types are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from guichet.language.reading.numerals import Quantity
from guichet.language.sources import Span

Comparator = Literal["=", "!=", "<", "<=", ">", ">="]
Operator = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Any part of an expression; two phrases are equal when they say the same, wherever they stand."""

    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class NumberPhrase(Phrase):
    """A number with its unit."""

    quantity: Quantity


@dataclass(frozen=True, slots=True)
class ConstantPhrase(Phrase):
    """A text, a date, true or false."""

    value: str | date | bool


@dataclass(frozen=True, slots=True)
class NamePhrase(Phrase):
    """A bare name."""

    name: str


@dataclass(frozen=True, slots=True)
class ColumnPhrase(Phrase):
    """A column of rows, `dettes.montant`, or of one row, `dette.montant`."""

    name: str
    column: str
    column_span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class MinusPhrase(Phrase):
    """A value with its sign changed."""

    operand: Phrase


@dataclass(frozen=True, slots=True)
class NotPhrase(Phrase):
    """A denied condition."""

    operand: Phrase


@dataclass(frozen=True, slots=True)
class ArithmeticPhrase(Phrase):
    """Two values and `+ - * /`."""

    operator: Operator
    left: Phrase
    right: Phrase


@dataclass(frozen=True, slots=True)
class LogicPhrase(Phrase):
    """Conditions joined by one of `and`, `or`."""

    operator: Literal["and", "or"]
    operands: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPhrase(Phrase):
    """Two values compared."""

    operator: Comparator
    left: Phrase
    right: Phrase


@dataclass(frozen=True, slots=True)
class BetweenPhrase(Phrase):
    """A value within two bounds, both included."""

    operand: Phrase
    low: Phrase
    high: Phrase


@dataclass(frozen=True, slots=True)
class AmongPhrase(Phrase):
    """A value in a bracket of values, or in a field that holds several."""

    operand: Phrase
    options: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class ListedPhrase(Phrase):
    """A key in a reference list."""

    key: Phrase
    list: str
    list_span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class KnownPhrase(Phrase):
    """Whether a value is known."""

    operand: Phrase


@dataclass(frozen=True, slots=True)
class IfPhrase(Phrase):
    """One of two values."""

    condition: Phrase
    then: Phrase
    otherwise: Phrase


@dataclass(frozen=True, slots=True)
class CallPhrase(Phrase):
    """A function applied to values, with the unit of a rounding."""

    function: str
    arguments: tuple[Phrase, ...]
    unit: Phrase | None
    name_span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class QuantifierPhrase(Phrase):
    """Whether some or every row satisfies a condition."""

    quantifier: Literal["some", "every"]
    variable: str
    rows: Phrase
    condition: Phrase


@dataclass(frozen=True, slots=True)
class GatherPhrase(Phrase):
    """A value of each row that satisfies a condition; the rows themselves when no value is said."""

    variable: str
    rows: Phrase
    condition: Phrase | None
    value: Phrase | None
