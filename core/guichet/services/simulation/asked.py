"""What is asked of a simulation: which scheme, on which day, computed where."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import narwhals as nw

from guichet.catalogue import CompiledScheme
from guichet.language.bulk import EngineName
from guichet.services.simulation.lists import GivenLists

__all__ = ["LINE", "Lines", "Simulation", "Where"]

LINE = "line"
"""The number of the line of data, from 1; the header of a CSV file does not count."""
Lines: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"


@dataclass(frozen=True, slots=True)
class Simulation:
    """What to simulate: the scheme of each territory, on one day or on the day of each line.

    Args:
        scheme: The scheme of a territory by its id, ``""`` for the scheme itself.
        territories: Every id a file may name.
        territory: The territory of every line; None when the file says it, or when there is none.
        on: The judging day, also the day of filing and of decision.
        fixed: Whether that day is for every line; else a column `filed_on`, where there is one, says the day of each.
        lists: The reference lists given as files; of the others, columns `@list` say what each line is in.
    """

    scheme: Callable[[str], CompiledScheme]
    territories: Sequence[str]
    territory: str | None
    on: date
    fixed: bool = True
    lists: GivenLists = field(default_factory=GivenLists)


@dataclass(frozen=True, slots=True)
class Where:
    """Which engine computes, and where its cluster is."""

    engine: EngineName = "polars"
    master: str = ""
