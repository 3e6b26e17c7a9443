"""Repeated rows of a data file: lists of structures, one line a row."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import polars as pl

from guichet.errors import Problem, ProblemsFound, guess
from guichet.language.bulk import KEY, PLACE, BulkProgram
from guichet.services.simulation.values import parsed

__all__ = ["rows_of"]


def rows_of(lines: pl.DataFrame, name: str, program: BulkProgram, data: Path) -> pl.DataFrame:
    """The rows of a field, each with its dossier and its place; raises ProblemsFound with what cannot be read."""
    types = dict(program.columns[name].type.columns)
    held = lines.select(pl.col("line").alias(KEY), pl.col(name)).filter(pl.col(name).list.len() > 0)
    rows = held.explode(name).with_columns(pl.int_range(pl.len()).over(KEY).alias(PLACE)).unnest(name)
    problems: list[Problem] = []
    columns: dict[str, nw.Expr] = {}
    schema = nw.from_native(rows).schema
    for column, dtype in schema.items():
        if column in {KEY, PLACE}:
            continue
        bare = column.removesuffix("_cents")
        type_ = types.get(column) or (types.get(bare) if bare != column else None)
        if type_ is None:
            problems.append(Problem("data.unknown_column", guess(column, types)))
            continue
        read = parsed(nw.col(column), dtype, type_, cents=column not in types)
        if read is None or (read.wrong is not None and nw.from_native(rows).select(wrong=read.wrong)["wrong"].any()):
            problems.append(Problem("data.row_refused", {"value": name, "column_name": column, "file": data.name}))
            continue
        target = column if column in types else bare
        if target in columns:
            problems.append(Problem("data.column_twice", {"value": column, "other": target}))
        columns[target] = read.value
    if problems:
        raise ProblemsFound(problems)
    return nw.from_native(rows).select(nw.col(KEY), nw.col(PLACE), **columns).to_native()
