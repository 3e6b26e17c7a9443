"""The pivot file for the State's payments: CSV or XML, every column set by the payer."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from guichet import (
    BatchHeader,
    ClaimToWrite,
    Context,
    PaymentFile,
    PaymentOrder,
    PaymentWriter,
    Reason,
    Totals,
    hookimpl,
)
from guichet_plugins.payments.claim_request import claim_files, problem_of_claim
from guichet_plugins.payments.columns import (
    file_name,
    lines_of,
    problem_of,
    problems_in_batch,
    records_of,
    require_writable,
    wrong_account,
)
from guichet_plugins.payments.delimited import cents_of, not_ours, read_amounts, write_table
from guichet_plugins.payments.pivot_columns import PivotOptions


class ChorusPivot(PaymentWriter[PivotOptions]):
    """Writes and counts the pivot file."""

    key = "chorus_pivot"
    Options = PivotOptions
    by_part = True

    def check(self, order: PaymentOrder, options: PivotOptions) -> Reason | None:
        """Give why one order cannot be written: the account it says, a cell the file cannot carry."""
        says_account = any("{iban}" in template for template in options.columns.values())
        return (wrong_account(order) if says_account else None) or problem_of(order, options)

    def check_batch(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: PivotOptions
    ) -> dict[str, Reason]:
        """Give the orders whose cells do not fit once the batch and the line are named."""
        return problems_in_batch(header, orders, options)

    def write(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: PivotOptions, context: Context
    ) -> PaymentFile:
        """Give the file; orders stand in the order given."""
        crowded = self.check_batch(header, orders, options)
        require_writable(orders, lambda order: self.check(order, options), crowded)
        lines = lines_of(orders)
        records = records_of(header, lines, options)
        text = _xml(header, lines, records, options) if options.format == "xml" else write_table(records, options)
        return PaymentFile(
            name=file_name(options.file_name, header, options, options.format),
            media_type="application/xml" if options.format == "xml" else "text/csv",
            content=text.encode(options.encoding),
        )

    def check_claim(self, claim: ClaimToWrite, options: PivotOptions) -> Reason | None:
        """Give why a claim cannot be written: a cell its file cannot carry."""
        return problem_of_claim(claim, options)

    def write_claim(
        self, header: BatchHeader, claim: ClaimToWrite, options: PivotOptions, context: Context
    ) -> PaymentFile:
        """Give the request that a claim be collected, and its lines where the mapping has some."""
        return claim_files(header, claim, options)

    def read_back(self, content: bytes, options: PivotOptions) -> Totals:
        """Count the file's own lines and cents."""
        try:
            text = content.decode(options.encoding)
            amounts = list(_xml_amounts(text, options) if options.format == "xml" else read_amounts(text, options))
        except (UnicodeDecodeError, csv.Error, ET.ParseError) as error:
            raise not_ours() from error
        return Totals(lines=len(amounts), cents=sum(amounts))


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
        raise not_ours()
    root = ET.fromstring(text.partition("?>")[2])  # noqa: S314  entities are refused just above
    if root.tag != "demandes_de_paiement":
        raise not_ours()
    for record in root:
        yield cents_of(record.findtext(options.amount_column) or "", options)


@hookimpl
def register_payment_writers() -> list[PaymentWriter[Any]]:
    """Give the pivot writer."""
    return [ChorusPivot()]
