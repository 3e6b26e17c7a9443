"""A payment file as delimited text: written cell by cell, and read back to be counted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from guichet import Refused
from guichet_plugins.payments.column_options import ColumnOptions

_AMOUNT = re.compile(r"(\d{1,16})(?:[.,](\d{2}))?", re.ASCII)


def write_table(
    records: Sequence[Mapping[str, str]],
    options: ColumnOptions,
    *,
    quotes: str = "minimal",
    line_end: str = "\r\n",
    columns: Sequence[str] | None = None,
) -> str:
    """Give the text of some records, headings first where the options want them."""
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quotes == "all" else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=options.separator, lineterminator=line_end, quoting=quoting)
    if options.headings:
        writer.writerow(columns if columns is not None else options.columns)
    writer.writerows(record.values() for record in records)
    return text.getvalue()


def read_amounts(text: str, options: ColumnOptions) -> Iterator[int]:
    """Yield the cents of each line of a file written with the same options; raises Refused for another file."""
    table = csv.reader(io.StringIO(text, newline=""), delimiter=options.separator, strict=True)
    columns = list(options.columns)
    if options.headings and next(table, None) != columns:
        raise not_ours()
    place = columns.index(options.amount_column)
    for record in table:
        if len(record) != len(columns):
            raise not_ours()
        yield cents_of(record[place], options)


def cents_of(text: str, options: ColumnOptions) -> int:
    """Give the cents of an amount as the options write it; raises Refused for another writing."""
    found = _AMOUNT.fullmatch(text)
    in_cents = options.columns[options.amount_column] == "{cents}"
    if found is None or (found[2] is None) != in_cents:
        raise not_ours()
    return int(found[1]) if in_cents else int(found[1]) * 100 + int(found[2])


def not_ours() -> Refused:
    """Give the refusal of bytes that were not written with these options."""
    return Refused(
        fr="Ce fichier n'est pas un fichier de paiement écrit avec ces réglages.",
        en="This file is no payment file written with these settings.",
    )
