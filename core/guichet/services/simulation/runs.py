"""Simulates a scheme on a data file: every line through the rules of a day, answers written, added up."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

import narwhals as nw
import polars as pl

from guichet.catalogue import CompiledScheme
from guichet.errors import Position, Problem, ProblemsFound, guess
from guichet.language.bulk import ENGINES, KEY, BulkProgram, EngineName, with_lists
from guichet.plugin import answers_needed
from guichet.services.simulation.columns import TERRITORY, DataColumn, Layout, expected, layout_of
from guichet.services.simulation.files import AnswersFile, batches, kind_of
from guichet.services.simulation.lists import GivenLists
from guichet.services.simulation.opened import Opened, opened
from guichet.services.simulation.periods import (
    FILED_ON,
    RULES_FROM,
    Period,
    Unjudged,
    aligned,
    judged,
    periods_of,
    unjudged,
)
from guichet.services.simulation.programs import DAYS, bulk_of, constants_of, version_on
from guichet.services.simulation.rows import rows_of
from guichet.services.simulation.summary import Summary, tally

__all__ = ["LINE", "Simulation", "Where", "simulate"]

LINE = "line"
"""The number of the line of data, from 1; the header of a CSV file does not count."""
_SHOWN = 60
_KEPT = "·kept "
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


def simulate(
    simulation: Simulation,
    data: Path,
    out: Path,
    *,
    where: Where = Where(),
    separator: str = ",",
    keep: Sequence[str] = (),
    ignored: Sequence[str] = (),
) -> Summary:
    """The summary of a simulation, its answers in a Parquet file; raises ProblemsFound, and then writes none."""
    runner = Runner(simulation, data, keep, ignored, where.engine)
    with answers_needed():  # a function that breaks stops the simulation: its value would be unknown on every line
        if where.engine == "polars":
            return _piecewise(runner, data, out, separator)
        with opened(where.engine, where.master) as engine:
            return _whole(runner, engine, data, out, separator)


def _piecewise(runner: Runner, data: Path, out: Path, separator: str) -> Summary:
    summary, answers = Summary(), AnswersFile(out)
    try:
        first = 1
        for batch in batches(data, separator):
            numbered = batch.with_row_index(LINE, offset=first).with_columns(pl.col(LINE).cast(pl.Int64))
            for part in runner.run(numbered):
                sorted_ = cast("pl.DataFrame", part.answers).sort(LINE)
                answers.write(sorted_)
                summary.add(tally(sorted_, part.program.masks), part.territory, part.rules_from)
            first += batch.height
        runner.tell_unjudged(summary)
        answers.finish()
    except BaseException:
        answers.give_up()
        raise
    return summary


def _whole(runner: Runner, engine: Opened, data: Path, out: Path, separator: str) -> Summary:
    summary = Summary()
    parts = list(runner.run(engine.read(data, separator)))
    runner.tell_unjudged(summary, any_judged=bool(parts))
    found = [nw.from_native(part.answers) for part in parts]
    engine.write(nw.concat(found).to_native() if len(parts) > 1 else parts[0].answers, out)
    written = nw.from_native(engine.read_back(out))
    for (territory, since), part in {(part.territory, part.rules_from): part for part in parts}.items():
        chosen = written
        if territory is not None and len(parts) > 1:
            chosen = chosen.filter(nw.col(TERRITORY) == territory)
        if since is not None:
            chosen = chosen.filter(nw.col(RULES_FROM) == nw.lit(since, nw.Date()))
        summary.add(tally(chosen.to_native(), part.program.masks), territory, since)
    return summary


class Part(NamedTuple):
    """Answers of one set of rules: of which territory, of which version when each line has its day."""

    territory: str | None
    rules_from: date | None
    answers: Any
    program: BulkProgram


class Runner:
    """Runs pieces of a file, or the whole of it, through the rules of each territory."""

    def __init__(
        self,
        simulation: Simulation,
        data: Path,
        keep: Sequence[str],
        ignored: Sequence[str],
        engine: EngineName,
    ) -> None:
        self._simulation = simulation
        self._data = data
        self._keep = list(keep)
        self._ignored = tuple(ignored)
        self._engine: EngineName = engine
        self._layout: Layout | None = None
        self._programs: dict[tuple[str, date | None], BulkProgram] = {}
        self._unjudged: dict[str, Unjudged] = {}
        self._lists: dict[str, dict[str, Any]] = {}
        self._absent: dict[str, None] = {}

    def run(self, lines: Any) -> Iterator[Part]:
        """The answers of numbered lines of data, territory by territory, and period by period when lines have days."""
        frame = nw.from_native(lines)
        layout = self._layout = self._layout or self._read_layout(frame)
        self._refuse_wrong(frame, layout)
        if not layout.territories:
            place = self._simulation.territory
            yield from self._parts(place, place or "", frame, layout)
            return
        named = frame.lazy().select(TERRITORY).unique().collect("pyarrow").to_native()[TERRITORY].to_pylist()
        for territory in sorted(named, key=str):
            here = (
                frame.filter(nw.col(TERRITORY) == territory)
                if territory is not None
                else frame.filter(nw.col(TERRITORY).is_null())
            )
            yield from self._parts(str(territory), self._known(territory, here), here, layout)

    def tell_unjudged(self, summary: Summary, *, any_judged: bool = False) -> None:
        """Counts in the summary the lines that had no rules; raises ProblemsFound when none had any."""
        summary.unjudged.update(self._unjudged)
        summary.absent_lists.update(self._absent)
        if self._unjudged and not any_judged and not summary.whole.count:
            raise ProblemsFound([Problem("data.no_days", {"value": FILED_ON})])

    def _parts(self, named: str | None, territory: str, lines: Lines, layout: Layout) -> Iterator[Part]:
        if layout.day is None:
            yield Part(named, None, *self._evaluated(territory, lines, layout, None))
            return
        compiled, read = self._simulation.scheme(territory), layout.day.read
        dates = lines.collect_schema()[FILED_ON] == nw.Date()
        periods = periods_of(compiled)
        reasons = unjudged(read, periods[0], dates=dates)
        tests = [judged(read.value, period, dates=dates) for period in periods]
        for period, test, there in zip(periods, tests, self._days_there(lines, reasons, tests), strict=True):
            if there:
                since = version_on(compiled, period.first).first_day
                yield Part(named, since, *self._evaluated(territory, lines.filter(test), layout, period))

    def _days_there(self, lines: Lines, reasons: dict[str, nw.Expr], tests: list[nw.Expr]) -> list[bool]:
        """Whether each period has lines; the lines of none are counted on the way."""
        counts = {str(place): test.cast(nw.Int64()).sum() for place, test in enumerate(tests)}
        counts |= {name: test.cast(nw.Int64()).sum() for name, test in reasons.items()}
        firsts = {f"first {name}": nw.when(test).then(nw.col(LINE)).min() for name, test in reasons.items()}
        (found,) = lines.lazy().select(**counts, **firsts).collect("pyarrow").to_native().to_pylist()
        for name in reasons:
            if found[name]:
                before = self._unjudged.get(name, Unjudged(0, found[f"first {name}"]))
                line = min(before.line, found[f"first {name}"])
                self._unjudged[name] = Unjudged(before.count + int(found[name]), line)
        return [bool(found[str(place)]) for place in range(len(tests))]

    def _evaluated(
        self, territory: str, lines: Lines, layout: Layout, period: Period | None
    ) -> tuple[Any, BulkProgram]:
        program = self._program(territory, period.first if period else None)
        used = [name for name in layout.rows if name in program.rows]
        rows = {name: self._rows(name, lines, program) for name in used}
        sizes = {name: nw.col(name).list.len().cast(nw.Int64()) for name in used}
        kept = {f"{_KEPT}{name}": nw.col(name) for name in [*self._keep, *([TERRITORY] if layout.territories else [])]}
        days = dict.fromkeys(DAYS, layout.day.read.value) if layout.day is not None else {}
        given = lines.select(**{KEY: nw.col(LINE)}, **kept, **layout.values(), **days, **sizes)
        joined = self._joined(territory, given.to_native(), period)
        found = nw.from_native(program.evaluate(joined, rows, keep=[KEY, *kept]))
        renamed = {KEY: LINE, **{name: name.removeprefix(_KEPT) for name in kept}}
        found = found.rename(renamed)
        if period is not None:
            since = version_on(self._simulation.scheme(territory), period.first).first_day
            found = aligned(found, list(renamed.values()), program, self._mask_columns(territory), since)
        return found.to_native(), program

    def _rows(self, name: str, lines: Lines, program: BulkProgram) -> Any:
        """The repeated rows of a field, unfolded here whatever the engine."""
        held = lines.lazy().select(LINE, name).collect("polars").to_native()
        found = rows_of(held, name, program, self._data)
        return found if self._engine == "polars" else ENGINES[self._engine].lend(found.to_arrow(), lines.to_native())

    def _joined(self, territory: str, given: Any, period: Period | None) -> Any:
        """The lines with what the lists given as files say of each; those of no file here are silent."""
        if territory not in self._lists:
            found = self._simulation.lists.of(territory)
            lend = ENGINES[self._engine].lend
            self._lists[territory] = {name: lend(frame.to_arrow(), given) for name, frame in found.items()}
        compiled, on = self._simulation.scheme(territory), period.first if period else self._simulation.on
        program, lists = version_on(compiled, on).program, self._lists[territory]
        there = nw.from_native(given).collect_schema().names()
        self._absent.update(dict.fromkeys(each for each in program.lists if not {f"@{each}", each} & {*there, *lists}))
        if not lists:
            return given
        constants = constants_of(compiled, territory, on, dated=period is not None)
        return with_lists(given, program.plan, lists, constants, self._engine)

    def _mask_columns(self, territory: str) -> list[str]:
        """The columns of bits of the version that has most of them."""
        versions = self._simulation.scheme(territory).versions
        masks = zip(*(self._program(territory, version.first_day).masks for version in versions), strict=True)
        return [column for same in masks for column in max((mask.columns for mask in same), key=len)]

    def _refuse_wrong(self, lines: Lines, layout: Layout) -> None:
        """Raises ProblemsFound with the first value of each column that cannot be read."""
        counts = {
            str(place): column.read.wrong.cast(nw.Int64()).sum()
            for place, column in enumerate(layout.columns)
            if column.read.wrong is not None
        }
        if not counts:
            return
        (found,) = lines.lazy().select(**counts).collect("pyarrow").to_native().to_pylist()
        problems = [
            self._refusal(lines, column, column.read.wrong, found[str(place)])
            for place, column in enumerate(layout.columns)
            if column.read.wrong is not None and found[str(place)]
        ]
        if problems:
            raise ProblemsFound(problems)

    def _refusal(self, lines: Lines, column: DataColumn, wrong: nw.Expr, count: int) -> Problem:
        lines_wrong = lines.lazy().filter(wrong).select(LINE, column.source).sort(LINE).head(1)
        (first,) = lines_wrong.collect("pyarrow").to_native().to_pylist()
        value = str(first[column.source])
        shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
        said = {"column_name": column.source, "value": shown, "count": count, **expected(column.type)}
        return Problem("data.value_refused", said, self._place(first[LINE]))

    def _place(self, line: int) -> Position:
        """Where a line of data stands in the file: under the header of a CSV file."""
        return Position(str(self._data), line + (1 if kind_of(self._data) == "csv" else 0), 1)

    def _read_layout(self, lines: Lines) -> Layout:
        compiled = self._simulation.scheme(self._simulation.territory or "")
        schema = {name: dtype for name, dtype in lines.collect_schema().items() if name != LINE}
        found = next((mark for mark in ";\t," for name in schema if mark in name), None)
        if kind_of(self._data) == "csv" and len(schema) == 1 and found is not None:
            raise ProblemsFound([Problem("data.separator", {"value": "\\t" if found == "\t" else found})])
        for name in self._keep:
            if name not in schema:
                raise ProblemsFound([Problem("data.unknown_column", guess(name, schema))])
        dated = FILED_ON in schema and FILED_ON not in self._ignored
        if dated and self._simulation.fixed:
            raise ProblemsFound([Problem("data.two_days", {"value": FILED_ON})])
        versions = compiled.versions if dated else [version_on(compiled, self._simulation.on)]
        layout = layout_of(compiled, versions, schema, self._ignored, self._keep)
        for column in layout.columns:
            name = column.target.removeprefix("@").partition("/")[0]
            if name in self._simulation.lists.names:
                raise ProblemsFound([Problem("data.list_twice", {"value": column.source, "list": name})])
        if layout.territories and self._simulation.territory is not None:
            raise ProblemsFound([Problem("data.two_territories")])
        return layout

    def _known(self, territory: object, lines: Lines) -> str:
        if territory in self._simulation.territories:
            return str(territory)
        (first,) = lines.lazy().select(LINE).sort(LINE).head(1).collect("pyarrow").to_native().to_pylist()
        data = guess(str(territory or ""), self._simulation.territories)
        raise ProblemsFound([Problem("data.unknown_territory", data, self._place(first[LINE]))])

    def _program(self, territory: str, since: date | None) -> BulkProgram:
        """The rules of the day of the simulation, or of a period by its first day."""
        if (territory, since) not in self._programs:
            compiled, on = self._simulation.scheme(territory), since or self._simulation.on
            made = bulk_of(compiled, territory, on, self._engine, dated=since is not None, verified=True)
            self._programs[territory, since] = made
        return self._programs[territory, since]
