"""Tables as CSV."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from guichet import ExportColumn, NoOptions
from guichet.testing import a_context
from guichet_plugins.exports.cells import harmless
from guichet_plugins.exports.csv_export import CsvExport

COLUMNS = (
    ExportColumn("Nom"),
    ExportColumn("Montant", "money"),
    ExportColumn("Le", "date"),
    ExportColumn("Complet", "boolean"),
)


def written(rows: list[tuple[Any, ...]], columns: tuple[ExportColumn, ...] = COLUMNS) -> str:
    stream = io.BytesIO()
    CsvExport().write(columns, rows, stream, NoOptions(), a_context())
    return stream.getvalue().decode("utf-8")


def test_a_french_spreadsheet_opens_the_file_as_it_is():
    assert written([("Société A; B", -5, date(2020, 4, 17), True), (None, None, None, None)]) == (
        '\ufeffNom;Montant;Le;Complet\r\n"Société A; B";-0,05;17/04/2020;Oui\r\n;;;\r\n'
    )


def test_an_instant_is_shown_with_its_hour():
    columns = (ExportColumn("À", "instant"),)
    assert "17/04/2020 08:30" in written([(datetime(2020, 4, 17, 8, 30, tzinfo=UTC),)], columns)


@pytest.mark.parametrize("text", ["=1+1", "+33612345678", "-1", "@x", "\t=1", "  =1", "\r=1", "\uff1d1"])
def test_a_text_that_a_spreadsheet_would_run_is_shown_instead(text: str):
    assert harmless(text).startswith("'")
    assert f"'{text.strip()[:1]}" in written([(text, 1, None, None)]).replace(" ", "").replace("\t", "").replace(
        "\r", ""
    )


def test_a_title_is_no_formula_either():
    assert written([], (ExportColumn("=1+1"),)) == "\ufeff'=1+1\r\n"


def test_a_negative_amount_stays_a_number():
    assert ";-0,05;" in written([("a", -5, None, None)])


def test_a_row_of_another_width_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="zip"):
        written([("a",)])
