"""A payment writer: the file of a batch, the same bytes at each try, read back to be counted."""

import csv
import io
from collections.abc import Sequence
from typing import Literal

from guichet import (
    BatchHeader,
    Context,
    Options,
    PaymentFile,
    PaymentOrder,
    PaymentWriter,
    Reason,
    Refused,
    Totals,
)

HEADINGS = ("reference", "payee", "iban", "cents", "label")
NOT_OURS = Refused(
    fr="Donnez un fichier écrit par cette extension avec les mêmes réglages.",
    en="Give a file that this plugin wrote with the same settings.",
)


class LedgerOptions(Options):
    """What a scheme may set beside `writer: market_ledger`."""

    separator: Literal[";", "|"] = ";"
    """What stands between two cells."""


class Ledger(PaymentWriter[LedgerOptions]):
    """A table of orders with a last line that counts them. Nothing of the clock or of chance enters it."""

    key = "market_ledger"
    Options = LedgerOptions

    def check(self, order: PaymentOrder, options: LedgerOptions) -> Reason | None:
        """Give why one order cannot be written: it is set aside alone, the others leave."""
        if order.cents <= 0:
            return Reason(fr="Donnez un montant au-dessus de zéro.", en="Give an amount above zero.")
        if not order.iban:
            return Reason(fr="Donnez un IBAN.", en="Give an IBAN.")
        if not (order.payee.isprintable() and order.payee[:1].isalnum() and len(order.payee) <= 70):
            return Reason(
                fr="Donnez un titulaire de 70 caractères au plus, qui commence par une lettre.",
                en="Give a payee of at most 70 characters that begins with a letter.",
            )
        return None

    def write(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: LedgerOptions, context: Context
    ) -> PaymentFile:
        """Give the file; the name of one made in the sandbox says so."""
        for order in orders:
            reason = self.check(order, options)
            if reason is not None:
                raise Refused(fr=reason.fr, en=reason.en)
        text = io.StringIO(newline="")
        table = csv.writer(text, delimiter=options.separator, lineterminator="\r\n")
        table.writerow(HEADINGS)
        table.writerows((one.id, one.payee, one.iban, one.cents, one.label) for one in orders)
        table.writerow(("total", len(orders), "", sum(one.cents for one in orders), ""))
        name = f"{'sandbox-' if header.mode == 'sandbox' else ''}{header.territory}-{header.id}.csv"
        return PaymentFile(name=name, media_type="text/csv", content=text.getvalue().encode())

    def read_back(self, content: bytes, options: LedgerOptions) -> Totals:
        """Count the orders and the sum in the bytes of a file, and compare with its last line."""
        try:
            text = io.StringIO(content.decode(), newline="")
            lines = list(csv.reader(text, delimiter=options.separator, strict=True))
            head, orders, last = lines[0], lines[1:-1], lines[-1]
            found = Totals(lines=len(orders), cents=sum(int(cents) for _, _, _, cents, _ in orders))
            told = ["total", str(found.lines), "", str(found.cents), ""]
        except (ValueError, IndexError, csv.Error):
            raise NOT_OURS from None
        if tuple(head) != HEADINGS or last != told:
            raise NOT_OURS
        return found
