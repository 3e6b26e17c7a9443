"""What a simulation comes to: outcomes, envelope needed, by territory, by branch, by reason, by amount."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import narwhals as nw

from guichet.language import Outcome
from guichet.language.bulk import Mask
from guichet.services.simulation.periods import Unjudged

__all__ = ["BIN", "Group", "Summary", "tally"]

BIN = 10_00
"""The width, in cents, in which amounts are counted on the way: ten euros."""


@dataclass(slots=True)
class Group:
    """Some dossiers: how many of each outcome, and what they cost."""

    outcomes: Counter[Outcome] = field(default_factory=Counter[Outcome])
    granted_cents: int = 0
    awaited_cents: int = 0
    """Amounts given « sous réserve »: a person has still to answer."""

    @property
    def count(self) -> int:
        """How many dossiers."""
        return self.outcomes.total()

    def add(self, outcome: Outcome, count: int, granted: int, awaited: int) -> None:
        """Counts dossiers of one outcome."""
        self.outcomes[outcome] += count
        self.granted_cents += granted
        self.awaited_cents += awaited


@dataclass(slots=True)
class Summary:
    """The whole of a simulation, added up as the answers come."""

    whole: Group = field(default_factory=Group)
    territories: dict[str, Group] = field(default_factory=dict[str, Group])
    branches: dict[int, Group] = field(default_factory=dict[int, Group])
    failed: Counter[str] = field(default_factory=Counter[str])
    missing: Counter[str] = field(default_factory=Counter[str])
    awaited: Counter[str] = field(default_factory=Counter[str])
    unavailable: Counter[str] = field(default_factory=Counter[str])
    bins: Counter[int] = field(default_factory=Counter[int])
    versions: dict[date, Group] = field(default_factory=dict[date, Group])
    """By the first day of the version that judged, when each line has its day."""
    version_branches: dict[tuple[date, int], Group] = field(default_factory=dict[tuple[date, int], Group])
    """Likewise the branches, whose numbers are those of one version."""
    unjudged: dict[str, Unjudged] = field(default_factory=dict[str, Unjudged])
    """The lines left out: `undated`, `unreadable` (of their day), `before_rules` (filed before the first version)."""

    absent_lists: dict[str, None] = field(default_factory=dict[str, None])
    """The lists that rules consult and nothing gave: neither a file nor a column."""

    def add(self, found: _Tally, territory: str | None, rules_from: date | None = None) -> None:
        """Adds the tally of some answers."""
        for outcome, branch, count, granted, awaited in found.groups:
            groups = [self.whole]
            if territory is not None:
                groups.append(self.territories.setdefault(territory, Group()))
            if rules_from is not None:
                groups.append(self.versions.setdefault(rules_from, Group()))
            if branch is not None and rules_from is not None:
                groups.append(self.version_branches.setdefault((rules_from, branch), Group()))
            elif branch is not None:
                groups.append(self.branches.setdefault(branch, Group()))
            for group in groups:
                group.add(outcome, count, granted, awaited)
        self.bins.update(found.bins)
        for name, counts in found.names.items():
            cast("Counter[str]", getattr(self, name)).update(counts)


@dataclass(frozen=True, slots=True)
class _Tally:
    groups: list[tuple[Outcome, int | None, int, int, int]]
    bins: dict[int, int]
    names: dict[str, dict[str, int]]


def tally(answers: Any, masks: tuple[Mask, ...]) -> _Tally:
    """Answers counted by their own engine; few lines come back."""
    frame = nw.from_native(answers).lazy()
    granted, awaited = nw.col("amount_cents"), nw.col("provisional_amount_cents")
    grouped = frame.group_by("outcome", "branch").agg(
        nw.len().alias("count"), granted.sum().alias("granted"), awaited.sum().alias("awaited")
    )
    groups = [
        (line["outcome"], line["branch"], line["count"], int(line["granted"] or 0), int(line["awaited"] or 0))
        for line in _lines(grouped)
    ]
    counted = frame.filter(~granted.is_null()).with_columns(bin=(granted // BIN).cast(nw.Int64()))
    bins = {line["bin"]: line["count"] for line in _lines(counted.group_by("bin").agg(nw.len().alias("count")))}
    return _Tally(groups, bins, _names(frame, masks))


def _names(frame: nw.LazyFrame[Any], masks: tuple[Mask, ...]) -> dict[str, dict[str, int]]:
    """How many dossiers set each name of each mask."""
    wanted = {
        f"{column} {bit}": ((nw.col(column) // (1 << bit)).cast(nw.Int64()) % 2).sum()
        for mask in masks
        for column, names in mask.parts()
        for bit in range(len(names))
    }
    if not wanted:
        return {}
    (line,) = _lines(frame.select(**wanted))
    found: dict[str, dict[str, int]] = {}
    for mask in masks:
        counts = found.setdefault(mask.column, {})
        for column, names in mask.parts():
            for bit, name in enumerate(names):
                counts[name] = counts.get(name, 0) + int(line[f"{column} {bit}"] or 0)
    return {mask: {name: count for name, count in counts.items() if count} for mask, counts in found.items()}


def _lines(frame: nw.LazyFrame[Any]) -> list[Mapping[str, Any]]:
    return cast("list[Mapping[str, Any]]", frame.collect("pyarrow").to_native().to_pylist())
