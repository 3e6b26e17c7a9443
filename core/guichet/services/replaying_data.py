"""Replay of a whole data file, Parquet or CSV: two simulations side by side, compared line by line as columns."""

# The types of polars speak of libraries that are not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from guichet.engine.full_explanations import condition_labels
from guichet.engine.replays import CHANGES, Replayed, Summary
from guichet.engine.wording import Names
from guichet.language import Result
from guichet.services.simulation import LINE, Simulation, bulk_of, simulate

__all__ = ["DataReplay", "replay_data"]

_REFERENCE = "reference"
_TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class DataReplay:
    """What a replay of a file found: totals by territory, all under ``""``, and the lines to examine again."""

    summaries: dict[str, Summary]
    reexamination: tuple[Replayed, ...]


def replay_data(old: Simulation, new: Simulation, data: Path, separator: str = ",") -> DataReplay:
    """Every line of a file under both sets of rules, each as if filed on its day; raises ProblemsFound.

    A column called `reference` names the lines, else their number does.
    """
    csv = data.suffix.lower() == ".csv"
    lines = pl.scan_csv(data, separator=separator, infer_schema=False) if csv else pl.scan_parquet(data)
    named = _REFERENCE in lines.collect_schema().names()
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{side}.parquet" for side in ("old", "new")]
        for simulation, path in zip((old, new), paths, strict=True):
            simulate(simulation, data, path, separator=separator, keep=[_REFERENCE] if named else [])
        before, after = (_sided(pl.scan_parquet(path), side) for path, side in zip(paths, (old, new), strict=True))
        lines = before.join(after.select(pl.exclude(_TERRITORY, _REFERENCE)), on=LINE, suffix="_after")
        changed = _changed(lines, named=named).collect()
    return DataReplay(_summaries(changed), (*_again(changed, old), *_to_ask(changed, old, new)))


def _sided(lines: pl.LazyFrame, simulation: Simulation) -> pl.LazyFrame:
    """The lines with how each stands, and its amount."""
    version = simulation.scheme(simulation.territory or "").version_on(simulation.on)
    open_to_people = (pl.col("outcome") == "undetermined") & (pl.col("awaited") != 0)
    if version is not None and version.program.plan.amount:
        open_to_people &= pl.col("provisional_amount_cents").is_not_null()
    else:
        open_to_people &= (pl.col("missing") == 0) & (pl.col("unavailable") == 0)
    names = lines.collect_schema().names()
    territory = pl.col(_TERRITORY) if _TERRITORY in names else pl.lit(simulation.territory or "")
    return lines.select(
        LINE,
        territory.alias(_TERRITORY),
        *([_REFERENCE] if _REFERENCE in names else []),
        "outcome",
        pl.col(r"^failed.*$"),
        pl.col(r"^missing.*$"),
        pl.when(open_to_people).then(pl.lit("eligible")).otherwise(pl.col("outcome")).alias("stands"),
        pl.coalesce("amount_cents", "provisional_amount_cents").fill_null(0).alias("cents"),
    )


def _changed(lines: pl.LazyFrame, *, named: bool) -> pl.LazyFrame:
    one, other = pl.col("stands"), pl.col("stands_after")
    apart = pl.col("cents_after") - pl.col("cents")
    change = (
        pl.when((one == "undetermined") | (other == "undetermined"))
        .then(pl.lit("open"))
        .when(one != other)
        .then(pl.when(other == "eligible").then(pl.lit("gains")).otherwise(pl.lit("loses")))
        .when(apart == 0)
        .then(pl.lit("same"))
        .otherwise(pl.when(apart > 0).then(pl.lit("raised")).otherwise(pl.lit("lowered")))
    )
    # Refused, and open under the new rules for want of an answer: a question saves it, perhaps.
    asked = pl.any_horizontal(pl.col(r"^missing.*_after$") != 0)
    to_ask = (change == "open") & (pl.col("outcome") == "not_eligible") & (other == "undetermined") & asked
    reference = pl.col(_REFERENCE).cast(pl.String) if named else pl.col(LINE).cast(pl.String)
    return lines.with_columns(
        reference.alias(_REFERENCE), change.alias("change"), apart.alias("apart"), to_ask.alias("to_ask")
    )


