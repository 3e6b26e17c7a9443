"""Reference lists from CSV files, whose writing is declared and never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, BinaryIO

from pydantic import Field

from guichet import (
    ByColumn,
    Context,
    Flag,
    Identifier,
    Invalid,
    ListColumns,
    ListRow,
    ListSource,
    Reason,
    Refused,
    RejectedRow,
    Text,
    Whole,
    hookimpl,
)
from guichet_plugins.csv_text.cells import MonthFormat, reader_for
from guichet_plugins.csv_text.tables import Table, TableOptions, of_another_width, places_of

_HINT = Reason(
    fr="Vérifiez le séparateur, ou déclarez les titres dans `headings`.",
    en="Check the separator, or declare the headings in `headings`.",
)


class CsvOptions(TableOptions):
    """How the file is written. What is not declared has the value below; a file written otherwise is refused."""

    french = {
        "months": "Comment un mois est écrit.",
        "yes": "Ce qu'une colonne de oui ou non contient pour oui.",
        "no": "Ce qu'elle contient pour non.",
        "formats": "Colonne → sa propre virgule, ou son propre format de jour ou de mois, là où il diffère.",
        "digits": "Colonne → combien de chiffres elle a, espaces retirés, comme 9 pour un SIREN.",
        "headings": "Colonne → son en-tête dans le fichier, quand ce n'est pas le nom de la colonne.",
        "positions": "Colonne → son rang à partir de 1, pour un fichier sans en-têtes.",
        "has_headings": "Si la première ligne nomme les colonnes.",
        "skip_lines": "Combien de lignes précèdent les en-têtes.",
    }

    months: MonthFormat = "aaaa-mm"
    """How a month is written."""
    yes: Text = "oui"
    """What a boolean column holds for true."""
    no: Text = "non"
    """What it holds for false."""
    formats: Annotated[dict[Identifier, Text], ByColumn()] = {}
    """Column → its own decimal mark, date format or month format, where it differs."""
    digits: Annotated[dict[Identifier, Whole], ByColumn()] = {}
    """Column → how many digits it holds once spaces are removed, such as 9 for a SIREN."""
    headings: Annotated[dict[Identifier, Text], ByColumn()] = {}
    """Column → its heading in the file, where it is not the column's own name."""
    positions: Annotated[dict[Identifier, Annotated[Whole, Field(ge=1)]], ByColumn()] = {}
    """Column → its rank from 1, for a file without headings."""
    has_headings: Flag = True
    """Whether the first line names the columns."""
    skip_lines: Whole = Field(default=0, ge=0, le=100)
    """How many lines stand before the headings."""


class CsvList(ListSource[CsvOptions]):
    """Reads rows one by one, whatever the size of the file."""

    key = "csv"
    Options = CsvOptions

    def rows(
        self, content: BinaryIO, key: str, columns: ListColumns, options: CsvOptions, context: Context
    ) -> Iterator[ListRow | RejectedRow]:
        """Yield each row, read or rejected."""
        kinds = {key: "text", **columns}
        cells = {name: reader_for(name, kind, options) for name, kind in kinds.items()}
        table = Table(content, options, skipped=options.skip_lines)
        places, width = _places(table, tuple(kinds), options)
        plan = [(name, places[name], cells[name]) for name in kinds]
        for line, record in table:
            yield _row(line, record, width, key, plan)


def _row(
    line: int,
    record: Sequence[str],
    width: int | None,
    key: str,
    plan: Sequence[tuple[str, int, Callable[[str], Any]]],
) -> ListRow | RejectedRow:
    if width is not None and (rejected := of_another_width(line, record, width)) is not None:
        return rejected
    values: dict[str, Any] = {}
    for name, place, read in plan:
        try:
            text = record[place].strip()
            values[name] = read(text) if text else None
        except Invalid as error:
            return RejectedRow(line, name, error.reason)
        except IndexError:
            return RejectedRow(line, name, Reason(fr="La cellule manque.", en="The cell is missing."))
    if values[key] is None:
        return RejectedRow(line, key, Reason(fr="La clé est vide.", en="The key is empty."))
    return ListRow(line, values)


def _places(table: Table, names: Sequence[str], options: CsvOptions) -> tuple[Mapping[str, int], int | None]:
    """Give where each column stands, and how many cells a row has; None when nothing says it."""
    if not options.has_headings:
        missing = [name for name in names if name not in options.positions]
        if missing:
            raise Refused(
                fr=f"Déclarez le rang des colonnes dans `positions` : il manque {', '.join(missing)}.",
                en=f"Declare the rank of the columns in `positions`: {', '.join(missing)} missing.",
            )
        return {name: options.positions[name] - 1 for name in names}, None
    found = table.headings()
    return places_of({name: options.headings.get(name, name) for name in names}, found, names, _HINT), len(found)


@hookimpl
def register_list_sources() -> list[ListSource[Any]]:
    """Give the CSV source."""
    return [CsvList()]
