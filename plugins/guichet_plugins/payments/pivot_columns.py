"""The columns of a pivot file: what each holds for one order, and what it cannot hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from string import Formatter
from typing import Literal

from pydantic import field_validator, model_validator

from guichet import BatchHeader, Flag, Options, PaymentOrder, Reason, Text, Whole, option_error

AMOUNT_TEMPLATES = ("{amount}", "{cents}")
DateFormat = Literal["jj/mm/aaaa", "aaaa-mm-jj", "jj.mm.aaaa", "aaaammjj"]

_DATES: Mapping[DateFormat, str] = {
    "jj/mm/aaaa": "%d/%m/%Y",
    "aaaa-mm-jj": "%Y-%m-%d",
    "jj.mm.aaaa": "%d.%m.%Y",
    "aaaammjj": "%Y%m%d",
}
_ORDER_NAMES = frozenset({"order", "dossier", "payee", "iban", "bic", "siret", "label", "amount", "cents"})
_HEADER_NAMES = frozenset({"batch", "number", "date", "scheme", "territory", "payer"})
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


class PivotOptions(Options):
    """How the file is written; columns are a mapping of column to template, in the file's order.

    A template holds text and the names `{order}` `{dossier}` `{payee}` `{iban}` `{bic}` `{siret}` `{label}`
    `{amount}` `{cents}` `{batch}` `{number}` `{date}` `{scheme}` `{territory}` `{payer}`, and any key of the
    imputation.
    """

    format: Literal["csv", "xml"] = "csv"
    """CSV, or XML with an element for each column."""
    separator: Literal[";", ",", "\t", "|"] = ";"
    """What stands between two cells."""
    encoding: Literal["utf-8", "windows-1252", "iso-8859-15"] = "utf-8"
    """How characters are written."""
    decimal_mark: Literal[",", "."] = ","
    """What stands before the cents."""
    dates: DateFormat = "jj/mm/aaaa"
    """How a day is written."""
    headings: Flag = True
    """Whether the first line names the columns."""
    columns: dict[Text, Text] = DEFAULT_COLUMNS
    """Column → template, in the order of the file."""
    optional: tuple[Text, ...] = ("bic", "tiers_siret")
    """Columns that may be empty."""
    max_lengths: dict[Text, Whole] = {"titulaire": 70, "libelle_virement": 140}
    """Column → the most characters it takes; a longer value sets its order aside."""
    file_name: Text = "pivot_{scheme}_{territory}_{date}_{number}"
    """The file's name."""

    @field_validator("columns")
    @classmethod
    def _templates_are_plain(cls, columns: dict[str, str]) -> dict[str, str]:
        for column, template in columns.items():
            try:
                parts = list(Formatter().parse(template))
            except ValueError as error:
                raise option_error(
                    fr=f"colonne {column} : fermez les accolades de « {template} »",
                    en=f'column {column}: close the braces of "{template}"',
                ) from error
            for _, name, shape, conversion in parts:
                if name is not None and (not name.isidentifier() or shape or conversion):
                    raise option_error(
                        fr=f"colonne {column} : {{{name}}} n'est pas un nom simple, comme {{dossier}}",
                        en=f"column {column}: {{{name}}} is no plain name such as {{dossier}}",
                    )
        return columns

    @model_validator(mode="after")
    def _one_amount(self) -> PivotOptions:
        amounts = [column for column, template in self.columns.items() if template in AMOUNT_TEMPLATES]
        if len(amounts) != 1:
            raise option_error(
                fr="une colonne et une seule doit valoir {amount} ou {cents} : elle sert à recompter le fichier",
                en="exactly one column must be {amount} or {cents}: the file is counted by it",
            )
        for option in self.model_fields_set & {"optional", "max_lengths"}:
            unknown = [column for column in getattr(self, option) if column not in self.columns]
            if unknown:
                raise option_error(
                    fr=f"{option} nomme une colonne que le fichier n'a pas : {', '.join(unknown)}",
                    en=f"{option} names a column that the file does not have: {', '.join(unknown)}",
                )
        if self.format == "xml":
            bad = [column for column in self.columns if not _XML_NAME.fullmatch(column)]
            if bad:
                raise option_error(
                    fr=f"pas un nom d'élément XML : {', '.join(bad)} (lettres sans accent, chiffres, _)",
                    en=f"no name of an XML element: {', '.join(bad)} (letters without accents, digits, _)",
                )
        return self

    @property
    def amount_column(self) -> str:
        """The column the file is counted by."""
        return next(column for column, template in self.columns.items() if template in AMOUNT_TEMPLATES)


