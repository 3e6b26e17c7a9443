"""What a council's finance software takes: a file by declared mapping, and the statement of sums due behind it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import field_validator

from guichet import (
    BatchHeader,
    ClaimToWrite,
    Context,
    Flag,
    PaymentFile,
    PaymentOrder,
    PaymentWriter,
    Reason,
    Text,
    Totals,
    Whole,
    hookimpl,
)
from guichet_plugins.payments.claim_request import claim_files, problem_of_claim
from guichet_plugins.payments.column_options import ClaimOptions, name_template
from guichet_plugins.payments.columns import (
    file_name,
    lines_of,
    problem_of,
    problems_in_batch,
    records_of,
    require_writable,
    wrong_account,
)
from guichet_plugins.payments.delimited import not_ours, read_amounts, write_table
from guichet_plugins.payments.statement import statement_pdf

_LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}

# No format of finance software is public: names and order are the finance service's to set.
_COLUMNS: dict[str, str] = {
    "etat": "{statement}",
    "ligne": "{line}",
    "reference_mandat": "{order}",
    "reference_dossier": "{dossier}",
    "acte": "{act}",
    "date_acte": "{act_date}",
    "titulaire": "{payee}",
    "iban": "{iban}",
    "bic": "{bic}",
    "montant": "{amount}",
    "objet": "{label}",
}


class FinanceOptions(ClaimOptions):
    """How the file is written; columns are a mapping of column to template, in the file's order.

    A template holds text and the names `{order}` `{dossier}` `{payee}` `{iban}` `{bic}` `{siret}` `{label}`
    `{amount}` `{cents}` `{act}` `{act_date}` `{sending}` `{line}` `{batch}` `{number}` `{date}` `{scheme}`
    `{territory}` `{payer}` `{statement}`, any name of the scheme's `details` and any key of the imputation.
    Where the scheme charges each of its amounts to its own references, an order has a line for each: there `{part}`
    is the name of the amount, and `{amount}` and the imputation are the line's own; elsewhere `{part}` is empty.
    """

    french = {
        "quotes": "Quelles cellules sont entre guillemets.",
        "line_end": "Ce qui termine une ligne.",
        "file_name": "Le nom du fichier.",
        "extension": "Ce qui termine son nom.",
        "statement_title": "Le titre de l'état liquidatif.",
        "statement_name": "Le nom de son fichier.",
        "statement_accounts": "Si l'état montre le compte de chaque bénéficiaire.",
    }

    columns: dict[Text, Text] = _COLUMNS
    """Column → template, in the order of the file."""
    optional: tuple[Text, ...] = ("bic", "acte", "date_acte")
    """Columns that may be empty."""
    max_lengths: dict[Text, Whole] = {"titulaire": 38, "objet": 100}
    """Column → the most characters it takes; a longer value sets its order aside."""
    quotes: Literal["minimal", "all"] = "minimal"
    """Which cells stand between quotation marks."""
    line_end: Literal["crlf", "lf"] = "crlf"
    """What ends a line."""
    file_name: Text = "mandats_{scheme}_{territory}_{date}_{number}"
    """The name of the file."""
    extension: Literal["csv", "txt"] = "csv"
    """What ends its name."""
    statement_title: Text = "État liquidatif"
    """The heading of the statement."""
    statement_name: Text = "etat_liquidatif_{scheme}_{territory}_{date}_{number}"
    """The name of its file."""
    statement_accounts: Flag = True
    """Whether the statement shows the account of each payee."""

    @field_validator("statement_name")
    @classmethod
    def _statement_names_the_batch(cls, template: str) -> str:
        return name_template(template)


class FinanceSoftware(PaymentWriter[FinanceOptions]):
    """Writes the file and the statement, and counts the file."""

    key = "finance_software"
    Options = FinanceOptions
    by_part = True

    def check(self, order: PaymentOrder, options: FinanceOptions) -> Reason | None:
        """Give why one order cannot be written: an account whose key is wrong, a cell the file cannot carry."""
        return wrong_account(order) or problem_of(order, options)

    def check_batch(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: FinanceOptions
    ) -> dict[str, Reason]:
        """Give the orders whose cells do not fit once the batch and the line are named."""
        return problems_in_batch(header, orders, options)

    def write(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: FinanceOptions, context: Context
    ) -> PaymentFile:
        """Give the file, its statement beside it; orders stand in the order given in both."""
        crowded = self.check_batch(header, orders, options)
        require_writable(orders, lambda order: self.check(order, options), crowded)
        records = records_of(header, lines_of(orders), options)
        text = write_table(records, options, quotes=options.quotes, line_end=_LINE_ENDS[options.line_end])
        statement = PaymentFile(
            name=file_name(options.statement_name, header, options, "pdf"),
            media_type="application/pdf",
            content=statement_pdf(header, orders, title=options.statement_title, accounts=options.statement_accounts),
        )
        return PaymentFile(
            name=file_name(options.file_name, header, options, options.extension),
            media_type="text/csv",
            content=text.encode(options.encoding),
            beside=(statement,),
        )

    def check_claim(self, claim: ClaimToWrite, options: FinanceOptions) -> Reason | None:
        """Give why a claim cannot be written: a cell its file cannot carry."""
        return problem_of_claim(claim, options)

    def write_claim(
        self, header: BatchHeader, claim: ClaimToWrite, options: FinanceOptions, context: Context
    ) -> PaymentFile:
        """Give the request that a claim be collected, and its lines where the mapping has some."""
        line_end = _LINE_ENDS[options.line_end]
        return claim_files(
            header, claim, options, quotes=options.quotes, line_end=line_end, extension=options.extension
        )

    def read_back(self, content: bytes, options: FinanceOptions) -> Totals:
        """Count the file's own lines and cents."""
        try:
            amounts = list(read_amounts(content.decode(options.encoding), options))
        except (UnicodeDecodeError, csv.Error) as error:
            raise not_ours() from error
        return Totals(lines=len(amounts), cents=sum(amounts))


@hookimpl
def register_payment_writers() -> list[PaymentWriter[Any]]:
    """Give the writer for finance software."""
    return [FinanceSoftware()]
