"""Lines judged each on its own day: the periods whose rules and parameters are the same, and the lines of each."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import narwhals as nw

from guichet.catalogue import CompiledScheme
from guichet.language.bulk import ANSWERS, BulkProgram, day_of
from guichet.services.simulation.values import Parsed

__all__ = ["FILED_ON", "RULES_FROM", "Period", "Unjudged", "aligned", "day_from", "judged", "periods_of", "unjudged"]

FILED_ON: Final = "filed_on"
RULES_FROM: Final = "rules_from"
"""The column of answers that says which version judged: its first day."""
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days judged alike: the same version, the same value of every parameter; no last day for the newest."""

    first: date
    until: date | None
    """The first day of the next period."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Lines left out for one reason: how many, and the number of the first."""

    count: int
    line: int


def periods_of(compiled: CompiledScheme) -> list[Period]:
    """The periods of a scheme since its first version, in order."""
    changes = {version.first_day for version in compiled.versions}
    start = min(changes, default=None)
    for parameter in compiled.scheme.parameters.values():
        changes.update(day for day in parameter.values if start is not None and day > start)
    days = sorted(changes)
    return [Period(day, after) for day, after in zip(days, [*days[1:], None], strict=True)]


def day_from(value: object) -> date | None:
    """A day as a column of dates, or of days since 1970, holds it."""
    return day_of(value) if isinstance(value, int) else value if isinstance(value, date) else None


def judged(day: nw.Expr, period: Period, *, dates: bool) -> nw.Expr:
    """Whether the day of a line is in a period, never null; `dates` says dates rather than days since 1970."""
    test = day >= _bound(period.first, dates=dates)
    if period.until is not None:
        test &= day < _bound(period.until, dates=dates)
    return test.fill_null(value=False)


def unjudged(read: Parsed, first: Period, *, dates: bool) -> dict[str, nw.Expr]:
    """For each reason why lines may have no rules, whether one has none; never null."""
    day = read.value
    early = (day < _bound(first.first, dates=dates)).fill_null(value=False)
    if read.wrong is None:
        return {"undated": day.is_null(), "before_rules": early}
    return {"undated": day.is_null() & ~read.wrong, "unreadable": read.wrong, "before_rules": early}


def aligned(answers: Any, kept: list[str], program: BulkProgram, masks: list[str], since: date) -> Any:
    """Answers with the same columns whichever version gave them, and which one did."""
    own = {column for mask in program.masks for column in mask.columns}
    numbers = {name: nw.col(name).cast(nw.Int64()) for name in ANSWERS if name != "outcome"}
    bits = {name: nw.col(name) if name in own else nw.lit(0, nw.Int64()) for name in masks}
    version = {RULES_FROM: nw.lit(since, nw.Date())}
    return answers.select(*kept, "outcome", **numbers, **bits, **version)


def _bound(day: date, *, dates: bool) -> Any:
    return nw.lit(day, nw.Date()) if dates else (day - _EPOCH).days
