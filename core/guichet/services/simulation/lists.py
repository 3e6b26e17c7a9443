"""Reference lists given to a simulation as files: read as an import would read them, or by columns as its data."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from guichet.catalogue import LIST_TYPES, CompiledScheme
from guichet.errors import Position, Problem, ProblemsFound, guess
from guichet.language import TEXT, Type
from guichet.language.bulk import KEY_OF_LIST
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import Context, FetchedList, ListRow, ListSource, PluginError, RejectedRow
from guichet.plugin.contracts.base import operator_options
from guichet.services.simulation.columns import CENTS, TERRITORY, expected
from guichet.services.simulation.files import batches, kind_of
from guichet.services.simulation.values import Parsed, parsed

__all__ = ["GivenList", "GivenLists", "read_lists"]

_WHERE = "·territory"
_LINE = "·line"
_OUTCOME = "outcome"
_STORED: Mapping[str, Any] = {"boolean": pl.Boolean, "date": pl.Date, "text": pl.String}


@dataclass(frozen=True, slots=True)
class GivenList:
    """A file that stands for a list: of one territory, or wherever it is consulted."""

    name: str
    path: Path
    territory: str = ""


@dataclass(frozen=True, slots=True)
class GivenLists:
    """The lists of a simulation, by name and territory (empty for all), as frames to join."""

    frames: Mapping[tuple[str, str], pl.DataFrame] = field(default_factory=dict[tuple[str, str], pl.DataFrame])

    @property
    def names(self) -> set[str]:
        """The lists some file gives."""
        return {name for name, _ in self.frames}

    def of(self, territory: str) -> dict[str, pl.DataFrame]:
        """The lists as a territory consults them; one that only others have is not there."""
        found: dict[str, pl.DataFrame] = {}
        for (name, place), frame in self.frames.items():
            if place == territory or (not place and (name, territory) not in self.frames):
                here = frame.filter(pl.col(_WHERE) == territory) if _WHERE in frame.columns else frame
                found[name] = here.unique(KEY_OF_LIST, keep="first", maintain_order=True)
        return found


def read_lists(
    compiled: CompiledScheme, given: Sequence[GivenList], sources: Mapping[str, ListSource[Any]], context: Context
) -> GivenLists:
    """The lists as frames; raises ProblemsFound with a name that is none, or the first row that cannot be read.

    Args:
        sources: What reads lists, by key: a CSV file is read as its list declares it, as an import would.
    """
    frames: dict[tuple[str, str], pl.DataFrame] = {}
    for each in given:
        declared = compiled.scheme.lists.get(each.name)
        if declared is None:
            raise ProblemsFound([Problem("data.unknown_list", guess(each.name, compiled.scheme.lists))])
        if (each.name, each.territory) in frames:
            raise ProblemsFound([Problem("data.list_given_twice", {"value": each.name})])
        if each.territory and declared.across != "territory":
            raise ProblemsFound([Problem("data.list_of_all", {"value": each.name, "territory": each.territory})])
        frames[each.name, each.territory] = _read(declared, each, sources.get(declared.plugin), context)
    return GivenLists(frames)


def _read(declared: ReferenceList, given: GivenList, source: ListSource[Any] | None, context: Context) -> pl.DataFrame:
    if kind_of(given.path) != "csv" or source is None or isinstance(source, FetchedList):
        return _by_columns(declared, given)
    told = {name: value for name, value in declared.options.items() if name not in operator_options(source.Options)}
    options = source.Options.model_validate(told)
    try:
        with given.path.open("rb") as content:
            return _imported(declared, given, source.rows(content, declared.key, declared.columns, options, context))
    except PluginError as error:
        data = {"file": given.path.name, "reason_fr": error.text("fr"), "reason_en": error.text("en")}
        raise ProblemsFound([Problem("data.list_refused", data)]) from error
    except OSError as error:
        data = {"value": given.path.name, "reason": str(error)}
        raise ProblemsFound([Problem("data.unreadable", data)]) from error


def _imported(declared: ReferenceList, given: GivenList, rows: Iterator[ListRow | RejectedRow]) -> pl.DataFrame:
    """The rows of a file written as the list declares."""
    types = {declared.key: TEXT, **_types(declared)}
    cells: dict[str, list[Any]] = {name: [] for name in types}
    for row in rows:
        if isinstance(row, RejectedRow):
            data = {"column_name": row.column or declared.key, "reason_fr": row.reason.fr, "reason_en": row.reason.en}
            raise ProblemsFound([Problem("data.list_row_refused", data, Position(str(given.path), row.line, 1))])
        for name, held in cells.items():
            held.append(row.values.get(name))
    frame = pl.DataFrame({name: pl.Series(values, dtype=_dtype(types[name])) for name, values in cells.items()})
    return _keyed(declared, frame)


def _by_columns(declared: ReferenceList, given: GivenList) -> pl.DataFrame:
    """The rows of a file whose columns bear the names of the list, as the data of a simulation."""
    pieces: list[pl.DataFrame] = []
    first = 2 if kind_of(given.path) == "csv" else 1
    for piece in batches(given.path, ","):
        pieces.append(_piece(declared, given, piece.with_row_index(_LINE, offset=first)))
        first += piece.height
    if not pieces:
        raise ProblemsFound([Problem("data.empty", {"value": given.path.name})])
    return pl.concat(pieces)


def _piece(declared: ReferenceList, given: GivenList, piece: pl.DataFrame) -> pl.DataFrame:
    granted = declared.scheme is not None and _OUTCOME in piece.columns
    if granted:  # the answers of a simulation of that scheme: it grants to those it finds eligible
        piece = piece.filter(pl.col(_OUTCOME) == "eligible")
    wanted = {declared.key: TEXT, **_types(declared)}
    values: dict[str, pl.Series] = {}
    for name, type_ in wanted.items():
        column = next((each for each in (name, f"{name}{CENTS}") if each in piece.columns), None)
        if column is None and granted and name != declared.key:
            continue  # what answers do not say stays unknown
        if column is None:
            found = [each for each in piece.columns if each != _LINE]
            data = {"value": name, "file": given.path.name, "columns": found}
            raise ProblemsFound([Problem("data.list_column_missing", data)])
        values[name] = _values(given, piece, column, type_, needed=name == declared.key, cents=column != name)
    if granted and declared.across == "territory" and TERRITORY in piece.columns:
        values[_WHERE] = piece[TERRITORY]
    return _keyed(declared, pl.DataFrame(values))


def _values(given: GivenList, piece: pl.DataFrame, column: str, type_: Type, *, needed: bool, cents: bool) -> pl.Series:
    frame = nw.from_native(piece)
    read = parsed(nw.col(column), frame.schema[column], type_, cents=cents)
    if read is None:
        data = {"value": column, "found": str(frame.schema[column]), **expected(type_)}
        raise ProblemsFound([Problem("data.column_type", data)])
    found = frame.select(_LINE, column, value=read.value, wrong=_wrong(read, needed=needed)).to_native()
    wrong = found.filter(pl.col("wrong"))
    if wrong.height:
        line, value = wrong.row(0)[:2]
        data = {"column_name": column, "value": value or "", "count": wrong.height, **expected(type_)}
        raise ProblemsFound([Problem("data.value_refused", data, Position(str(given.path), line, 1))])
    days = type_.kind == "date" and found["value"].dtype != pl.Date
    return found["value"].cast(pl.Int32).cast(pl.Date) if days else found["value"].cast(_dtype(type_))


def _wrong(read: Parsed, *, needed: bool) -> nw.Expr:
    """Whether a cell cannot be read; an empty one neither, where it is the key."""
    wrong = read.wrong if read.wrong is not None else nw.lit(value=False)
    return wrong | read.value.is_null() if needed else wrong


def _keyed(declared: ReferenceList, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(declared.key).cast(pl.String).alias(KEY_OF_LIST))


def _types(declared: ReferenceList) -> dict[str, Type]:
    return {name: LIST_TYPES.get(kind, TEXT) for name, kind in declared.columns.items()}


def _dtype(type_: Type) -> Any:
    return _STORED.get(type_.kind, pl.Int64)
