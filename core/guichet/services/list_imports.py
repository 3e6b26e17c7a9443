"""Importing a reference list: any number of rows in bounded memory, with a ledger that adds up.

read = added + updated + unchanged + rejected; rows the file no longer holds are removed and counted apart. Importing
the same file again changes nothing; an import that was cut short is done again from the start.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self

from guichet.model.records import ListImport, ListRow
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import ListRow as RowRead
from guichet.plugin.contracts import RejectedRow
from guichet.plugin.contracts.base import Language
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound, Refused
from guichet.storage import Tx, outbox
from guichet.storage.journal import INSTANCE
from guichet.storage.list_imports import import_rows

__all__ = ["Imported", "import_list", "published_list"]

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
    if (declared.across == "territory") != (territory is not None):
        raise Refused("list_place", list=name, across=declared.across)
    on = as_of or (cases.today(territory) if territory else cases.clock.business().date())
    book = _RejectedBook(rejected_to or path.with_name(f"{path.name}.rejected.csv"), language)
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
        )
    cases.store.act(lambda tx: _note(tx, ledger))
    return Imported(ledger, book.path if ledger.rejected else None)


def _rows(
    cases: UseCases,
    declared: ReferenceList,
    content: BinaryIO,
    book: _RejectedBook,
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
            yield book.note(row) if isinstance(row, RejectedRow) else _stored(row, declared.key)
        read += len(chunk)
        if progress is not None:
            progress(read, content.tell())


def _stored(row: RowRead, key: str) -> ListRow:
    columns: dict[str, Any] = dict(row.values)
    return ListRow(str(columns.pop(key)), columns)


def _note(tx: Tx, ledger: ListImport) -> None:
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


class _RejectedBook:
    """The rejected rows as a CSV file of lines, columns and reasons; made only when there is one."""

    def __init__(self, path: Path, language: Language) -> None:
        self.path = path
        self._language = language
        self._stream: IO[str] | None = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)  # what an earlier import rejected is not what this one does
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()

    def note(self, row: RejectedRow) -> None:
        """Write why a row is set aside; it counts as read and rejected."""
        if self._stream is None:
            self._stream = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._stream, delimiter=";")
            self._writer.writerow(
                ("ligne", "colonne", "motif") if self._language == "fr" else ("line", "column", "reason")
            )
        self._writer.writerow((row.line, row.column, row.reason.text(self._language)))
