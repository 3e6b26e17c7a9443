"""The agents' work table: one query from a filter, sorted by any column, by pages, or ids alone for a selection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    cast,
    desc,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from guichet.model.canonical import canonical_json
from guichet.model.records import Dossier, WorkFilter, WorkPage
from guichet.storage.dossiers import sought_words
from guichet.storage.rows import every, reading
from guichet.storage.tables.api import gone_dossier
from guichet.storage.tables.dossiers import dossier, opinion
from guichet.storage.tx import Tx

__all__ = ["ids", "ordering", "page", "same_as", "size", "some", "where"]

_SORTABLE = frozenset(Dossier.__dataclass_fields__) - {"answers", "checks", "result", "indicators", "columns"}


def page(tx: Tx, filter_: WorkFilter, *, sort: str = "filed_at", page: int = 1, size: int = 50) -> WorkPage:
    """Give a page of dossiers; empty values come last.

    Args:
        sort: a field, `amount` (computed, else provisional) or `columns.<id>`; `-` before it reverses.
    """
    conditions = where(tx, filter_)
    total = tx.value(select(func.count()).select_from(dossier).where(*conditions))
    first = (max(page, 1) - 1) * size
    return WorkPage(tuple(some(tx, conditions, ordering(tx, sort), limit=size, offset=first)), total, page, size)


def some(
    tx: Tx, conditions: Sequence[ColumnElement[bool]], order: tuple[Any, ...], *, limit: int, offset: int = 0
) -> list[Dossier]:
    """Give some of the dossiers that meet conditions, in an order: all are sorted by their ids, few are read whole."""
    chosen = select(dossier.c.id).where(*conditions).order_by(*order).limit(limit).offset(offset)
    return every(tx, Dossier, reading(dossier, Dossier).where(dossier.c.id.in_(chosen)).order_by(*order))


def ids(tx: Tx, filter_: WorkFilter, *, sort: str = "filed_at") -> list[str]:
    """Give the ids of every dossier behind a filter, in the order of the table."""
    statement = select(dossier.c.id).where(*where(tx, filter_)).order_by(*ordering(tx, sort))
    return [row.id for row in tx.all(statement)]


def size(tx: Tx, filter_: WorkFilter) -> int:
    """Give how many dossiers a filter shows."""
    return tx.value(select(func.count()).select_from(dossier).where(*where(tx, filter_)))


def where(tx: Tx, chosen: WorkFilter) -> list[ColumnElement[bool]]:
    """Give the conditions of a filter."""
    conditions: list[ColumnElement[bool]] = [
        dossier.c.scheme == chosen.scheme,
        dossier.c.territory.in_(chosen.territories),
        ~exists().where(gone_dossier.c.reference == dossier.c.reference),
    ]
    for column, values in (("phase", chosen.phases), ("stage", chosen.stages), ("end", chosen.ends)):
        if values:
            conditions.append(dossier.c[column].in_(values))
    if chosen.outcomes:
        conditions.append(dossier.c.outcome.in_(chosen.outcomes))
    conditions.extend(
        dossier.c[mark].is_(getattr(chosen, mark))
        for mark in ("to_complete", "waiting_for_funds", "practice")
        if getattr(chosen, mark) is not None
    )
    if chosen.filed_from is not None:
        conditions.append(dossier.c.filed_at >= chosen.filed_from)
    if chosen.filed_before is not None:
        conditions.append(dossier.c.filed_at < chosen.filed_before)
    conditions.extend(dossier.c.search.contains(word, autoescape=True) for word in sought_words(chosen.text))
    if chosen.overdue:
        late = [and_(dossier.c.stage == stage, dossier.c.stage_at < before) for stage, before in chosen.overdue]
        conditions += [or_(*late), dossier.c.to_complete.is_(False)]
    if chosen.opinion is not None:
        conditions.append(_opinion(chosen.opinion))
    if chosen.flagged:
        conditions.append(or_(*(others.with_only_columns(literal(1)).exists() for others in same_as(dossier).values())))
    conditions.extend(_equals(tx, name, value) for name, value in chosen.columns.items())
    return conditions


def same_as(one: FromClause) -> dict[str, Select[int]]:
    """Give, by kind, what counts the other dossiers really filed with a dossier's SIREN, and with its account."""
    other = dossier.alias()
    filed = (other.c.id != one.c.id, other.c.filed_at.is_not(None), other.c.practice.is_(False))
    of_kind = {
        "same_siren": (other.c.siren == one.c.siren, other.c.scheme == one.c.scheme),
        "same_iban": (other.c.iban_hash == one.c.iban_hash,),
    }
    counted = select(func.count()).select_from(other).where(*filed).correlate(one)
    return {kind: counted.where(*same) for kind, same in of_kind.items()}


def ordering(tx: Tx, sort: str) -> tuple[Any, ...]:
    """Give the order a sort asks for; raises ValueError for a column that cannot be sorted by."""
    name = sort.removeprefix("-")
    if name.startswith("columns."):
        key = _of_columns(tx, name.removeprefix("columns."))
    elif name == "amount":
        key = func.coalesce(dossier.c.computed_cents, dossier.c.provisional_cents)
    elif name in _SORTABLE:
        key = dossier.c[name]
    else:
        raise ValueError(f"no column {name!r} to sort by")
    last = dossier.c.id
    if sort.startswith("-"):
        return desc(key).nulls_last(), desc(last)
    return key.asc().nulls_last(), last


def _opinion(wanted: str) -> ColumnElement[bool]:
    """Whether a standing opinion is favourable, unfavourable, or absent."""
    standing = select(opinion.c.id).where(opinion.c.dossier == dossier.c.id, opinion.c.revoked_at.is_(None))
    if wanted == "none":
        return ~standing.exists()
    return standing.where(opinion.c.favourable.is_(wanted == "favourable")).exists()


def _of_columns(tx: Tx, name: str) -> ColumnElement[Any]:
    if tx.on_postgres:
        return cast(type_coerce(dossier.c.columns, Text), JSONB)[name]
    return func.json_extract(dossier.c.columns, f"$.{canonical_json(name)}")


def _equals(tx: Tx, name: str, value: object) -> ColumnElement[bool]:
    found = _of_columns(tx, name)
    if value is None:
        return found.is_(None)
    if tx.on_postgres:
        return found == cast(literal(canonical_json(value), Text), JSONB)
    return found == value
