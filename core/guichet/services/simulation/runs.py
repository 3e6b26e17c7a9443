"""Simulates a scheme on a data file: every line through the rules of a day, answers written, added up."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import narwhals as nw
import polars as pl

from guichet.errors import Problem, ProblemsFound
from guichet.plugin import answers_needed
from guichet.services.simulation.admission import refuse_names_of_answers
from guichet.services.simulation.asked import LINE, Simulation, Where
from guichet.services.simulation.columns import TERRITORY
from guichet.services.simulation.evaluation import Runner
from guichet.services.simulation.files import AnswersFile, batches
from guichet.services.simulation.opened import Opened, opened
from guichet.services.simulation.origins import METADATA
from guichet.services.simulation.periods import RULES_FROM
from guichet.services.simulation.summary import Summary, tally

__all__ = ["simulate"]

_HERE = Where()


def simulate(
    simulation: Simulation,
    data: Path,
    out: Path,
    *,
    where: Where = _HERE,
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
            refuse_names_of_answers(batch.columns, [LINE])
            numbered = batch.with_row_index(LINE, offset=first).with_columns(pl.col(LINE).cast(pl.Int64))
            for part in runner.run(numbered):
                sorted_ = cast("pl.DataFrame", part.answers).sort(LINE)
                answers.write(sorted_)
                summary.add(tally(sorted_, part.program.masks), part.territory, part.rules_from)
            first += batch.height
        _refuse_empty(data, lines=first - 1)
        runner.tell_unjudged(summary)
        answers.finish({METADATA: runner.origin(separator).as_json()})
    except BaseException:
        answers.give_up()
        raise
    return summary


def _whole(runner: Runner, engine: Opened, data: Path, out: Path, separator: str) -> Summary:
    summary = Summary()
    lines = engine.read(data, separator)
    _refuse_empty(data, lines=nw.from_native(lines).lazy().select(LINE).head(1).collect("pyarrow").to_native().num_rows)
    parts = list(runner.run(lines))
    runner.tell_unjudged(summary, any_judged=bool(parts))
    found = [nw.from_native(part.answers) for part in parts]
    engine.write(nw.concat(found).to_native() if len(parts) > 1 else parts[0].answers, out, runner.origin(separator))
    written = nw.from_native(engine.read_back(out))
    for (territory, since), part in {(part.territory, part.rules_from): part for part in parts}.items():
        chosen = written
        if territory is not None and len(parts) > 1:
            chosen = chosen.filter(nw.col(TERRITORY) == territory)
        if since is not None:
            chosen = chosen.filter(nw.col(RULES_FROM) == nw.lit(since, nw.Date()))
        summary.add(tally(chosen.to_native(), part.program.masks), territory, since)
    return summary


def _refuse_empty(data: Path, *, lines: int) -> None:
    if not lines:
        raise ProblemsFound([Problem("data.empty", {"value": data.name})])
