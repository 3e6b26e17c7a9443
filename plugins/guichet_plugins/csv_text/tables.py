"""A table as CSV: how its writing is declared, its records one by one, where each column stands."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import BinaryIO, Literal, TypeVar

from guichet import Options, Reason, Refused, RejectedRow
from guichet_plugins.csv_text.cells import DateFormat, DecimalMark
from guichet_plugins.csv_text.lines import Lines

_NO_HINT = Reason(fr="", en="")

Name = TypeVar("Name", bound=str)


class TableOptions(Options):
    """How a table is written. What is not declared has the value below; a file written otherwise is refused."""

    french = {
        "separator": "Ce qui sépare deux cellules.",
        "encoding": "L'encodage des caractères.",
        "decimal_mark": "Ce qui précède les décimales.",
        "dates": "Comment un jour est écrit.",
    }

    separator: Literal[";", ",", "\t", "|"] = ";"
    """What stands between two cells."""
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    """How characters are written."""
    decimal_mark: DecimalMark = ","
    """What stands before decimals."""
    dates: DateFormat = "jj/mm/aaaa"
    """How a day is written."""


class Table(Iterator[tuple[int, list[str]]]):
    """The records of a file, each after the number of the line it begins on; blank lines are passed over."""

    def __init__(self, content: BinaryIO, options: TableOptions, skipped: int = 0) -> None:
        self._lines = Lines(content, options.encoding)
        for _ in range(skipped):
            next(self._lines, None)
        self._records = csv.reader(self._lines, delimiter=options.separator, strict=True)

    def headings(self) -> list[str]:
        """Give the cells of the first line; raises Refused when it cannot be read."""
        try:
            return [heading.strip() for heading in next(self._records, [])]
        except csv.Error as error:
            raise Refused(
                fr="La ligne des titres n'est pas lisible.", en="The line of headings cannot be read."
            ) from error

    def __next__(self) -> tuple[int, list[str]]:
        record: list[str] = []
        start = self._lines.number + 1
        while not record:
            start = self._lines.number + 1
            try:
                record = next(self._records)
            except csv.Error as error:
                raise Refused(
                    fr=f"Le fichier n'est pas lisible à partir de la ligne {start} : un guillemet n'est pas refermé.",
                    en=f"The file cannot be read from line {start} on: a quotation mark is not closed.",
                ) from error
        return start, record


def places_of(
    wanted: Mapping[Name, str], found: Sequence[str], needed: Collection[str], hint: Reason = _NO_HINT
) -> dict[Name, int]:
    """Give where each column stands; one that is not needed and not there is left out.

    Args:
        wanted: Column → its heading.
        hint: What to do about a heading that is missing.

    Raises:
        Refused: A heading that is needed is missing, or one stands twice.
    """
    missing = [heading for name, heading in wanted.items() if name in needed and heading not in found]
    if missing:
        absent, read = ", ".join(missing), " | ".join(found)
        raise Refused(
            fr=f"Colonnes absentes du fichier : {absent}. Titres lus : {read or 'aucun'}. {hint.fr}".strip(),
            en=f"Columns missing from the file: {absent}. Headings read: {read or 'none'}. {hint.en}".strip(),
        )
    twice = [heading for heading in wanted.values() if found.count(heading) > 1]
    if twice:
        raise Refused(
            fr=f"Colonnes en double dans le fichier : {', '.join(twice)}.",
            en=f"Columns twice in the file: {', '.join(twice)}.",
        )
    return {name: found.index(heading) for name, heading in wanted.items() if heading in found}


def of_another_width(line: int, record: Sequence[str], width: int) -> RejectedRow | None:
    """Give why a record that has not the width of its table is set aside, or None."""
    if len(record) == width:
        return None
    reason = Reason(
        fr=f"{len(record)} cellules au lieu de {width} : vérifiez le séparateur et les guillemets.",
        en=f"{len(record)} cells instead of {width}: check the separator and the quotation marks.",
    )
    return RejectedRow(line, "", reason)
