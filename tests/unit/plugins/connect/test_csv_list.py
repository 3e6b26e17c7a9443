"""Reference lists from CSV."""

import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from guichet import ListRow, Refused, RejectedRow
from guichet.testing import a_context
from guichet_plugins.connect.csv_list import CsvList, CsvOptions

COLUMNS = {
    "reference": "text",
    "amount": "money",
    "paid_on": "date",
    "month": "month",
    "count": "integer",
    "open": "boolean",
}
HEADINGS = "siren;reference;amount;paid_on;month;count;open\r\n"


def read(text: str | bytes, columns: dict[str, str] = COLUMNS, **options: Any) -> list[ListRow | RejectedRow]:
    content = text.encode() if isinstance(text, str) else text
    chosen = CsvOptions.model_validate(options)
    return list(CsvList().rows(io.BytesIO(content), "siren", columns, chosen, a_context()))


def refusal(text: str | bytes, columns: dict[str, str] = COLUMNS, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        read(text, columns, **options)
    return refused.value.reason.fr


def test_a_french_file_is_read_as_declared_by_default():
    (row,) = read(HEADINGS + "552049447;V1;1 500,50;17/04/2020;2020-03;12;oui\r\n")
    assert row == ListRow(
        2,
        {
            "siren": "552049447",
            "reference": "V1",
            "amount": 150050,
            "paid_on": date(2020, 4, 17),
            "month": "2020-03",
            "count": 12,
            "open": True,
        },
    )


def test_another_writing_is_declared_for_the_file_and_for_a_column():
    rows = read(
        b"siren,reference,amount,paid_on,month,count,open\n552049447,\xe9t\xe9,1500.5,20200417,03/2020,1,O\n",
        separator=",",
        encoding="windows-1252",
        decimal_mark=".",
        yes="O",
        no="N",
        formats={"paid_on": "aaaammjj", "month": "mm/aaaa"},
    )
    assert rows[0] == ListRow(
        2,
        {
            "siren": "552049447",
            "reference": "été",
            "amount": 150050,
            "paid_on": date(2020, 4, 17),
            "month": "2020-03",
            "count": 1,
            "open": True,
        },
    )


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("amount", "1500.50", "Montant attendu sous la forme 1500,50, lu « 1500.50 »."),
        ("amount", "1,5000", "Montant attendu sous la forme 1500,50, lu « 1,5000 »."),
        ("paid_on", "2020-04-17", "Date attendue sous la forme jj/mm/aaaa, lu « 2020-04-17 »."),
        ("paid_on", "31/04/2020", "Date attendue sous la forme jj/mm/aaaa, lu « 31/04/2020 »."),
        ("month", "2020-13", "Mois attendu sous la forme aaaa-mm, lu « 2020-13 »."),
        ("count", "1,5", "Nombre entier attendu, lu « 1,5 »."),
        ("open", "x", "« oui » ou « non » attendu, lu « x »."),
        ("reference", "V\x001", "La cellule contient un caractère de contrôle."),
        ("siren", "", "La clé est vide."),
    ],
)
def test_a_cell_written_otherwise_sets_its_row_aside_with_the_reason(column: str, cell: str, reason: str):
    cells = {"siren": "552049447"} | dict.fromkeys(COLUMNS, "") | {column: cell}
    good = "424179364;V2;;;;;\r\n"
    rejected, read_row = read(HEADINGS + ";".join(cells.values()) + "\r\n" + good)
    assert isinstance(rejected, RejectedRow)
    assert (rejected.line, rejected.column, rejected.reason.fr) == (2, column, reason)
    assert isinstance(read_row, ListRow)


def test_a_siren_without_its_leading_zero_is_rejected_and_never_mended():
    (row,) = read("siren\r\n05552049\r\n", {}, digits={"siren": "9"})
    assert isinstance(row, RejectedRow)
    assert "un tableur a pu ôter les zéros du début" in row.reason.fr


def test_spaces_in_a_siren_do_not_matter():
    assert read("siren\r\n552 049 447\r\n", {}, digits={"siren": "9"}) == [ListRow(2, {"siren": "552049447"})]


