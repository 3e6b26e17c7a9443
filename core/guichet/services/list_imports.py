"""Importing a reference list: any number of rows in bounded memory, with a ledger that adds up.

read = added + updated + unchanged + rejected; rows the file no longer holds are removed and counted apart. Importing
the same file again changes nothing; an import that was cut short is done again from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from guichet.model.records import ListImport, ListRow
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import ListRow as RowRead
from guichet.plugin.contracts import RejectedRow
from guichet.plugin.contracts.base import Language
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound, Refused
from guichet.services.rejected_rows import RejectedBook
from guichet.storage import Tx, outbox
from guichet.storage.journal import INSTANCE
from guichet.storage.list_imports import import_rows

__all__ = [
    "Imported",
    "import_list",
    "note_import",
    "published_list",
    "refuse_wrong_place",
    "settled_on",
    "stored_row",
]

Progress = Callable[[int, int], None]
"""Told, now and then, how many rows were read and how many bytes of the file."""

_AT_ONCE = 5_000  # rows asked of the plugin in one isolated call


@dataclass(frozen=True, slots=True)
class Imported:
    """The ledger of an import, and where the rejected rows are told; None when there are none."""

    ledger: ListImport
    rejected: Path | None


def published_list(cases: UseCases, scheme: str, name: str, territory: str | None = None) -> ReferenceList:
    """A list as published for a territory, or for any; raises NotFound."""
    places = [territory] if territory is not None else cases.snapshots.territories(scheme)
    for place in places:
        compiled = cases.snapshots.current(scheme, place)
        if compiled is not None and name in compiled.scheme.lists:
            return compiled.scheme.lists[name]
    raise NotFound


def import_list(
    cases: UseCases,
    scheme: str,
    name: str,
    declared: ReferenceList,
    path: Path,
    *,
    as_of: date | None = None,
    territory: str | None = None,
    progress: Progress | None = None,
    rejected_to: Path | None = None,
    language: Language = "fr",
    shrinks: bool = False,
) -> Imported:
    """Import a file as the whole list on its day, and queue the check of the dossiers that waited for it.

    Args:
        shrinks: Allow a file with less than half of the rows the list holds.

    Raises:
        Refused: The list is one territory's, and none is named; or common to all, and one is.
        PluginError: The file as a whole cannot be read.
        ListShrinksError: The file would take most of the list away; nothing was changed.
        ImportStoppedError: A later import of the same list took this one's place.
    """
    refuse_wrong_place(name, declared, territory)
    on = as_of or settled_on(cases, territory)
    book = RejectedBook(rejected_to or path.with_name(f"{path.name}.rejected.csv"), language)
    digest = _digest(path)
    with path.open("rb") as content, book:
        ledger = import_rows(
            cases.store,
            _rows(cases, declared, content, book, progress, territory or ""),
            scheme=scheme,
            list_=name,
            as_of=on,
            sha256=digest,
            territory=territory,
            shrinks=shrinks,
            finished=note_import,
        )
    return Imported(ledger, book.path if ledger.rejected else None)


def refuse_wrong_place(name: str, declared: ReferenceList, territory: str | None) -> None:
    """Raise Refused when a list of each territory has none named, or one common to all has one."""
    if (declared.across == "territory") != (territory is not None):
        raise Refused("list_place", list=name, across=declared.across)


def settled_on(cases: UseCases, territory: str | None) -> date:
    """The day a list brought in now is settled on."""
    return cases.today(territory) if territory else cases.clock.business().date()


def _rows(
    cases: UseCases,
    declared: ReferenceList,
    content: BinaryIO,
    book: RejectedBook,
    progress: Progress | None,
    territory: str,
) -> Iterator[ListRow | None]:
    source = cases.plugins.list_sources[declared.plugin]
    options = cases.service_options(source, declared.options)
    context = replace(cases.context(territory), folder=None)
    rows = source.rows(content, declared.key, declared.columns, options, context)
    read = 0
    while chunk := cases.plugins.call(f"list_sources:{declared.plugin}", lambda: tuple(islice(rows, _AT_ONCE))):
        for row in chunk:
            yield book.note(row) if isinstance(row, RejectedRow) else stored_row(row, declared.key)
        read += len(chunk)
        if progress is not None:
            progress(read, content.tell())


def stored_row(row: RowRead, key: str) -> ListRow:
    """A row as the store keeps it."""
    columns: dict[str, Any] = dict(row.values)
    return ListRow(str(columns.pop(key)), columns, row.identity)


def note_import(tx: Tx, ledger: ListImport) -> None:
    """Write an import in the journal and queue the check of the dossiers that waited for it."""
    data = {
        "scheme": ledger.scheme,
        "list": ledger.list,
        "as_of": ledger.as_of.isoformat(),
        "sha256": ledger.sha256,
        "read": ledger.read,
        "added": ledger.added,
        "updated": ledger.updated,
        "unchanged": ledger.unchanged,
        "rejected": ledger.rejected,
        "removed": ledger.removed,
    }
    tx.journal(ledger.territory or INSTANCE, "list_imported", subject=ledger.id, data=data)
    payload = {"scheme": ledger.scheme, "territory": ledger.territory}
    outbox.put(tx, "recheck", payload, key=f"recheck:{ledger.id}")


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
