"""The pivot file for the State's payments: CSV or XML, every column set by the payer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from guichet import (
    BatchHeader,
    Context,
    PaymentFile,
    PaymentOrder,
    PaymentWriter,
    Reason,
    Refused,
    Totals,
    hookimpl,
)
from guichet_plugins.payments.pivot_columns import PivotOptions, filled, header_values, order_values, problem_of

_SANDBOX = "BAC-A-SABLE_"
_AMOUNT = re.compile(r"(\d{1,16})(?:[.,](\d{2}))?", re.ASCII)


class ChorusPivot(PaymentWriter[PivotOptions]):
    """Writes and counts the pivot file."""

    key = "chorus_pivot"
    Options = PivotOptions

    def check(self, order: PaymentOrder, options: PivotOptions) -> Reason | None:
        """Give why one order cannot be written: empty or too long, a character the file cannot carry."""
        return problem_of(order, options)

    def write(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: PivotOptions, context: Context
    ) -> PaymentFile:
        """Give the file; orders stand in the order given."""
        for order in orders:
            problem = problem_of(order, options)
            if problem:
                raise Refused(fr=f"{order.dossier} : {problem.fr}", en=f"{order.dossier}: {problem.en}")
        shared = header_values(header, options)
        records = [_record(order, shared, options) for order in orders]
        text = _xml(header, orders, records, options) if options.format == "xml" else _csv(records, options)
        return PaymentFile(
            name=_file_name(header, options),
            media_type="application/xml" if options.format == "xml" else "text/csv",
            content=text.encode(options.encoding),
        )

    def read_back(self, content: bytes, options: PivotOptions) -> Totals:
        """Count the file's own lines and cents."""
        try:
            text = content.decode(options.encoding)
            amounts = list(_xml_amounts(text, options) if options.format == "xml" else _csv_amounts(text, options))
        except (UnicodeDecodeError, csv.Error, ET.ParseError) as error:
            raise _not_ours() from error
        return Totals(lines=len(amounts), cents=sum(amounts))


def _record(order: PaymentOrder, shared: dict[str, str], options: PivotOptions) -> dict[str, str]:
    values = {**shared, **order_values(order, options)}
    return {column: filled(template, values) for column, template in options.columns.items()}


def _file_name(header: BatchHeader, options: PivotOptions) -> str:
    values = header_values(header, options) | {"date": header.date.isoformat(), "number": f"{header.number:04d}"}
    name = re.sub(r"[^\w.-]+", "-", filled(options.file_name, values), flags=re.ASCII)
    return f"{_SANDBOX if header.mode == 'sandbox' else ''}{name}.{options.format}"


def _csv(records: Sequence[dict[str, str]], options: PivotOptions) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=options.separator, lineterminator="\r\n")
    if options.headings:
        writer.writerow(options.columns)
    writer.writerows(record.values() for record in records)
    return text.getvalue()


def _csv_amounts(text: str, options: PivotOptions) -> Iterator[int]:
    table = csv.reader(io.StringIO(text, newline=""), delimiter=options.separator, strict=True)
    columns = list(options.columns)
    if options.headings and next(table, None) != columns:
        raise _not_ours()
    place = columns.index(options.amount_column)
    for record in table:
        if len(record) != len(columns):
            raise _not_ours()
        yield _cents(record[place], options)


def _xml(
    header: BatchHeader, orders: Sequence[PaymentOrder], records: Sequence[dict[str, str]], options: PivotOptions
) -> str:
    total = sum(order.cents for order in orders)
    counted = f'nombre="{len(orders)}" total_centimes="{total}"'
    lines = [
        f'<?xml version="1.0" encoding="{options.encoding.upper()}"?>',
        f"<demandes_de_paiement lot={quoteattr(header.id)} {counted}>",
    ]
    for record in records:
        lines.append("  <demande>")
        lines += [f"    <{column}>{escape(text)}</{column}>" for column, text in record.items()]
        lines.append("  </demande>")
    return "\n".join([*lines, "</demandes_de_paiement>", ""])


def _xml_amounts(text: str, options: PivotOptions) -> Iterator[int]:
    if "<!" in text:  # no document type, no entity: a file of ours has none, and they are how XML attacks its reader
        raise _not_ours()
    root = ET.fromstring(text.partition("?>")[2])  # noqa: S314  entities are refused just above
    if root.tag != "demandes_de_paiement":
        raise _not_ours()
    for record in root:
        yield _cents(record.findtext(options.amount_column) or "", options)


def _cents(text: str, options: PivotOptions) -> int:
    found = _AMOUNT.fullmatch(text)
    in_cents = options.columns[options.amount_column] == "{cents}"
    if found is None or (found[2] is None) != in_cents:
        raise _not_ours()
    return int(found[1]) if in_cents else int(found[1]) * 100 + int(found[2])


def _not_ours() -> Refused:
    return Refused(
        fr="Ce fichier n'est pas un fichier pivot écrit avec ces réglages.",
        en="This file is no pivot file written with these settings.",
    )


@hookimpl
def register_payment_writers() -> list[PaymentWriter[Any]]:
    """Give the pivot writer."""
    return [ChorusPivot()]
