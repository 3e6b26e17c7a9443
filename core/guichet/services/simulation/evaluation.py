"""Lines of data through the rules: of each territory, and of the period of each day."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import narwhals as nw

from guichet.errors import Problem, ProblemsFound
from guichet.language.bulk import ANSWERS, ENGINES, KEY, BulkProgram, EngineName, with_lists
from guichet.services.simulation.admission import (
    admitted_layout,
    admitted_territory,
    refuse_names_of_answers,
    refuse_wrong_values,
)
from guichet.services.simulation.asked import LINE, Lines, Simulation
from guichet.services.simulation.columns import TERRITORY, Layout
from guichet.services.simulation.origins import Origin, rules_hash
from guichet.services.simulation.periods import (
    FILED_ON,
    RULES_FROM,
    Period,
    Unjudged,
    aligned,
    day_from,
    judged,
    periods_of,
    unjudged,
)
from guichet.services.simulation.programs import DAYS, bulk_of, constants_of, version_on
from guichet.services.simulation.rows import rows_of
from guichet.services.simulation.summary import Summary

__all__ = ["Part", "Read", "Runner"]

_KEPT = "·kept "


class Part(NamedTuple):
    """Answers of one set of rules: of which territory, of which version when each line has its day."""

    territory: str | None
    rules_from: date | None
    answers: Any
    program: BulkProgram


class Read(NamedTuple):
    """Lines as the rules read them: their territory, a frame of inputs, the repeated rows, the rules."""

    territory: str
    main: Any
    rows: Mapping[str, Any]
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
        layout = self._layout = self._layout or admitted_layout(
            self._simulation, self._data, frame, self._keep, self._ignored
        )
        refuse_wrong_values(self._data, frame, layout)
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
            known = admitted_territory(self._simulation, self._data, territory, here)
            yield from self._parts(str(territory), known, here, layout)

    def read(self, line: Any) -> Read:
        """One numbered line of data as the rules read it; raises ProblemsFound when it is refused."""
        frame = nw.from_native(line)
        layout = admitted_layout(self._simulation, self._data, frame, self._keep, self._ignored)
        refuse_wrong_values(self._data, frame, layout)
        place = self._simulation.territory or ""
        if layout.territories:
            place = admitted_territory(self._simulation, self._data, frame[TERRITORY][0], frame)
        period = None
        if layout.day is not None:
            day = day_from(frame.select(day=layout.day.read.value)["day"][0])
            within = [each for each in periods_of(self._simulation.scheme(place)) if day and each.first <= day]
            if not within:
                raise ProblemsFound([Problem("data.no_days", {"value": FILED_ON})])
            period = within[-1]
        return self._given(place, frame, layout, period, {})

    def origin(self, separator: str) -> Origin:
        """Where the answers given so far come from."""
        asked, layout = self._simulation, self._layout
        dated = layout is not None and layout.day is not None
        return Origin(
            scheme=asked.scheme(asked.territory or "").scheme.id,
            rules={place: rules_hash(asked.scheme(place).scheme) for place, _ in self._programs},
            on=None if dated else asked.on,
            territory=asked.territory,
            separator=separator,
            kept=tuple(self._keep),
            ignored=self._ignored,
            lists=tuple(sorted(asked.lists.names)),
            absent_lists=tuple(self._absent),
            unjudged=self._unjudged,
        )

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
        kept = {f"{_KEPT}{name}": nw.col(name) for name in [*self._keep, *([TERRITORY] if layout.territories else [])]}
        given = self._given(territory, lines, layout, period, kept)
        masks = (column for mask in given.program.masks for column in mask.columns)
        refuse_names_of_answers(self._keep, [*ANSWERS, RULES_FROM, *masks])
        found = nw.from_native(given.program.evaluate(given.main, given.rows, keep=[KEY, *kept]))
        renamed = {KEY: LINE, **{name: name.removeprefix(_KEPT) for name in kept}}
        found = found.rename(renamed)
        if period is not None:
            since = version_on(self._simulation.scheme(territory), period.first).first_day
            found = aligned(found, list(renamed.values()), given.program, self._mask_columns(territory), since)
        return found.to_native(), given.program

    def _given(
        self, territory: str, lines: Lines, layout: Layout, period: Period | None, kept: Mapping[str, nw.Expr]
    ) -> Read:
        program = self._program(territory, period.first if period else None)
        used = [name for name in layout.rows if name in program.rows]
        rows = {name: self._rows(name, lines, program) for name in used}
        sizes = {name: nw.col(name).list.len().cast(nw.Int64()) for name in used}
        days = dict.fromkeys(DAYS, layout.day.read.value) if layout.day is not None else {}
        given = lines.select(**{KEY: nw.col(LINE)}, **kept, **layout.values(), **days, **sizes)
        return Read(territory, self._joined(territory, given.to_native(), period), rows, program)

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

    def _program(self, territory: str, since: date | None) -> BulkProgram:
        """The rules of the day of the simulation, or of a period by its first day."""
        if (territory, since) not in self._programs:
            compiled, on = self._simulation.scheme(territory), since or self._simulation.on
            made = bulk_of(compiled, territory, on, self._engine, dated=since is not None, verified=True)
            self._programs[territory, since] = made
        return self._programs[territory, since]
