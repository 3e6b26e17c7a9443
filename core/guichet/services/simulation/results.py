"""Answers written by a simulation, read again: one line decoded, explained and compared, or all of them counted."""

# The types of polars speak of libraries that are not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from guichet.engine.eligibility import explain
from guichet.engine.full_explanations import FullExplanation, explain_fully
from guichet.errors import Problem, ProblemsFound, guess
from guichet.language import Result
from guichet.language.bulk import ANSWERS, BulkProgram
from guichet.locale import Language
from guichet.services.simulation.asked import LINE, Simulation
from guichet.services.simulation.cases import case_of
from guichet.services.simulation.columns import TERRITORY
from guichet.services.simulation.evaluation import Runner
from guichet.services.simulation.files import batches, parquet_batches
from guichet.services.simulation.origins import Origin, rules_hash
from guichet.services.simulation.periods import FILED_ON, RULES_FROM, day_from
from guichet.services.simulation.programs import bulk_of
from guichet.services.simulation.summary import Summary, tally

__all__ = ["Decoded", "Results"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """One line of answers in names: the result, the number of the branch, and the rules that gave them."""

    line: int
    territory: str
    on: date
    """A day of the rules that judged it: the judging day, or the first of its version when lines have their own."""
    result: Result
    branch: int | None

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        told = self.result._asdict()
        return {
            "line": self.line,
            "territory": self.territory,
            "on": self.on.isoformat(),
            "outcome": told.pop("outcome"),
            "amount_cents": told.pop("amount"),
            "provisional_amount_cents": told.pop("provisional"),
            "branch": self.branch,
            **{name: list(names) for name, names in told.items()},
        }


class Results:
    """A file of answers and the scheme that gave them; raises ProblemsFound when they are not of these rules.

    Args:
        path: A Parquet file, or the folder that Spark writes.
        simulation: The same scheme as it is declared now, and the lists that were given.
    """

    def __init__(self, path: Path, simulation: Simulation, origin: Origin) -> None:
        self.path = path
        self._simulation = simulation
        self.origin = origin
        self._programs: dict[tuple[str, date], BulkProgram] = {}
        for place, known in origin.rules.items():
            if rules_hash(simulation.scheme(place).scheme) != known:
                raise ProblemsFound([Problem("results.other_rules", {"value": path.name, "scheme": origin.scheme})])
        needed = [LINE, *ANSWERS, *(column for mask in self._widest for column in mask)]
        absent = [name for name in needed if name not in self._columns]
        if absent:
            raise ProblemsFound([Problem("results.columns_missing", {"value": path.name, "columns": absent})])

    def decode(self, row: str) -> Decoded:
        """A line by its number, or by the value of a column kept: `17`, `nom=Le Goff`; raises ProblemsFound."""
        told = self._line(row)
        territory = str(told.get(TERRITORY) or self.origin.territory or "")
        on: date = told.get(RULES_FROM) or self.origin.on or self._simulation.on
        program = self._program(territory, on)
        blank = {column: 0 for mask in program.masks for column in mask.columns}
        return Decoded(told[LINE], territory, on, program.decode({**blank, **told}), told["branch"])

    def explain(self, row: str, data: Path, language: Language) -> tuple[Decoded, FullExplanation]:
        """A line decoded, and the whole explanation of its data; raises ProblemsFound when they do not agree."""
        lacking = [name for name in self.origin.lists if name not in self._simulation.lists.names]
        if lacking:
            raise ProblemsFound([Problem("results.lists_missing", {"lists": lacking, "value": lacking[0]})])
        decoded = self.decode(row)
        line = self._data_line(row, decoded, data)
        runner = Runner(self._simulation, data, self.origin.kept, self.origin.ignored, "polars")
        read = runner.read(line)
        compiled, on = self._simulation.scheme(read.territory), decoded.on
        if self.origin.on is None:
            on = day_from(read.main[FILED_ON][0]) or on
        case = case_of(read, compiled, on)
        found = explain_fully(compiled, case.answers, case.facts, on, language=language)
        amount = explain(compiled, case.answers, case.facts, on).amount
        refused = found.result.outcome == "not_eligible"
        branch = None if refused or amount is None or amount.branch is None else amount.branch + 1
        now = Decoded(decoded.line, read.territory, decoded.on, found.result, branch)
        _refuse_apart(decoded, now, data)
        return decoded, found

    def summary(self) -> Summary:
        """All the answers counted, piece by piece: a longer file needs no more memory."""
        whole = Summary()
        for piece in self._pieces():
            for (territory, since), part in self._parts(piece):
                day = since or self.origin.on or self._simulation.on
                masks = self._program(territory or self.origin.territory or "", day).masks
                whole.add(tally(part, masks), territory, since)
        whole.unjudged.update(self.origin.unjudged)
        whole.absent_lists.update(dict.fromkeys(self.origin.absent_lists))
        return whole

    @cached_property
    def _columns(self) -> list[str]:
        return pq.read_schema(self._files[0]).names if self._files else []

    @cached_property
    def _files(self) -> list[Path]:
        return sorted(self.path.glob("part-*")) if self.path.is_dir() else [self.path]

    @cached_property
    def _widest(self) -> list[tuple[str, ...]]:
        """The columns of each mask, of the version that has most of them."""
        found: list[tuple[str, ...]] = []
        for place in self.origin.rules or {"": ""}:
            compiled = self._simulation.scheme(place)
            days = [each.first_day for each in compiled.versions] if self.origin.on is None else [self.origin.on]
            found += [mask.columns for day in days for mask in self._program(place, day).masks]
        return found

    def _program(self, territory: str, on: date) -> BulkProgram:
        if (territory, on) not in self._programs:
            self._programs[territory, on] = bulk_of(self._simulation.scheme(territory), territory, on)
        return self._programs[territory, on]

    def _pieces(self) -> Iterator[pl.DataFrame]:
        for file in self._files:
            yield from parquet_batches(file)

    def _parts(self, piece: pl.DataFrame) -> Iterator[tuple[tuple[str | None, date | None], pl.DataFrame]]:
        """A piece by territory and version, as the file says them."""
        by = [name for name in (TERRITORY, RULES_FROM) if name in piece.columns]
        if not by:
            yield (None, None), piece
            return
        for values, part in piece.group_by(by, maintain_order=True):
            said: Mapping[str, Any] = dict(zip(by, values, strict=True))
            yield (said.get(TERRITORY), said.get(RULES_FROM)), part

    def _line(self, row: str) -> Mapping[str, Any]:
        """The line of answers that is asked; raises ProblemsFound when none, or several, are."""
        column, equal, value = row.partition("=")
        if not equal:
            column, value = LINE, row.strip()
            if not (value.isascii() and value.isdecimal()):
                raise ProblemsFound([Problem("results.row_form", {"value": row})])
        if column not in self._columns or column in {*ANSWERS} - {LINE}:
            kept = [name for name in self._columns if name in {*self.origin.kept, TERRITORY, LINE}]
            raise ProblemsFound([Problem("results.row_column", guess(column, kept))])
        return _only(self._matching(column, value), row, self.path)

    def _matching(self, column: str, value: str) -> list[dict[str, Any]]:
        """The first lines whose column says a value; a number of line is looked for no further once it is found."""
        found: list[dict[str, Any]] = []
        wanted = 1 if column == LINE else _SHOWN
        for piece in self._pieces():
            found += piece.filter(pl.col(column).cast(pl.String) == value).head(wanted - len(found)).to_dicts()
            if len(found) == wanted:
                break
        return found

    def _data_line(self, row: str, decoded: Decoded, data: Path) -> pl.DataFrame:
        """The line of data that gave a line of answers, with its number."""
        column, _, value = row.partition("=")
        by_column = not self.origin.numbered
        if by_column and ("=" not in row or column == LINE):
            raise ProblemsFound([Problem("results.row_of_cluster", {"value": row})])
        first = 1
        for batch in batches(data, self.origin.separator):
            if by_column and column in batch.columns:
                here = batch.filter(pl.col(column).cast(pl.String) == value)
            else:
                here = batch.slice(decoded.line - first, 1) if first <= decoded.line < first + batch.height else None
            if here is not None and here.height:
                return here.head(1).with_columns(pl.lit(decoded.line, pl.Int64).alias(LINE))
            first += batch.height
        raise ProblemsFound([Problem("results.row_not_in_data", {"value": row, "file": data.name})])


def _only(found: Sequence[Mapping[str, Any]], row: str, path: Path) -> Mapping[str, Any]:
    if len(found) == 1:
        return found[0]
    if found:
        data = {"value": row, "file": path.name, "lines": [str(each[LINE]) for each in found]}
        raise ProblemsFound([Problem("results.row_twice", data)])
    raise ProblemsFound([Problem("results.row_absent", {"value": row, "file": path.name})])


def _refuse_apart(told: Decoded, now: Decoded, data: Path) -> None:
    """Raises ProblemsFound when the data no longer gives what the answers say."""
    before, after = told.as_json(), now.as_json()
    apart = [name for name in before if before[name] != after[name]]
    if apart:
        name = apart[0]
        said = {"value": told.line, "what": name, "found": after[name], "expected": before[name], "file": data.name}
        raise ProblemsFound([Problem("results.row_differs", {key: _shown(each) for key, each in said.items()})])


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "—"
    return "—" if value is None else str(value)
