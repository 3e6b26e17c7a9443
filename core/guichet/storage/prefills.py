"""What sources gave a dossier: read whole, written field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields

from sqlalchemy import String, bindparam, delete, select, type_coerce

from guichet.model.records import Prefilled
from guichet.storage.rows import every, reading
from guichet.storage.tables.prefills import prefilled
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_or

__all__ = ["files", "forget", "keep", "of_dossier"]

_OF_DOSSIER = reading(prefilled, Prefilled).where(prefilled.c.dossier == bindparam("sought"))
_NAMES = tuple(field.name for field in fields(Prefilled))
_KEY = ("dossier", "field")


def of_dossier(tx: Tx, dossier: str) -> dict[str, Prefilled]:
    """Give what sources said for a dossier, by field."""
    return {one.field: one for one in every(tx, Prefilled, _OF_DOSSIER, sought=dossier)}


def files(tx: Tx) -> set[str]:
    """Give every name under which the bytes of a file that a source gave are stored; reads every row."""
    a_file = type_coerce(prefilled.c.value, String).like('%"reference":%')
    found = tx.all(select(prefilled.c.value).where(prefilled.c.state == "given", a_file))
    return {str(row.value["reference"]) for row in found if isinstance(row.value, dict)}


def keep(tx: Tx, said: Iterable[Prefilled]) -> None:
    """Write what sources said, in the place of what they said before."""
    rows = [{name: getattr(one, name) for name in _NAMES} for one in said]
    if not rows:
        return
    insert = insert_or(tx, prefilled)
    changes = {name: insert.excluded[name] for name in _NAMES if name not in _KEY}
    tx.run(insert.on_conflict_do_update(index_elements=list(_KEY), set_=changes), rows)


def forget(tx: Tx, dossier: str, names: Collection[str]) -> None:
    """Forget what sources said for some fields."""
    if names:
        tx.run(delete(prefilled).where(prefilled.c.dossier == dossier, prefilled.c.field.in_(names)))
