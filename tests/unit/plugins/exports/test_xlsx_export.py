"""Tables as XLSX."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

import guichet_plugins.exports.xlsx_export as xlsx
from guichet import ExportColumn, NoOptions, Refused
from guichet.testing import a_context
from guichet_plugins.exports.xlsx_export import XlsxExport

COLUMNS = (
    ExportColumn("Nom"),
    ExportColumn("Montant", "money"),
    ExportColumn("Le", "date"),
    ExportColumn("À", "instant"),
)


def sheet(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    stream = io.BytesIO()
    XlsxExport().write(COLUMNS, rows, stream, NoOptions(), a_context())
    found = load_workbook(stream).active
    assert found is not None
    return [list(row) for row in found.iter_rows()]


def test_amounts_and_days_are_true_numbers_and_dates():
    headings, cells = sheet([("Société", 200_050, date(2020, 4, 17), datetime(2020, 4, 17, 8, 30, tzinfo=UTC))])
    assert [cell.value for cell in headings] == ["Nom", "Montant", "Le", "À"]
    assert [cell.value for cell in cells] == ["Société", 2000.5, datetime(2020, 4, 17), "17/04/2020 08:30"]
    assert cells[1].number_format == '#,##0.00\\ "€"'


def test_no_cell_is_a_formula():
    _, cells = sheet([("=1+1", 1, None, None)])
    assert (cells[0].value, cells[0].data_type) == ("'=1+1", "s")


def test_a_control_character_does_not_break_the_file():
    _, cells = sheet([("a\x00b\ud800\uffff", 1, None, None)])
    assert cells[0].value == "a\ufffdb\ufffd\ufffd"


def test_a_table_larger_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 2)
    with pytest.raises(Refused, match="larger than a sheet"):
        sheet([("a", 1, None, None)] * 3)
