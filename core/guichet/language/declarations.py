"""What the rules may speak of, and the rules themselves, as their declarer gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from guichet.language.sources import Source
from guichet.language.types import TEXT, Type
from guichet.language.words import Words

InputKind = Literal["field", "fact", "parameter"]
ConditionKind = Literal["gate", "criterion"]
Answer = Literal["computed", "attested", "judged"]


@dataclass(frozen=True, slots=True)
class Input:
    """A value known from outside: a field of the form, a fact, or a dated parameter.

    Bounds are in run-time units (cents, scaled integers); `asked_when` belongs to fields only.
    """

    type: Type
    kind: InputKind
    asked_when: Source | None = None
    minimum: int | None = None
    maximum: int | None = None
    earliest: date | None = None
    latest: date | None = None
    """The days a date can have under these rules: a version judges only the dossiers of its own time."""
    nomenclature: str = ""
    """The table of the codes it holds, where it holds codes."""
    kept: Callable[[str], str | None] | None = field(default=None, compare=False)
    """For a text: how it is kept when somebody types it so; None for what is not taken."""
    optional: bool = False
    """For a field: whether it may be left blank where it is asked."""


@dataclass(frozen=True, slots=True)
class ListSignature:
    """A reference list: the type of its key and of each column."""

    columns: Mapping[str, Type] = field(default_factory=dict[str, Type])
    key: Type = TEXT


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes by their beginnings, with exceptions."""

    beginnings: tuple[str, ...]
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A function a plugin gives to rules.

    `call` takes run-time values, all known, and answers a run-time value or None when it cannot tell.
    `words` gives its name in French or English files; its own name works in both. `bulk` is the same function over
    columns: it takes and gives Narwhals expressions, a date being the number of days since 1 January 1970; it may
    give anything where an argument is null, and null where `call` answers None. `label` says in each language what a
    call gives, `{0}` standing for the first argument: `the Département of {0}`. `nomenclature` is the table by whose
    `label` people read what it answers. `plugin` is who gives it, noted when it is registered.
    """

    name: str
    words: Mapping[Words, str]
    parameters: tuple[Type, ...]
    returns: Type
    call: Callable[..., object]
    bulk: Callable[..., Any] | None = None
    label: Mapping[Words, str] = field(default_factory=dict[Words, str])
    nomenclature: str = ""
    plugin: str = ""

    def __post_init__(self) -> None:
        for text in self.label.values():
            try:
                text.format(*self.parameters)
            except (IndexError, KeyError, ValueError):
                given = f"{len(self.parameters)} arguments, written {{0}}…"
                raise ValueError(f"label {text!r} speaks of an argument there is not: {given}") from None


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything an expression may name; inputs stand in the order of the form."""

    words: Words
    inputs: Mapping[str, Input]
    lists: Mapping[str, ListSignature] = field(default_factory=dict[str, ListSignature])
    functions: tuple[Signature, ...] = ()
    codes: Mapping[str, CodeSet] = field(default_factory=dict[str, CodeSet])
    nomenclatures: Mapping[str, tuple[Mapping[str, object], ...]] = field(
        default_factory=dict[str, "tuple[Mapping[str, object], ...]"]
    )
    """Table of official codes → what each of its versions holds, by code."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A gate or a criterion; `when` is given exactly when its answer is computed."""

    id: str
    kind: ConditionKind
    when: Source | None
    answer: Answer = "computed"


@dataclass(frozen=True, slots=True)
class Branch:
    """One step of the amount: no condition means `else` or `always`.

    `unverified` says why nobody vouches for a value: the amount is then undetermined, never guessed.
    """

    condition: Source | None
    value: Source | None
    unverified: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of the rules of a scheme, conditions in file order."""

    version: str
    definitions: Mapping[str, Source] = field(default_factory=dict[str, Source])
    conditions: tuple[Condition, ...] = ()
    amount: tuple[Branch, ...] = ()
    indicators: Mapping[str, Source] = field(default_factory=dict[str, Source])
