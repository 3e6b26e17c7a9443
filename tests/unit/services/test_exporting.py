"""Exports: the rows, columns, order and values of the screen, by each exporter."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from guichet.services.exporting import export_table, exporters
from guichet.services.opinions import Answers, give_opinions
from guichet.services.refusals import NotFound
from guichet.services.work_tables import TableQuery, read_table
from guichet.storage import journal
from instructing import dossiers_to_instruct, instructing, selected
from worked import SCHEME

HERE = TableQuery(SCHEME, "reg-53", sort="-title")


def prepared(cases: Any, people: Any) -> None:
    made = dossiers_to_instruct(cases, 4, iban_hash="same")
    dossiers_to_instruct(cases, first=5, answers={"raison_sociale": "=cmd()|'/c calc'!A1"})
    give_opinions(cases, people.instructor, selected(made[:2]), Answers(favourable=True))


def test_a_csv_has_the_cells_of_the_screen_in_its_order(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        prepared(cases, people)
        query = replace(HERE, outcomes=("eligible", "undetermined"))

        made = export_table(cases, people.decider, query, "csv")
        with made.content:
            text = made.content.read().decode("utf-8-sig")

        screen = read_table(cases, people.decider, query)
        heading, *rows = csv.reader(io.StringIO(text), delimiter=";")
        assert heading == [column.title for column in screen.columns]
        assert made.rows == len(rows) == screen.total == 5
        for row, shown in zip(rows, screen.rows, strict=True):
            for written, column, cell in zip(row, screen.columns, shown.cells, strict=True):
                figure = column.kind in ("money", "integer", "decimal") and cell.text
                expected = _figure(cell.text) if figure else cell.text
                assert (_figure(written) if figure else written.removeprefix("'")) == expected, column.title


def test_an_xlsx_has_numbers_as_numbers_and_days_as_days(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        prepared(cases, people)

        made = export_table(cases, people.decider, HERE, "xlsx")
        with made.content:
            book = load_workbook(io.BytesIO(made.content.read()))

        screen = read_table(cases, people.decider, HERE)
        heading, *rows = book.active.iter_rows(values_only=True)
        assert list(heading) == [column.title for column in screen.columns]
        first = dict(zip(heading, rows[-1], strict=True))
        assert first["Montant calculé"] == 2000
        assert first["Nombre de salariés au 1er mars 2020"] == 2
        assert first["Besoin rapporté au chiffre d'affaires annuel"] == 0.03
        assert first["Déposé le"].date().isoformat() == "2020-04-20"
        assert [row[1].removeprefix("'") for row in rows] == [row.title for row in screen.rows]


def test_an_export_is_written_in_the_journal(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        export_table(cases, people.decider, HERE, "csv").content.close()

        last = cases.store.read(lambda tx: journal.page(tx, "reg-53"))[-1]
        assert (last.kind, last.actor) == ("table_exported", people.decider)


@pytest.mark.parametrize("who", ["stranger", "helpdesk"])
def test_who_sees_no_table_exports_none(tmp_path: Path, who: str) -> None:
    with instructing(tmp_path) as (cases, people):
        for key in (*exporters(cases), "unknown"):
            with pytest.raises(NotFound):
                export_table(cases, getattr(people, who), HERE, key)


def _figure(text: str) -> str:
    """A figure without what only dresses it: 2 000,00 and 2 000 € are the same."""
    bare = "".join(character for character in text.replace("−", "-") if character.isdigit() or character in ",-")
    return bare.rstrip("0").rstrip(",") if "," in bare else bare