def test_a_row_of_another_width_is_rejected():
    (row,) = read("siren;reference\r\n1;2;3\r\n", {"reference": "text"})
    assert row.reason.fr.startswith("3 cellules au lieu de 2")  # type: ignore[union-attr]  a rejected row


def test_a_cell_over_several_lines_counts_from_its_first_line():
    found = read('siren;reference\r\n1;"a\r\nb"\r\n2;c\r\n', {"reference": "text"})
    assert [(row.line, row.values["reference"]) for row in found if isinstance(row, ListRow)] == [
        (2, "a\r\nb"),
        (4, "c"),
    ]


def test_blank_lines_are_no_rows():
    assert [row.line for row in read("siren\r\n1\r\n\r\n2\r\n\r\n", {})] == [2, 4]


def test_the_mark_of_utf_8_is_no_part_of_the_first_heading():
    assert len(read(b"\xef\xbb\xbfsiren\r\n1\r\n", {})) == 1
    assert "encoding: utf-8" in refusal(b"\xef\xbb\xbfsiren\r\n1\r\n", {}, encoding="windows-1252")


def test_another_encoding_is_said_with_its_line():
    assert refusal(b"siren;reference\r\n1;a\r\n2;\xe9t\xe9\r\n", {"reference": "text"}) == (
        "La ligne 3 n'est pas en utf-8 : déclarez `encoding: windows-1252` si le fichier vient d'un autre logiciel."
    )


def test_missing_headings_are_listed_with_those_found():
    assert refusal("SIREN;Référence\r\n", {"reference": "text"}) == (
        "Colonnes absentes du fichier : siren, reference. Titres lus : SIREN | Référence. "
        "Vérifiez le séparateur, ou déclarez les titres dans `headings`."
    )
    assert read(
        "SIREN;Référence\r\n1;a\r\n", {"reference": "text"}, headings={"siren": "SIREN", "reference": "Référence"}
    )


def test_a_heading_twice_is_refused():
    assert "en double" in refusal("siren;siren\r\n", {})


def test_a_file_without_headings_needs_ranks():
    assert "positions" in refusal("1;a\r\n", {"reference": "text"}, has_headings="false")
    positions = {"siren": "2", "reference": "1"}
    with pytest.raises(ValidationError):  # a rank of zero would read the last cell
        CsvOptions.model_validate({"has_headings": "false", "positions": {"siren": "0", "reference": "1"}})
    found = read("skipped\r\na;1\r\n", {"reference": "text"}, has_headings="false", positions=positions, skip_lines="1")
    assert found == [ListRow(2, {"siren": "1", "reference": "a"})]


def test_an_open_quotation_mark_is_refused_with_the_line_it_starts_on():
    assert refusal('siren;reference\r\n1;a\r\n2;"b\r\n3;c\r\n', {"reference": "text"}) == (
        "Le fichier n'est pas lisible à partir de la ligne 3 : un guillemet n'est pas refermé."
    )


def test_a_line_of_a_megabyte_is_no_csv():
    assert "un mégaoctet" in refusal(b"siren\r\n" + b"9" * 1_100_000, {})


def test_unknown_types_and_formats_are_refused():
    assert "types possibles" in refusal("siren;a\r\n", {"a": "json"})
    assert "formats possibles : , | ." in refusal("siren;a\r\n", {"a": "money"}, formats={"a": "jj/mm/aaaa"})


def test_memory_does_not_grow_with_the_file():
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.lines: Iterator[bytes] = (b"%09d;1500,00\r\n" % number for number in range(50_000))

        def readline(self, size: int | None = -1, /) -> bytes:
            return next(self.lines, b"")

    options = CsvOptions.model_validate({"has_headings": "false", "positions": {"siren": "1", "amount": "2"}})
    tracemalloc.start()
    try:
        count = sum(1 for _ in CsvList().rows(Endless(), "siren", {"amount": "money"}, options, a_context()))  # type: ignore[arg-type]  only readline is asked
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 50_000
    assert peak < 1_000_000
