"""From rows to records: the fields of a record are the columns it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Select, Table, select

from guichet.storage.tx import Statement, Tx

__all__ = ["columns", "every", "one", "reading", "record", "records"]

T = TypeVar("T")


@cache
def columns(table: Table, kind: type[Any]) -> tuple[Column[Any], ...]:
    """Give the columns a record holds, in its order."""
    return tuple(table.c[field.name] for field in fields(kind))


def reading(table: Table, kind: type[Any]) -> Select[Any]:
    """Give the selection of the columns a record holds, in its order."""
    return select(*columns(table, kind))


def record(kind: type[T], row: Row[Any]) -> T:
    """Give the record of a row read in the record's order."""
    return kind(*row)


def records(kind: type[T], rows: Iterable[Row[Any]]) -> list[T]:
    """Give the records of rows."""
    return [kind(*row) for row in rows]


def one(tx: Tx, kind: type[T], statement: Statement, **bound: object) -> T | None:
    """Give the record of the first row, or None; `bound` fills the parameters of a statement made once."""
    row = tx.first(statement, bound or None)
    return None if row is None else kind(*row)


def every(tx: Tx, kind: type[T], statement: Statement, **bound: object) -> list[T]:
    """Give the record of every row; `bound` fills the parameters of a statement made once."""
    return records(kind, tx.all(statement, bound or None))