def _summaries(changed: pl.DataFrame) -> dict[str, Summary]:
    told = pl.col("change") != "open"
    groups = (
        changed.group_by(_TERRITORY, "change")
        .agg(
            pl.len().alias("count"),
            pl.col("cents").filter(told).sum().alias("before"),
            pl.col("cents_after").filter(told).sum().alias("after"),
            pl.col("apart").filter(told).clip(lower_bound=0).sum().alias("raised"),
            (-pl.col("apart").filter(told)).clip(lower_bound=0).sum().alias("lowered"),
            (pl.col("outcome") == "not_eligible").sum().alias("refused"),
            pl.col("to_ask").sum(),
        )
        .sort(_TERRITORY, "change")
    )
    whole, by_territory = Summary(), dict[str, Summary]()
    for line in groups.iter_rows(named=True):
        territory = str(line[_TERRITORY] or "")
        for summary in (whole, by_territory.setdefault(territory, Summary())):
            _add(summary, line)
    return {**by_territory, "": whole}


def _add(summary: Summary, line: dict[str, Any]) -> None:
    assert line["change"] in CHANGES  # noqa: S101  made above
    summary.counts[line["change"]] += line["count"]
    if line["change"] == "gains":
        summary.counts["reexamine"] += line["refused"]
    summary.counts["ask"] += line["to_ask"]
    summary.before += line["before"]
    summary.after += line["after"]
    summary.raised += line["raised"]
    summary.lowered += line["lowered"]


def _again(changed: pl.DataFrame, old: Simulation) -> Iterator[Replayed]:
    """The lines refused by the former rules that the new ones would grant."""
    lines = changed.filter((pl.col("change") == "gains") & (pl.col("outcome") == "not_eligible")).sort(LINE)
    said = _reasons(old)
    for line in lines.iter_rows(named=True):
        before, reasons = said(line)
        outcome = line["outcome_after"]
        cents = line["cents_after"] or None
        paid, provisional = (cents, None) if outcome == "eligible" else (None, cents)
        after = Result(outcome, paid, (), (), (), (), provisional)
        yield Replayed(line[_REFERENCE], str(line[_TERRITORY] or ""), "gains", before, after, "", reasons)


def _to_ask(changed: pl.DataFrame, old: Simulation, new: Simulation) -> Iterator[Replayed]:
    """The lines refused by the former rules that the new ones may grant once a question is answered."""
    compiled = new.scheme(new.territory or "")
    missing, names, said = bulk_of(compiled, new.territory or "", new.on).masks[1], Names(compiled), _reasons(old)
    for line in changed.filter(pl.col("to_ask")).sort(LINE).iter_rows(named=True):
        before, reasons = said(line)
        wanted = missing.read({column: line[f"{column}_after"] for column in missing.columns})
        after = Result("undetermined", None, (), wanted, (), (), None)
        labels = tuple(names.label(name) for name in wanted)
        yield Replayed(line[_REFERENCE], str(line[_TERRITORY] or ""), "open", before, after, "", reasons, labels)


def _reasons(old: Simulation) -> Callable[[dict[str, Any]], tuple[Result, tuple[str, ...]]]:
    """What the former rules said of a line refused, and the labels of what it lacked."""
    compiled = old.scheme(old.territory or "")
    failed = bulk_of(compiled, old.territory or "", old.on).masks[0]
    labels = condition_labels(compiled, old.on)

    def said(line: dict[str, Any]) -> tuple[Result, tuple[str, ...]]:
        missed = failed.read(line)
        return Result("not_eligible", None, missed, (), (), (), None), tuple(labels.get(name, name) for name in missed)

    return said
