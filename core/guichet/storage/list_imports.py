"""Importing a reference list of any size: rows are staged in chunks, then merged in chunks of whole keys.

A file is the whole list as it stands on its day: rows of its territory that it no longer holds are removed and
counted, unless the import keeps them. No act is long, so filings go on meanwhile; an import cut short leaves the rows
it had merged, and importing the file again ends in the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice

from sqlalchemy import ColumnElement, TextClause, delete, func, select, text, update

from guichet.model.records import ListImport, ListRow
from guichet.storage.errors import ImportStoppedError, ListShrinksError
from guichet.storage.lists import import_by_id, start_import
from guichet.storage.staging import ToStage, count_staged, to_stage, write_staged
from guichet.storage.store import Store
from guichet.storage.tables.lists import list_import, list_row, staged_part, staged_row
from guichet.storage.tx import Tx

__all__ = [
    "finish",
    "import_rows",
    "merge_next",
    "refuse_shrinking",
    "rows_of",
    "stage",
]

_STAGE_CHUNK = 10_000
_MERGE_CHUNK = 20_000

_CHUNK = """
WITH chunk AS (
    SELECT key, part, columns, row_hash,
           row_number() OVER (PARTITION BY key, part ORDER BY line) - 1 AS seq
    FROM staged_row WHERE import_id = :import AND {bounds}
)"""
_COUNT = """
SELECT count(*) AS read, count(kept.key) AS known, count(CASE WHEN kept.row_hash = chunk.row_hash THEN 1 END) AS same
FROM chunk LEFT JOIN list_row AS kept ON kept.scheme = :scheme AND kept.list = :list AND kept.territory = :territory
     AND kept.key = chunk.key AND kept.part = chunk.part AND kept.seq = chunk.seq"""
_MERGE = """
INSERT INTO list_row (scheme, list, key, territory, part, seq, columns, row_hash, import_id)
SELECT :scheme, :list, key, :territory, part, seq, columns, row_hash, :import FROM chunk WHERE true
ON CONFLICT (scheme, list, key, territory, part, seq) DO UPDATE
SET columns = excluded.columns, row_hash = excluded.row_hash, import_id = excluded.import_id
WHERE list_row.row_hash <> excluded.row_hash"""
_REMOVE = """
DELETE FROM list_row
WHERE scheme = :scheme AND list = :list AND territory = :territory AND {bounds}
AND (key, part, seq) NOT IN (SELECT key, part, seq FROM chunk)"""
_BOUNDS = {False: "key > :after AND key <= :upto", True: "key > :after"}  # an OR would hide the range from the planner


def _statements(*, last: bool) -> tuple[TextClause, TextClause, TextClause]:
    count, merge, remove = (text((_CHUNK + end).format(bounds=_BOUNDS[last])) for end in (_COUNT, _MERGE, _REMOVE))
    return count, merge, remove


def import_rows(
    store: Store,
    rows: Iterable[ListRow | None],
    *,
    scheme: str,
    list_: str,
    as_of: date,
    sha256: str,
    territory: str | None = None,
    keeps_absent: bool = False,
    shrinks: bool = False,
    finished: Callable[[Tx, ListImport], None] = lambda _tx, _ledger: None,
) -> ListImport:
    """Import a list and give its ledger; `None` among the rows is a rejected line.

    Args:
        finished: Told of the ledger in the act that ends the import.

    Raises:
        ListShrinksError: The file holds less than half of what the list does, and `shrinks` does not allow it.
    """
    start = store.act(
        lambda tx: start_import(
            tx, scheme=scheme, list_=list_, as_of=as_of, sha256=sha256, territory=territory, keeps_absent=keeps_absent
        )
    )
    source = (None if row is None else to_stage(row) for row in rows)
    line = 0
    while chunk := tuple(islice(source, _STAGE_CHUNK)):
        first = line
        store.act(lambda tx, chunk=chunk, first=first: stage(tx, start.id, first, chunk))
        line += len(chunk)
    if not (keeps_absent or shrinks):
        refuse_shrinking(store, start.id, lambda _, head: head.read - head.rejected)
    return finish(store, start.id, finished)


def finish(store: Store, import_id: str, finished: Callable[[Tx, ListImport], None]) -> ListImport:
    """Merge all that is staged and give the ledger, told to `finished` in the act that ends the import."""

    def act(tx: Tx) -> ListImport | None:
        if not merge_next(tx, import_id):
            return None
        ledger = import_by_id(tx, import_id)
        finished(tx, ledger)
        return ledger

    while (ledger := store.act(act)) is None:
        pass
    return ledger


def refuse_shrinking(store: Store, import_id: str, left: Callable[[Tx, ListImport], int]) -> None:
    """Abandon a staged import that would leave less than half of the list: gates must not close on a cut file.

    Args:
        left: Gives how many rows the list would have.

    Raises:
        ListShrinksError: It would; nothing was changed.
    """

    def act(tx: Tx) -> tuple[int, int]:
        head = import_by_id(tx, import_id)
        kept, held = left(tx, head), _held(tx, head)
        if kept * 2 < held:
            tx.run(update(list_import).where(list_import.c.id == import_id).values(state="abandoned"))
            tx.run(delete(staged_row).where(staged_row.c.import_id == import_id))
            tx.run(delete(staged_part).where(staged_part.c.import_id == import_id))
        return kept, held

    kept, held = store.act(act)
    if kept * 2 < held:
        raise ListShrinksError(kept=kept, held=held)


def rows_of(head: ListImport) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions that hold for the rows of the list an import is of."""
    return (
        list_row.c.scheme == head.scheme,
        list_row.c.list == head.list,
        list_row.c.territory == (head.territory or ""),
    )


