"""The agents' work table: one query from a filter, sorted by any column, by pages, or ids alone for a selection."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, desc, func, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from guichet.model.canonical import canonical_json
from guichet.model.records import Dossier, WorkFilter, WorkPage
from guichet.storage.dossiers import fold
from guichet.storage.rows import every, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tx import Tx

__all__ = ["ids", "page", "size"]

_SORTABLE = frozenset(Dossier.__dataclass_fields__) - {"answers", "checks", "result", "indicators", "columns"}


def page(tx: Tx, filter_: WorkFilter, *, sort: str = "filed_at", page: int = 1, size: int = 50) -> WorkPage:
    """Give a page of dossiers; `sort` is a field or `columns.<id>`, `-` before it reverses, empty values come last."""
    where = _where(tx, filter_)
    total = tx.value(select(func.count()).select_from(dossier).where(*where))
    statement = reading(dossier, Dossier).where(*where).order_by(*_order(tx, sort))
    shown = every(tx, Dossier, statement.limit(size).offset((max(page, 1) - 1) * size))
    return WorkPage(tuple(shown), total, page, size)


def ids(tx: Tx, filter_: WorkFilter, *, sort: str = "filed_at") -> list[str]:
    """Give the ids of every dossier behind a filter, in the order of the table."""
    statement = select(dossier.c.id).where(*_where(tx, filter_)).order_by(*_order(tx, sort))
    return [row.id for row in tx.all(statement)]


def size(tx: Tx, filter_: WorkFilter) -> int:
    """Give how many dossiers a filter shows."""
    return tx.value(select(func.count()).select_from(dossier).where(*_where(tx, filter_)))


def _where(tx: Tx, chosen: WorkFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [dossier.c.scheme == chosen.scheme, dossier.c.territory.in_(chosen.territories)]
    for column, values in (("phase", chosen.phases), ("stage", chosen.stages), ("end", chosen.ends)):
        if values:
            where.append(dossier.c[column].in_(values))
    if chosen.outcomes:
        where.append(dossier.c.outcome.in_(chosen.outcomes))
    where.extend(
        dossier.c[mark].is_(getattr(chosen, mark))
        for mark in ("to_complete", "waiting_for_funds", "practice")
        if getattr(chosen, mark) is not None
    )
    if chosen.filed_from is not None:
        where.append(dossier.c.filed_at >= chosen.filed_from)
    if chosen.filed_before is not None:
        where.append(dossier.c.filed_at < chosen.filed_before)
    where.extend(dossier.c.search.contains(word, autoescape=True) for word in fold(chosen.text).split())
    where.extend(_equals(tx, name, value) for name, value in chosen.columns.items())
    return where


def _order(tx: Tx, sort: str) -> tuple[Any, ...]:
    name = sort.removeprefix("-")
    if name.startswith("columns."):
        key = _of_columns(tx, name.removeprefix("columns."))
    elif name in _SORTABLE:
        key = dossier.c[name]
    else:
        raise ValueError(f"no column {name!r} to sort by")
    last = dossier.c.id
    if sort.startswith("-"):
        return desc(key).nulls_last(), desc(last)
    return key.asc().nulls_last(), last


def _of_columns(tx: Tx, name: str) -> ColumnElement[Any]:
    if tx.on_postgres:
        return cast(type_coerce(dossier.c.columns, Text), JSONB)[name]
    return func.json_extract(dossier.c.columns, f"$.{canonical_json(name)}")


def _equals(tx: Tx, name: str, value: object) -> ColumnElement[bool]:
    found = _of_columns(tx, name)
    if value is None:
        return found.is_(None)
    if tx.on_postgres:
        return found == cast(canonical_json(value), JSONB)
    return found == value