def problem_of(order: PaymentOrder, options: PivotOptions) -> Reason | None:
    """Give why an order cannot stand in the file, or None."""
    if order.cents <= 0:
        return Reason(fr="Le montant doit être supérieur à zéro.", en="The amount must be above zero.")
    values = order_values(order, options)
    for column, template in options.columns.items():
        names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
        missing = [name for name in names if name not in values and name not in _HEADER_NAMES]
        if missing:
            return Reason(
                fr=f"L'imputation « {missing[0]} » manque : complétez-la chez le payeur ou dans le dispositif.",
                en=f'The imputation "{missing[0]}" is missing: complete it at the payer or in the scheme.',
            )
        header = dict.fromkeys(_HEADER_NAMES, "x")
        problem = _problem_of_cell(column, filled(template, {**header, **values}), options)
        if problem:
            return problem
    return None


def order_values(order: PaymentOrder, options: PivotOptions) -> dict[str, str]:
    """Give what the names of a template stand for in one order; no imputation hides a name of the order."""
    euros, cents = divmod(order.cents, 100)
    return {
        **order.imputation,
        "order": order.id,
        "dossier": order.dossier,
        "payee": order.payee,
        "iban": order.iban,
        "bic": order.bic,
        "siret": order.siret,
        "label": order.label,
        "amount": f"{euros}{options.decimal_mark}{cents:02d}",
        "cents": str(order.cents),
    }


def header_values(header: BatchHeader, options: PivotOptions) -> dict[str, str]:
    """Give what the names of a template stand for in a whole batch."""
    return {
        "batch": header.id,
        "number": str(header.number),
        "date": header.date.strftime(_DATES[options.dates]),
        "scheme": header.scheme,
        "territory": header.territory,
        "payer": header.payer,
    }


def filled(template: str, values: Mapping[str, str]) -> str:
    """Give a template with its names replaced; what a value holds is never read as a template."""
    parts = Formatter().parse(template)
    return "".join(text + (values[name] if name is not None else "") for text, name, _, _ in parts)


def _problem_of_cell(column: str, text: str, options: PivotOptions) -> Reason | None:
    if not text and column not in options.optional:
        return Reason(fr=f"La colonne {column} est vide.", en=f"The column {column} is empty.")
    longest = options.max_lengths.get(column)
    if longest is not None and len(text) > longest:
        return Reason(
            fr=f"La colonne {column} dépasse {longest} caractères : « {text[:40]}… ».",
            en=f'The column {column} is longer than {longest} characters: "{text[:40]}…".',
        )
    strange = _unwritable(text, options.encoding)
    if strange:
        return Reason(
            fr=f"La colonne {column} contient un caractère que le fichier ne peut pas porter : {strange}.",
            en=f"The column {column} holds a character the file cannot carry: {strange}.",
        )
    if text[:1] in {"=", "+", "-", "@"} and column != options.amount_column:
        return Reason(
            fr=f"La colonne {column} commence par « {text[0]} », qu'un tableur prendrait pour une formule.",
            en=f'The column {column} starts with "{text[0]}", which a spreadsheet would take for a formula.',
        )
    return None


def _unwritable(text: str, encoding: str) -> str:
    """Name the first character that the file cannot carry; empty when it can carry them all."""
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            return f"U+{ord(character):04X}"
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            return f"« {character} » (U+{ord(character):04X})"
    return ""
