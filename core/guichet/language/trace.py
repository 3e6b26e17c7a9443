"""How each condition and the amount came out, as data for applicants, agents and letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from guichet.language.declarations import Answer, ConditionKind
from guichet.language.result import Result
from guichet.language.types import Type


class Comparison(NamedTuple):
    """One test met on the way: what was compared, the value found, the threshold.

    `operator` is a comparison sign, or `in`, `in list`, `starts_with`, `is known`, `some`, `every`. `type` is the
    type of `found`, `threshold` and `distance` (`found - threshold`; days between dates, None without an order).
    """

    name: str
    type: Type
    found: object
    operator: str
    threshold: object
    threshold_text: str
    distance: int | None
    holds: bool | None


class Bound(NamedTuple):
    """A cap or a floor that decided an amount: its value and how the rules write it."""

    kind: Literal["cap", "floor"]
    value: object
    text: str
    type: Type


class ConditionTrace(NamedTuple):
    """How one condition came out, and the comparisons met."""

    id: str
    kind: ConditionKind
    answer: Answer
    state: bool | None
    text: str
    comparisons: tuple[Comparison, ...]
    missing: tuple[str, ...]
    unavailable: tuple[str, ...]


class AmountTrace(NamedTuple):
    """How the amount came out: the branch taken counts from 0, None while that is unknown."""

    amount: int | None
    branch: int | None
    condition: str
    formula: str
    formula_with_numbers: str
    comparisons: tuple[Comparison, ...]
    bounds: tuple[Bound, ...]
    missing: tuple[str, ...]
    unavailable: tuple[str, ...]


class Trace(NamedTuple):
    """The whole explanation of one dossier: the result, found again, and everything behind it."""

    result: Result
    version: str
    conditions: tuple[ConditionTrace, ...]
    amount: AmountTrace | None
    definitions: Mapping[str, object]
    indicators: Mapping[str, object]
    met: Mapping[str, Sequence[Comparison]] = {}
    """Definition → the comparisons met in it: the brackets of a table, the cases of a choice."""
