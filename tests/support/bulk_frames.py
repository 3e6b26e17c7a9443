"""Dossiers as the frames of the bulk back end, on each engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from guichet.language import UNAVAILABLE, Type
from guichet.language.bulk import KEY, PLACE, SILENT, BulkProgram
from guichet.language.plan import Plan

Dossier = Mapping[str, object]


def frames(bulk: BulkProgram, plan: Plan, dossiers: Sequence[Dossier]) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """The main frame, and a frame for each field of repeated rows."""
    columns: dict[str, pl.Series] = {KEY: pl.Series(range(len(dossiers)), dtype=pl.Int64)}
    for name, column in bulk.columns.items():
        values = [_value(plan, dossier, name) for dossier in dossiers]
        columns[name] = pl.Series(name, values, dtype=_dtype(column.type))
    rows = {name: _rows(plan, name, dossiers) for name in bulk.rows}
    return pl.DataFrame(columns), rows


def _value(plan: Plan, dossier: Dossier, name: str) -> Any:
    if name.startswith(SILENT):
        bare = name.removeprefix(SILENT)
        return bare in dossier if bare.startswith("@") else dossier.get(bare) is UNAVAILABLE
    bare, _, column = name.partition("/")
    value = dossier.get(bare)
    if value is None or value is UNAVAILABLE:
        return None
    if bare.removeprefix("@") in plan.environment.lists and bare.startswith("@"):
        if column:
            return None if isinstance(value, bool) else value.get(column)  # pyright: ignore[reportAttributeAccessIssue]  a line
        return value is not False
    if isinstance(value, tuple):
        entry = plan.environment.inputs[name]
        return len(value) if entry.type.kind == "rows" else list(value)
    return value


def _rows(plan: Plan, name: str, dossiers: Sequence[Dossier]) -> pl.DataFrame:
    lines: list[dict[str, object]] = []
    for number, dossier in enumerate(dossiers):
        held = dossier.get(name)
        if isinstance(held, tuple):
            lines += [{KEY: number, PLACE: place, **row} for place, row in enumerate(held)]
    types = {column: _dtype(type_) for column, type_ in plan.environment.inputs[name].type.columns}
    return pl.DataFrame(lines, schema={KEY: pl.Int64, PLACE: pl.Int64, **types})


def _dtype(type_: Type) -> Any:
    match type_.kind:
        case "boolean":
            return pl.Boolean
        case "text" | "choice":
            return pl.String
        case "date":
            return pl.Date
        case "list" if type_.item is not None:
            return pl.List(_dtype(type_.item))
        case _:
            return pl.Int64


def answers(bulk: BulkProgram, plan: Plan, dossiers: Sequence[Dossier]) -> list[Any]:
    """What the bulk back end answers about each dossier, on Polars."""
    main, rows = frames(bulk, plan, dossiers)
    found = bulk.evaluate(main, rows, keep=[KEY]).sort(KEY)
    return [bulk.decode(line) for line in found.iter_rows(named=True)]
