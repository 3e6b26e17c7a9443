"""Tables as XLSX, with true numbers and dates, written row after row."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, BinaryIO

from guichet import Cell, Context, ExportColumn, Exporter, NoOptions, Refused, hookimpl
from guichet_plugins.exports.cells import harmless, shown_date, yes_or_no

_MOST_ROWS = 1_048_575  # what a sheet holds below its heading
_LONGEST = 32_767  # characters a cell holds
_FORMATS = {"money": '#,##0.00\\ "€"', "integer": "#,##0", "date": "dd/mm/yyyy"}


class XlsxExport(Exporter[NoOptions]):
    """XLSX."""

    key = "xlsx"
    Options = NoOptions
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    extension = "xlsx"

    def write(
        self,
        columns: Sequence[ExportColumn],
        rows: Iterable[Sequence[Cell]],
        stream: BinaryIO,
        options: NoOptions,
        context: Context,
    ) -> int:
        """Write a heading, then each row."""
        from openpyxl import Workbook  # slow to load: only when a table is exported
        from openpyxl.cell import WriteOnlyCell  # as above

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Export")
        sheet.freeze_panes = "A2"
        sheet.append([harmless(column.title) for column in columns])
        count = 0
        try:
            for row in _bounded(rows):
                count += 1
                sheet.append(_cells(row, columns, context.language, partial(WriteOnlyCell, sheet)))
        except BaseException:
            book.save(io.BytesIO())  # closes and removes the file the library writes rows to
            raise
        book.save(stream)
        return count


def _cells(row: Sequence[Cell], columns: Sequence[ExportColumn], language: str, make: Callable[..., Any]) -> list[Any]:
    cells: list[Any] = []
    for value, column in zip(row, columns, strict=True):
        cell = make(value=_held(value, column.kind, language))
        if column.kind in _FORMATS and not isinstance(cell.value, str):
            cell.number_format = _FORMATS[column.kind]
        cells.append(cell)
    return cells


def _bounded(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows, 1):
        if number > _MOST_ROWS:
            raise Refused(
                fr="Le tableau dépasse ce qu'une feuille peut contenir : filtrez-le, ou choisissez CSV.",
                en="The table is larger than a sheet can hold: filter it, or choose CSV.",
            )
        yield row


def _held(cell: Cell, kind: str, language: str) -> Any:
    if cell is None:
        return None
    if isinstance(cell, bool):
        return yes_or_no(cell, language)
    if kind == "money" and isinstance(cell, int):
        return Decimal(cell).scaleb(-2)
    if isinstance(cell, datetime):
        return shown_date(cell)  # a sheet knows no time zone: the text says what the screen said
    if isinstance(cell, (int, Decimal, date)):
        return cell
    return harmless(cell)[:_LONGEST]


@hookimpl
def register_exporters() -> list[Exporter[Any]]:
    """Give the XLSX exporter."""
    return [XlsxExport()]
