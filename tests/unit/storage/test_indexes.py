"""What hangs on a row that may be deleted is found by an index: each deletion would read the whole table else."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Table

from guichet.storage.tables.base import METADATA

DELETED = {"account", "attachment", "decision", "dossier", "exchange", "notice", "opinion", "recovery", "web_session"}
POINTING = [
    (table, key.parent)
    for table in METADATA.sorted_tables
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)  # a set: every process in one order
    if key.column.table.name in DELETED
]


def leads(table: Table, column: Column[object]) -> bool:
    """Whether an index, whole, begins with a column."""
    whole = [index for index in table.indexes if index.dialect_kwargs.get("sqlite_where") is None]
    unique = [one for one in table.constraints if type(one).__name__ == "UniqueConstraint"]
    first = [next(iter(each.columns)) for each in (table.primary_key, *whole, *unique)]
    return column in first


@pytest.mark.parametrize(("table", "column"), POINTING, ids=lambda one: one.name)
def test_what_hangs_on_a_row_is_found_by_an_index(table: Table, column: Column[object]) -> None:
    assert leads(table, column)


def test_a_partial_index_finds_only_some_rows() -> None:
    filing = METADATA.tables["later_filing"]
    open_ = next(index for index in filing.indexes if index.name == "uq_later_filing_open")
    assert open_.dialect_kwargs.get("sqlite_where") is not None
    assert leads(filing, filing.c.dossier)  # by the whole one beside it
    assert not leads(filing, filing.c.form)
