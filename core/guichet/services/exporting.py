"""The work table as a file: the rows, columns and order of the screen, written by an exporter plugin."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from guichet.plugin.contracts import Cell, ExportColumn
from guichet.plugin.contracts.base import Language
from guichet.services.acting import actor_of, require_reading
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.services.work_tables import TableQuery, columns_for, rows_of
from guichet.storage import Tx

__all__ = ["Exported", "export_table", "exporters"]

_IN_MEMORY = 4 << 20


@dataclass(frozen=True, slots=True)
class Exported:
    """A table written: its content from the start, its type, the name to save it under, how many rows."""

    content: IO[bytes]
    media_type: str
    file_name: str
    rows: int


def exporters(cases: UseCases) -> tuple[str, ...]:
    """The keys of the exporters, in order."""
    return tuple(sorted(cases.plugins.exporters))


def export_table(cases: UseCases, agent_id: str, query: TableQuery, key: str, language: Language = "fr") -> Exported:
    """Every row of a query as a file; each export is journaled.

    Raises:
        NotFound: The agent reads nothing here, or no exporter has this key.
        PluginError, PluginFailed: The exporter cannot, or broke.
    """
    exporter = cases.plugins.exporters.get(key)
    if exporter is None:
        raise NotFound
    content = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  handed to the caller, who closes it

    def read(tx: Tx) -> int:
        compiled = cases.snapshots.current(query.scheme, query.territory)
        require_reading(actor_of(cases, tx, agent_id), query.territory, query.scheme)
        if compiled is None:
            raise NotFound
        titles = [ExportColumn(c.title, c.kind) for c in columns_for(cases, compiled, query, language)]
        rows = (
            [cast("Cell", cell.value) for cell in row.cells] for row in rows_of(cases, tx, agent_id, query, language)
        )
        options, context = exporter.Options(), cases.context(query.territory, language)
        stream = cast("BinaryIO", content)
        return cases.plugins.call(f"exporters:{key}", lambda: exporter.write(titles, rows, stream, options, context))

    try:
        count = cases.store.read(read)
    except BaseException:
        content.close()
        raise
    data = {"scheme": query.scheme, "rows": count, "exporter": key}
    cases.store.act(lambda tx: tx.journal(query.territory, "table_exported", actor=agent_id, data=data))
    content.seek(0)
    mark = "-exercice" if query.practice else ""
    name = f"{query.scheme}-{query.territory}{mark}-{cases.today(query.territory).isoformat()}.{exporter.extension}"
    return Exported(cast("IO[bytes]", content), exporter.media_type, name, count)
