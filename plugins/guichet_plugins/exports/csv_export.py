"""Tables as CSV that a French spreadsheet opens with a double click: UTF-8 with mark, `;`, decimal comma."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from guichet import Cell, Context, ExportColumn, Exporter, NoOptions, hookimpl
from guichet_plugins.exports.cells import harmless, shown_date, yes_or_no


class CsvExport(Exporter[NoOptions]):
    """CSV."""

    key = "csv"
    Options = NoOptions
    media_type = "text/csv; charset=utf-8"
    extension = "csv"

    def write(
        self,
        columns: Sequence[ExportColumn],
        rows: Iterable[Sequence[Cell]],
        stream: BinaryIO,
        options: NoOptions,
        context: Context,
    ) -> int:
        """Write a heading, then each row."""
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        try:
            writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
            writer.writerow([harmless(column.title) for column in columns])
            kinds = [column.kind for column in columns]
            count = 0
            for row in rows:
                cells = zip(row, kinds, strict=True)
                writer.writerow([_shown(cell, kind, context.language) for cell, kind in cells])
                count += 1
        finally:
            text.detach()  # the caller's stream stays open
        return count


def _shown(cell: Cell, kind: str, language: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes_or_no(cell, language)
    if kind == "money" and isinstance(cell, int):
        sign, cents = ("-" if cell < 0 else ""), abs(cell)
        return f"{sign}{cents // 100},{cents % 100:02d}"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, date):
        return shown_date(cell)
    return harmless(cell)


@hookimpl
def register_exporters() -> list[Exporter[Any]]:
    """Give the CSV exporter."""
    return [CsvExport()]