def _held(tx: Tx, head: ListImport) -> int:
    return int(tx.value(select(func.count()).select_from(list_row).where(*rows_of(head))))


def stage(tx: Tx, import_id: str, first_line: int, rows: Sequence[ToStage | None]) -> None:
    """Keep rows of the file until they are merged; `None` counts as rejected."""
    count_staged(tx, import_id, rows)
    write_staged(tx, import_id, first_line, rows)


def merge_next(tx: Tx, import_id: str) -> bool:
    """Merge the next keys of a staged import and say whether it is finished."""
    tx.run(select(list_import.c.id).where(list_import.c.id == import_id).with_for_update())
    head = import_by_id(tx, import_id)
    if head.state in {"finished", "abandoned"}:
        if head.state == "abandoned":
            raise ImportStoppedError(id=import_id)
        return True
    upto = _last_key(tx, head)
    place = {"scheme": head.scheme, "list": head.list, "territory": head.territory or ""}
    bounds = {"import": import_id, "after": head.merged_up_to} | ({} if upto is None else {"upto": upto})
    count, merge, remove = _statements(last=upto is None)
    counted = tx.run(count, place | bounds).one()
    tx.run(merge, place | bounds)
    removed = 0 if head.keeps_absent else tx.run(remove, place | bounds).rowcount
    tx.run(
        update(list_import)
        .where(list_import.c.id == import_id)
        .values(
            added=list_import.c.added + counted.read - counted.known,
            unchanged=list_import.c.unchanged + counted.same,
            updated=list_import.c.updated + counted.known - counted.same,
            removed=list_import.c.removed + removed,
            merged_up_to=head.merged_up_to if upto is None else upto,
            state="merging" if upto is not None else "finished",
            finished_at=None if upto is not None else tx.real_now,
        )
    )
    done = delete(staged_row).where(staged_row.c.import_id == import_id)
    tx.run(done if upto is None else done.where(staged_row.c.key <= upto))
    return upto is None


def _last_key(tx: Tx, head: ListImport) -> str | None:
    """Give the last key of the next chunk, or None when the chunk is the end of the list."""
    statement = select(staged_row.c.key).where(staged_row.c.import_id == head.id, staged_row.c.key > head.merged_up_to)
    return tx.value(statement.order_by(staged_row.c.key).offset(_MERGE_CHUNK - 1).limit(1))
