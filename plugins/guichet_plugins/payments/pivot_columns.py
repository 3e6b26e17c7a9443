"""The options of the pivot file: CSV or XML, and the data a payment request needs."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import model_validator

from guichet import Text, Whole, option_error
from guichet_plugins.payments.column_options import ClaimOptions

_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)

# The data a payment request to the State's accountant needs. No public specification of the inbound interface
# exists: names and order are the payer's to set.
DEFAULT_COLUMNS: dict[str, str] = {
    "reference_dossier": "{dossier}",
    "reference_demande": "{order}",
    "date_demande": "{date}",
    "tiers_siret": "{siret}",
    "titulaire": "{payee}",
    "iban": "{iban}",
    "bic": "{bic}",
    "montant": "{amount}",
    "devise": "EUR",
    "libelle_virement": "{label}",
}


class PivotOptions(ClaimOptions):
    """How the file is written; columns are a mapping of column to template, in the file's order.

    A template holds text and the names `{order}` `{dossier}` `{payee}` `{iban}` `{bic}` `{siret}` `{label}`
    `{amount}` `{cents}` `{act}` `{act_date}` `{sending}` `{line}` `{batch}` `{number}` `{date}` `{scheme}`
    `{territory}` `{payer}` `{statement}`, any name of the scheme's `details` and any key of the imputation.
    Where the scheme charges each of its amounts to its own references, an order has a line for each: there `{part}`
    is the name of the amount, and `{amount}` and the imputation are the line's own; elsewhere `{part}` is empty.
    """

    french = {
        "format": "CSV, ou XML avec un élément par colonne.",
    }

    format: Literal["csv", "xml"] = "csv"
    """CSV, or XML with an element for each column."""
    columns: dict[Text, Text] = DEFAULT_COLUMNS
    """Column → template, in the order of the file."""
    optional: tuple[Text, ...] = ("bic", "tiers_siret")
    """Columns that may be empty."""
    max_lengths: dict[Text, Whole] = {"titulaire": 70, "libelle_virement": 140}
    """Column → the most characters it takes; a longer value sets its order aside."""
    file_name: Text = "pivot_{scheme}_{territory}_{date}_{number}"
    """The file's name."""

    claim_title: Text = "Demande de titre de perception"
    """The heading of the request that a claim be collected."""

    @model_validator(mode="after")
    def _names_of_elements(self) -> PivotOptions:
        bad = [column for column in self.columns if not _XML_NAME.fullmatch(column)] if self.format == "xml" else []
        if bad:
            raise option_error(
                fr=f"pas un nom d'élément XML : {', '.join(bad)} (lettres sans accent, chiffres, _)",
                en=f"no name of an XML element: {', '.join(bad)} (letters without accents, digits, _)",
            )
        return self
