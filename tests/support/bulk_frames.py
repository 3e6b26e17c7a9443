"""Dossiers as the frames of the bulk back end, on each engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

import polars as pl

from guichet.language import UNAVAILABLE, Type
from guichet.language.bulk import KEY, PLACE, SILENT, BulkProgram, EngineName
from guichet.language.plan import Plan
from guichet.language.samples import constants, sample, samples

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


def some_dossiers(plan: Plan, count: int, seed: int = 20200420) -> list[dict[str, object]]:
    """Dossiers around the constants of rules: complete ones, ones with holes, ones with silent sources."""
    chance = Random(seed)
    near = constants([*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values(), *plan.asked.values()])
    choices = {name: samples(entry, near) for name, entry in plan.environment.inputs.items()}
    checks = [condition.id for condition, node in plan.conditions if node is None]
    made: list[dict[str, object]] = []
    for number in range(count):
        holes = (0.0, 0.05, 0.3)[number % 3]
        dossier: dict[str, object] = {name: chance.choice(each) for name, each in choices.items() if each}
        for name, signature in plan.environment.lists.items():
            line = {column: chance.choice([sample(type_), None]) for column, type_ in signature.columns.items()}
            dossier[f"@{name}"] = chance.choice([False, True, line])
        dossier |= {f"@{name}": chance.random() < 0.9 for name in checks}
        for name in list(dossier):
            if chance.random() < holes:
                dossier[name] = chance.choice([None, UNAVAILABLE])
                if chance.random() < 0.3:
                    del dossier[name]
        made.append(dossier)
    return made


def on_engine(engine: EngineName, plan: Plan, dossiers: Sequence[Dossier], lend: Callable[[Any], Any]) -> list[Any]:
    """What the bulk back end answers on an engine; `lend` turns an arrow table into a frame of it."""
    bulk = BulkProgram(plan, engine)
    main, rows = frames(bulk, plan, dossiers)
    lines = {name: lend(each.to_arrow()) for name, each in rows.items()}
    found = bulk.evaluate(lend(main.to_arrow()), lines, keep=[KEY])
    table = found.toArrow() if engine == "spark" else found.to_arrow_table()
    return [bulk.decode(line) for line in sorted(table.to_pylist(), key=lambda line: line[KEY])]
