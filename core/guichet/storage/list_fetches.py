"""A list fetched from a service, page by page: each page is staged with the cursor of the next in one act.

A whole fetch takes the place of the list once its last page is staged, and never before. A fetch of changes touches the
parts it speaks of: what they had before goes, what was staged for them comes. Cut short, either goes on at its cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, exists, func, select, update

from guichet.model.records import ListFetch, ListImport
from guichet.storage.errors import ImportStoppedError
from guichet.storage.list_imports import finish, merge_next, rows_of
from guichet.storage.lists import import_by_id, open_imports, start_import
from guichet.storage.prepared import Prepared
from guichet.storage.rows import one, reading
from guichet.storage.staging import ToStage, count_staged, forget_parts, write_staged
from guichet.storage.store import Store
from guichet.storage.tables.lists import list_fetch, list_import, list_row, staged_part, staged_row
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_or

__all__ = ["begin", "by_import", "left_after", "merge", "stage_page"]

_RESUMED_WITHIN = timedelta(days=1)
_MOVED = Prepared(
    update(list_fetch)
    .where(
        list_fetch.c.import_id == bindparam("fetched"),
        list_fetch.c.cursor == bindparam("here"),
        list_fetch.c.all_staged.is_(False),
    )
    .values(cursor=bindparam("next"), all_staged=bindparam("ended"))
)


def begin(
    tx: Tx, *, scheme: str, list_: str, as_of: date, territory: str | None, origin: str, whole: bool = False
) -> tuple[ListImport, ListFetch]:
    """Go on with a fetch cut short, else begin one: of what changed since the last import if that was fetched alike."""
    if not whole and (left := _left_open(tx, scheme, list_, territory, origin)) is not None:
        return left
    since = "" if whole else _cursor_of_last(tx, scheme, list_, territory, origin)
    head = start_import(
        tx,
        scheme=scheme,
        list_=list_,
        as_of=as_of,
        sha256=origin,
        territory=territory,
        keeps_absent=bool(since),
    )
    fetch = ListFetch(head.id, origin, since, all_staged=False)
    tx.insert(list_fetch, fetch)
    return head, fetch


def by_import(tx: Tx, import_id: str) -> ListFetch | None:
    """Give how far an import has been fetched; None for one read from a file."""
    return one(tx, ListFetch, reading(list_fetch, ListFetch).where(list_fetch.c.import_id == import_id))


def stage_page(
    tx: Tx, fetch: ListFetch, rows: Sequence[ToStage | None], parts: Sequence[str], *, cursor: str, last: bool
) -> ListFetch:
    """Keep a page and where the next begins; a part met again takes the place of its earlier rows.

    Args:
        rows: The page's rows; `None` for a rejected one.
        parts: Every part that the page speaks of, those that are gone included.

    Raises:
        ImportStoppedError: Another process has staged this page, or a later import took this one's place.
    """
    here = {"fetched": fetch.import_id, "here": fetch.cursor}
    if tx.run(_MOVED, {**here, "next": cursor, "ended": last}).rowcount == 0:
        raise ImportStoppedError(id=fetch.import_id)
    head = import_by_id(tx, fetch.import_id)
    count_staged(tx, fetch.import_id, rows)
    if parts:
        forget_parts(tx, fetch.import_id, parts)
        if head.keeps_absent:
            marked = [{"import_id": fetch.import_id, "part": part} for part in dict.fromkeys(parts)]
            tx.run(insert_or(tx, staged_part).on_conflict_do_nothing(), marked)
    write_staged(tx, fetch.import_id, head.read, rows)
    return ListFetch(fetch.import_id, fetch.origin, cursor, last)


def left_after(tx: Tx, head: ListImport) -> int:
    """Give how many rows the list would have once this import is merged, new rows of a fetch of changes apart."""
    if not head.keeps_absent:
        return _count(tx, select(staged_row.c.line).where(staged_row.c.import_id == head.id))
    held = select(list_row.c.seq).where(*rows_of(head))
    return _count(tx, held) - _count(tx, held.where(*_outdated(head)))


def merge(store: Store, import_id: str, finished: Callable[[Tx, ListImport], None]) -> ListImport:
    """Merge a fetch whose last page is staged and give the ledger, told to `finished` in the act that ends it.

    Changes are merged in one act: what takes the place of a row comes with what takes it away.
    """

    def settled(tx: Tx, ledger: ListImport) -> None:
        finished(tx, _settled(tx, ledger))

    def changes(tx: Tx) -> None:
        removed = tx.run(delete(list_row).where(*rows_of(head), *_outdated(head))).rowcount
        tx.run(update(list_import).where(list_import.c.id == import_id).values(removed=removed))
        tx.run(delete(staged_part).where(staged_part.c.import_id == import_id))
        while not merge_next(tx, import_id):
            pass
        settled(tx, import_by_id(tx, import_id))

    head = store.read(lambda tx: import_by_id(tx, import_id))
    if head.keeps_absent:
        store.act(changes)
    else:
        finish(store, import_id, settled)
    return store.read(lambda tx: import_by_id(tx, import_id))


def _settled(tx: Tx, ledger: ListImport) -> ListImport:
    """The ledger, a part read twice counted once."""
    read = ledger.added + ledger.updated + ledger.unchanged + ledger.rejected
    tx.run(update(list_import).where(list_import.c.id == ledger.id).values(read=read))
    return replace(ledger, read=read)


def _count(tx: Tx, rows: Select[Any]) -> int:
    return int(tx.value(select(func.count()).select_from(rows.subquery())))


def _outdated(head: ListImport) -> tuple[ColumnElement[bool], ...]:
    """The rows of parts that were spoken of, and not staged again under the same key."""
    spoken_of = select(staged_part.c.part).where(staged_part.c.import_id == head.id)
    again = exists().where(
        staged_row.c.import_id == head.id,
        staged_row.c.part == list_row.c.part,
        staged_row.c.key == list_row.c.key,
    )
    return (list_row.c.part != "", list_row.c.part.in_(spoken_of), ~again)


def _left_open(
    tx: Tx, scheme: str, list_: str, territory: str | None, origin: str
) -> tuple[ListImport, ListFetch] | None:
    for head in open_imports(tx, scheme, list_, territory):
        fetch = by_import(tx, head.id)
        if fetch is not None and fetch.origin == origin and tx.real_now - head.started_at < _RESUMED_WITHIN:
            return head, fetch
    return None


def _cursor_of_last(tx: Tx, scheme: str, list_: str, territory: str | None, origin: str) -> str:
    here = (
        list_import.c.scheme == scheme,
        list_import.c.list == list_,
        list_import.c.territory.is_(None) if territory is None else list_import.c.territory == territory,
        list_import.c.state == "finished",
    )
    newest = select(list_import.c.id).where(*here).order_by(list_import.c.finished_at.desc(), list_import.c.id.desc())
    last = tx.value(newest.limit(1))
    fetch = by_import(tx, last) if last is not None else None
    return fetch.cursor if fetch is not None and fetch.origin == origin else ""
