"""Data that a plugin ships: dated tables that rules look up, blocks and whole schemes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

from guichet.language.declarations import Signature
from guichet.language.types import DATE, TEXT, Type
from guichet.language.words import Words
from guichet.plugin.contracts.base import Contract, NoOptions
from guichet.plugin.contracts.rule_values import fits_rules

__all__ = ["DataPackage", "DataTable", "TableVersion", "lookups_of"]


@dataclass(frozen=True, slots=True)
class TableVersion:
    """The rows of a table from one day on.

    Args:
        first_day: The day from which these rows hold, until the day before the next version.
        legal: The text that sets them.
        rows: Key → column → value, as rules know values (money in cents).
        last_day: Their last day, where no next version says it.
    """

    first_day: date
    legal: str
    rows: Mapping[str, Mapping[str, object]]
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """A dated table. Rules ask a column of it by `‹name›_‹column›(key, day)`; what it does not hold is unknown.

    Args:
        columns: Column → the type rules see.
        versions: In the order of their first days.
        labels: Column → what its lookup gives, in words: `{0}` is the key, `{1}` the day.
    """

    name: str
    columns: Mapping[str, Type]
    versions: tuple[TableVersion, ...]
    labels: Mapping[str, Mapping[Words, str]] = field(default_factory=dict[str, Mapping[Words, str]])

    def value(self, column: str, key: str, on: date) -> object:
        """Give a value on a day; None when the table says nothing of that key or that day."""
        place = bisect_right([version.first_day for version in self.versions], on) - 1
        if place < 0:
            return None
        version = self.versions[place]
        if version.last_day is not None and on > version.last_day:
            return None
        return self.row_of(version, key).get(column)

    def row_of(self, version: TableVersion, key: str) -> Mapping[str, object]:
        """Give the row of a key, empty without one.

        Raises:
            TypeError: A mapping that reads its rows when they are asked for holds something else there.
        """
        rows: Any = version.rows
        row: Any = rows.get(key, {})
        if not isinstance(row, Mapping):
            raise TypeError(f"{self.name}, {key}: a row is a mapping of columns, not {type(row).__name__}")
        return cast("Mapping[str, object]", row)


_EPOCH = date(1970, 1, 1).toordinal()
_NOTHING = date.max.toordinal()
_FEW = 60
"""Rows that a lookup over columns tries one after the other; a longer table is looked up in Python."""


class DataPackage(Contract[NoOptions]):
    """What a plugin ships as data; each method is asked once, at start."""

    Options = NoOptions

    def tables(self) -> Sequence[DataTable]:
        """Give the dated tables."""
        return ()

    def declarations(self) -> Path | None:
        """Give a folder that holds `‹scheme›/scheme.yaml` and `_blocks/‹block›.yaml`, as `schemes/` of an instance."""
        return None


def lookups_of(table: DataTable) -> tuple[Signature, ...]:
    """Give the functions by which rules look a table up: one a column, of a key and a day."""
    return tuple(_lookup(table, column, kind) for column, kind in table.columns.items())


def _lookup(table: DataTable, column: str, kind: Type) -> Signature:
    name = f"{table.name}_{column}"

    def look(key: str, on: date) -> object:
        return table.value(column, key, on)

    few = sum(len(version.rows) for version in table.versions) <= _FEW
    columns = partial(_over_columns, table, column, kind) if few else None
    words: Mapping[Words, str] = {"fr": name, "en": name}
    return Signature(name, words, (TEXT, DATE), kind, look, bulk=columns, label=table.labels.get(column, {}))


def _over_columns(table: DataTable, column: str, kind: Type, key: Any, on: Any) -> Any:
    """The same over columns, days being counted from 1 January 1970.

    Raises:
        TypeError: A row holds something else than its column says: a simulation would count with it.
    """
    import narwhals  # only simulations look tables up by the column

    nw: Any = narwhals
    found: Any = None
    for version in table.versions:  # the last one that has begun wins
        held = _NOTHING if version.last_day is None else version.last_day.toordinal() - _EPOCH
        for name in (None, *version.rows):
            begun = on >= version.first_day.toordinal() - _EPOCH
            test = begun if name is None else begun & (on <= held) & (key == name)
            value = None if name is None else table.row_of(version, name).get(column)
            if value is not None and not fits_rules(value, kind):
                raise TypeError(f"{table.name}, {name}, {column}: {value!r} is no {kind.kind}")
            day = value.toordinal() - _EPOCH if isinstance(value, date) else value
            found = nw.when(test).then(nw.lit(day)).otherwise(found)
    return found
