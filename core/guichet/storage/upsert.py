"""The one construct the two databases write alike but the library keeps in two places: insert unless it is there."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from guichet.storage.prepared import Prepared
from guichet.storage.tx import Tx

__all__ = ["insert_or", "insert_unless_there"]


def insert_or(tx: Tx, table: Table) -> Any:
    """Give an insert that takes `on_conflict_do_update` or `on_conflict_do_nothing`."""
    return postgresql.insert(table) if tx.on_postgres else sqlite.insert(table)


def insert_unless_there(tx: Tx, table: Table, **values: object) -> bool:
    """Insert a row and say so; False when a unique column already holds it. Waits for an act that is inserting it."""
    if tx.on_postgres:
        return tx.first(_returned_unless_there(table), values) is not None
    return tx.run(_unless_there(table), values).rowcount == 1


# Made once for each table: their columns come with the values.
@cache
def _unless_there(table: Table) -> Prepared:
    return Prepared(sqlite.insert(table).on_conflict_do_nothing())


@cache
def _returned_unless_there(table: Table) -> Prepared:
    """On a server the library tells how many rows were inserted by those that come back."""
    returned = next(iter(table.primary_key.columns))
    return Prepared(postgresql.insert(table).on_conflict_do_nothing().returning(returned))
