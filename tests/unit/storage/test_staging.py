"""Rows that wait to be merged: a part met again is found without reading the others."""

from __future__ import annotations

from datetime import date

from databases import each_database
from guichet.model.records import ListRow
from guichet.storage import Store, Tx, lists
from guichet.storage import staging as staged
from guichet.storage.staging import forget_parts, to_stage, write_staged
from guichet.storage.tables.lists import staged_row


def an_import(store: Store, *parts: str, of: str = "l") -> str:
    head = store.act(lambda tx: lists.start_import(tx, scheme="s", list_=of, as_of=date(2020, 4, 15), sha256="x"))
    rows = [to_stage(ListRow(f"{number:09}", {"amount": number}, part)) for number, part in enumerate(parts)]
    store.act(lambda tx: write_staged(tx, head.id, 0, [None, *rows]))
    return head.id


def the_parts(tx: Tx, import_id: str) -> list[tuple[str, int]]:
    found = tx.all(staged_row.select().where(staged_row.c.import_id == import_id).order_by(staged_row.c.line))
    return [(row.part, row.line) for row in found]


@each_database
def test_a_part_met_again_is_taken_back_and_no_other(store: Store) -> None:
    made, other = an_import(store, "1", "2", "2", "3", ""), an_import(store, "2", of="another")

    store.act(lambda tx: forget_parts(tx, made, ["2", "", "4", "2"]))
    store.act(lambda tx: forget_parts(tx, other, []))

    assert store.read(lambda tx: the_parts(tx, made)) == [("1", 1), ("3", 4), ("", 5)]
    assert store.read(lambda tx: the_parts(tx, other)) == [("2", 1)]


def test_no_page_reads_all_the_rows_of_its_import(store: Store) -> None:
    def plan(tx: Tx) -> str:
        told = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {staged.FORGET_HERE}", ("import", "[]"))
        return " ".join(row.detail for row in told)

    assert "INDEX ix_staged_row_part (import_id=? AND part=?)" in store.read(plan)
