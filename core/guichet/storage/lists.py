"""Reference lists: what a rule looks up, and the state of each import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, bindparam, delete, func, literal_column, or_, select, update

from guichet.model.records import ListImport, ListRow
from guichet.storage.errors import NotFoundError
from guichet.storage.prepared import Prepared
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.lists import list_import, list_row, staged_part, staged_row
from guichet.storage.tx import Tx

__all__ = ["import_by_id", "imports", "is_settled", "latest", "open_imports", "rows", "size", "start_import"]

_IMPORT = reading(list_import, ListImport)
# Made once: every evaluation asks for these, and making a statement costs more than running it.
_OF_KEY = reading(list_row, ListRow).where(
    list_row.c.scheme == bindparam("of_scheme"),
    list_row.c.list == bindparam("of_list"),
    list_row.c.key == bindparam("sought"),
)
_BY_ID = Prepared(_IMPORT.where(list_import.c.id == bindparam("sought")))
_IN_ORDER = (list_row.c.territory, list_row.c.part, list_row.c.seq)
_ONE = literal_column("1")  # written out: SQLite prepares a statement afresh each time its limit is handed to it
_FINISHED = _IMPORT.where(
    list_import.c.scheme == bindparam("of_scheme"),
    list_import.c.list == bindparam("of_list"),
    list_import.c.state == "finished",
).order_by(list_import.c.finished_at.desc(), list_import.c.id.desc())
_ALL_OF_KEY = Prepared(_OF_KEY.order_by(*_IN_ORDER))
_HERE = or_(list_row.c.territory == "", list_row.c.territory == bindparam("here"))
_OF_KEY_HERE = Prepared(_OF_KEY.where(_HERE).order_by(*_IN_ORDER))
_LAST_FINISHED = Prepared(_FINISHED.limit(_ONE))
_FOR_HERE = or_(list_import.c.territory.is_(None), list_import.c.territory == bindparam("here"))
_LAST_FINISHED_HERE = Prepared(_FINISHED.where(_FOR_HERE).limit(_ONE))
_A_FINISHED = _FINISHED.with_only_columns(list_import.c.id).order_by(None).limit(_ONE)
_SETTLED = Prepared(_A_FINISHED)
_SETTLED_HERE = Prepared(_A_FINISHED.where(_FOR_HERE))


def rows(tx: Tx, scheme: str, list_: str, key: str, *, territory: str | None = None) -> list[ListRow]:
    """Give the rows of a key: those of the territory and those common to all; every row without a territory."""
    found = {"of_scheme": scheme, "of_list": list_, "sought": key}
    if territory is None:
        return every(tx, ListRow, _ALL_OF_KEY, **found)
    return every(tx, ListRow, _OF_KEY_HERE, here=territory, **found)


def size(tx: Tx, scheme: str, list_: str) -> int:
    """Give how many rows a list holds."""
    here = (list_row.c.scheme == scheme, list_row.c.list == list_)
    return tx.value(select(func.count()).select_from(list_row).where(*here))


def latest(tx: Tx, scheme: str, list_: str, *, territory: str | None = None) -> ListImport | None:
    """Give the last finished import a territory's dossiers rely on: its `as_of` is the list's date."""
    if territory is None:
        return one(tx, ListImport, _LAST_FINISHED, of_scheme=scheme, of_list=list_)
    return one(tx, ListImport, _LAST_FINISHED_HERE, of_scheme=scheme, of_list=list_, here=territory)


def is_settled(tx: Tx, scheme: str, list_: str, *, territory: str | None = None) -> bool:
    """Say whether a territory's dossiers can rely on a list: an import of it has finished."""
    sought = {"of_scheme": scheme, "of_list": list_}
    if territory is None:
        return tx.value(_SETTLED, sought) is not None
    return tx.value(_SETTLED_HERE, {**sought, "here": territory}) is not None


def imports(tx: Tx, scheme: str, list_: str) -> Sequence[ListImport]:
    """Give a list's imports, the latest first."""
    here = (list_import.c.scheme == scheme, list_import.c.list == list_)
    return every(tx, ListImport, _IMPORT.where(*here).order_by(list_import.c.id.desc()))


def import_by_id(tx: Tx, import_id: str) -> ListImport:
    """Give an import; raises NotFoundError."""
    found = one(tx, ListImport, _BY_ID, sought=import_id)
    if found is None:
        raise NotFoundError(kind="list_import", id=import_id)
    return found


def open_imports(tx: Tx, scheme: str, list_: str, territory: str | None) -> Sequence[ListImport]:
    """Give the imports of a list that have not ended, held against other acts."""
    return every(tx, ListImport, _IMPORT.where(*_unfinished(scheme, list_, territory)).with_for_update())


def start_import(
    tx: Tx,
    *,
    scheme: str,
    list_: str,
    as_of: date,
    sha256: str,
    territory: str | None = None,
    keeps_absent: bool = False,
) -> ListImport:
    """Begin an import; one of the same list that was cut short is abandoned."""
    left = [head.id for head in open_imports(tx, scheme, list_, territory)]
    if left:
        tx.run(update(list_import).where(list_import.c.id.in_(left)).values(state="abandoned"))
        tx.run(delete(staged_row).where(staged_row.c.import_id.in_(left)))
        tx.run(delete(staged_part).where(staged_part.c.import_id.in_(left)))
    made = ListImport(
        id=tx.ids.new(),
        scheme=scheme,
        list=list_,
        territory=territory,
        as_of=as_of,
        sha256=sha256,
        keeps_absent=keeps_absent,
        merged_up_to="",
        state="staging",
        read=0,
        added=0,
        updated=0,
        unchanged=0,
        rejected=0,
        removed=0,
        started_at=tx.real_now,
        finished_at=None,
    )
    tx.insert(list_import, made)
    return made


def _unfinished(scheme: str, list_: str, territory: str | None) -> tuple[ColumnElement[bool], ...]:
    return (
        list_import.c.scheme == scheme,
        list_import.c.list == list_,
        list_import.c.territory.is_(None) if territory is None else list_import.c.territory == territory,
        list_import.c.state.in_(("staging", "merging")),
    )
