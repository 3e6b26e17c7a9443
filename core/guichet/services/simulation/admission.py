"""What a data file must be to be simulated, refused at its line: its columns, its values, its territories."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import narwhals as nw

from guichet.errors import Position, Problem, ProblemsFound, guess
from guichet.services.simulation.asked import LINE, Lines, Simulation
from guichet.services.simulation.columns import DataColumn, Layout, expected, layout_of
from guichet.services.simulation.files import kind_of
from guichet.services.simulation.periods import FILED_ON
from guichet.services.simulation.programs import version_on

__all__ = ["admitted_layout", "admitted_territory", "refuse_names_of_answers", "refuse_wrong_values"]

_SHOWN = 60


def admitted_layout(
    simulation: Simulation, data: Path, lines: Lines, keep: Sequence[str], ignored: Sequence[str]
) -> Layout:
    """How the columns of a file are read; raises ProblemsFound when they cannot all be, or say twice the same."""
    compiled = simulation.scheme(simulation.territory or "")
    schema = {name: dtype for name, dtype in lines.collect_schema().items() if name != LINE}
    found = next((mark for mark in ";\t," for name in schema if mark in name), None)
    if kind_of(data) == "csv" and len(schema) == 1 and found is not None:
        raise ProblemsFound([Problem("data.separator", {"value": "\\t" if found == "\t" else found})])
    for name in keep:
        if name not in schema:
            raise ProblemsFound([Problem("data.unknown_column", guess(name, schema))])
    dated = FILED_ON in schema and FILED_ON not in ignored
    if dated and simulation.fixed:
        raise ProblemsFound([Problem("data.two_days", {"value": FILED_ON})])
    versions = compiled.versions if dated else [version_on(compiled, simulation.on)]
    layout = layout_of(compiled, versions, schema, ignored, keep)
    for column in layout.columns:
        name = column.target.removeprefix("@").partition("/")[0]
        if name in simulation.lists.names:
            raise ProblemsFound([Problem("data.list_twice", {"value": column.source, "list": name})])
    if layout.territories and simulation.territory is not None:
        raise ProblemsFound([Problem("data.two_territories")])
    return layout


def refuse_names_of_answers(names: Iterable[str], taken: Iterable[str]) -> None:
    """Raise ProblemsFound with the columns that answers could not hold beside their own."""
    clashing = [name for name in names if name in {*taken}]
    if clashing:
        raise ProblemsFound([Problem("data.name_of_answers", {"value": name}) for name in clashing])


def refuse_wrong_values(data: Path, lines: Lines, layout: Layout) -> None:
    """Raise ProblemsFound with the first value of each column that cannot be read."""
    counts = {
        str(place): column.read.wrong.cast(nw.Int64()).sum()
        for place, column in enumerate(layout.columns)
        if column.read.wrong is not None
    }
    if not counts:
        return
    (found,) = lines.lazy().select(**counts).collect("pyarrow").to_native().to_pylist()
    problems = [
        _refusal(data, lines, column, column.read.wrong, found[str(place)])
        for place, column in enumerate(layout.columns)
        if column.read.wrong is not None and found[str(place)]
    ]
    if problems:
        raise ProblemsFound(problems)


def admitted_territory(simulation: Simulation, data: Path, territory: object, lines: Lines) -> str:
    """The id of the territory that some lines name; raises ProblemsFound for one that is not known."""
    if territory in simulation.territories:
        return str(territory)
    (first,) = lines.lazy().select(LINE).sort(LINE).head(1).collect("pyarrow").to_native().to_pylist()
    nearest = guess(str(territory or ""), simulation.territories)
    raise ProblemsFound([Problem("data.unknown_territory", nearest, _place(data, first[LINE]))])


def _refusal(data: Path, lines: Lines, column: DataColumn, wrong: nw.Expr, count: int) -> Problem:
    lines_wrong = lines.lazy().filter(wrong).select(LINE, column.source).sort(LINE).head(1)
    (first,) = lines_wrong.collect("pyarrow").to_native().to_pylist()
    value = str(first[column.source])
    shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
    said = {"column_name": column.source, "value": shown, "count": count, **expected(column.type)}
    return Problem("data.value_refused", said, _place(data, first[LINE]))


def _place(data: Path, line: int) -> Position:
    """Where a line of data stands in the file: under the header of a CSV file."""
    return Position(str(data), line + (1 if kind_of(data) == "csv" else 0), 1)
