"""Rows of a list that wait to be merged: written as they come, counted, taken back when they come again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import bindparam, text, update

from guichet.model.canonical import canonical_json
from guichet.model.records import ListRow
from guichet.storage.errors import ImportStoppedError
from guichet.storage.prepared import Prepared
from guichet.storage.tables.lists import list_import
from guichet.storage.tx import Tx

__all__ = ["FORGET_HERE", "ToStage", "count_staged", "forget_parts", "to_stage", "write_staged"]

_COLUMNS = ("import_id", "key", "part", "line", "columns", "row_hash")
_NAMES, _MARKS = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
_WRITE = f"INSERT INTO staged_row ({_NAMES}) VALUES ({_MARKS})"
_COUNTED = Prepared(
    update(list_import)
    .where(list_import.c.id == bindparam("counted"), list_import.c.state == "staging")
    .values(read=list_import.c.read + bindparam("more"), rejected=list_import.c.rejected + bindparam("more_rejected"))
)
# Named: the planner, which knows nothing of the sizes, would read every row of the import for each page.
FORGET_HERE = """
DELETE FROM staged_row INDEXED BY ix_staged_row_part
WHERE import_id = ? AND part IN (SELECT value FROM json_each(?)) AND part <> ''"""
_FORGET = text("DELETE FROM staged_row WHERE import_id = :import AND part = ANY(:parts) AND part <> ''")


class ToStage(NamedTuple):
    """A row ready to be staged, its columns as they will stay."""

    key: str
    part: str
    columns: str
    row_hash: str


def to_stage(row: ListRow) -> ToStage:
    """Give a row ready to be staged: done before the act, which holds up others."""
    columns = canonical_json(row.columns)
    return ToStage(row.key, row.part, columns, sha256(columns.encode()).hexdigest()[:32])


def count_staged(tx: Tx, import_id: str, rows: Sequence[ToStage | None]) -> None:
    """Count rows read; raises ImportStoppedError when a later import took this one's place."""
    counted = {"counted": import_id, "more": len(rows), "more_rejected": sum(row is None for row in rows)}
    if tx.run(_COUNTED, counted).rowcount == 0:
        raise ImportStoppedError(id=import_id)


def forget_parts(tx: Tx, import_id: str, parts: Iterable[str]) -> None:
    """Take back what was staged of parts that are met again."""
    if tx.on_postgres:
        tx.run(_FORGET, {"import": import_id, "parts": list(parts)})
    else:
        tx.connection.exec_driver_sql(FORGET_HERE, (import_id, json.dumps(list(parts))))


def write_staged(tx: Tx, import_id: str, first_line: int, rows: Sequence[ToStage | None]) -> None:
    """Write rows to be merged, numbered from the first line on; `None` has a number and no row."""
    staged = [
        (import_id, row.key, row.part, line, row.columns, row.row_hash)
        for line, row in enumerate(rows, start=first_line)
        if row is not None
    ]
    if not staged:
        return
    if tx.on_postgres:
        driver: Any = tx.connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY staged_row ({_NAMES}) FROM STDIN") as copy:
            for values in staged:
                copy.write_row(values)
        return
    tx.connection.exec_driver_sql(_WRITE, staged)
