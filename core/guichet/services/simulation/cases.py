"""One line of data as a case: the answers and facts that the rules read in bulk, as one dossier gives them."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.language import UNAVAILABLE, Type
from guichet.language.bulk import KEY, PLACE, SILENT
from guichet.services.exchange import Case
from guichet.services.simulation.evaluation import Read
from guichet.services.simulation.periods import day_from
from guichet.services.simulation.programs import DAYS

__all__ = ["case_of"]

_OTHERS = "other_dossiers"


def case_of(read: Read, compiled: CompiledScheme, on: date) -> Case:
    """The answers and facts of a line that was read, judged on a day."""
    told: Mapping[str, Any] = pl.DataFrame(read.main).row(0, named=True)
    lists = compiled.scheme.lists
    facts = {name: _fact(told, name) for name in lists if f"@{name}" in told}
    answers: dict[str, Any] = {}
    checks: dict[str, bool | None] = {}
    for name, value in told.items():
        bare = name.removeprefix("@")
        if name.startswith(SILENT) or "/" in name or name in {KEY, _OTHERS, *DAYS} or bare in lists:
            continue
        if bare != name:
            checks[bare] = value
        elif name in read.rows:
            answers[name] = _rows(read, name)
        elif name in read.program.columns:
            answers[name] = _value(value, read.program.columns[name].type)
        else:
            answers[name] = value
    others = told.get(_OTHERS, 0)
    known = {name: fact for name, fact in facts.items() if fact is not None}
    return Case(answers, Facts(on, on, compiled.territory_of(read.territory), others, known, checks))


def _fact(told: Mapping[str, Any], name: str) -> Any:
    """What a list says: the columns of its row, False, UNAVAILABLE where it is silent, None where it was not asked."""
    found = told[f"@{name}"]
    if told.get(f"{SILENT}@{name}"):
        return UNAVAILABLE
    if found is not True:
        return found
    columns = {column: value for column, value in told.items() if column.startswith(f"@{name}/")}
    return {column.partition("/")[2]: value for column, value in columns.items() if value is not None}


def _rows(read: Read, name: str) -> tuple[dict[str, Any], ...] | None:
    """The repeated rows of the line, in their order; None where the field has no answer."""
    if pl.DataFrame(read.main)[name][0] is None:
        return None
    types = dict(read.program.columns[name].type.columns)
    rows = pl.DataFrame(read.rows[name]).sort(PLACE).drop(KEY, PLACE)
    return tuple(
        {column: _value(value, types[column]) for column, value in row.items()} for row in rows.iter_rows(named=True)
    )


def _value(value: Any, type_: Type) -> Any:
    if value is None:
        return None
    if type_.kind == "date":
        return day_from(value)
    return tuple(value) if isinstance(value, list) else value
