"""The columns of a payment file: what each holds for one order, and what it cannot hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from string import Formatter
from typing import Literal

from pydantic import field_validator, model_validator

from guichet import BatchHeader, Flag, Options, PaymentOrder, Reason, Refused, Text, Whole, is_formula, option_error

AMOUNT_TEMPLATES = ("{amount}", "{cents}")
DateFormat = Literal["jj/mm/aaaa", "aaaa-mm-jj", "jj.mm.aaaa", "aaaammjj"]

DATES: Mapping[DateFormat, str] = {
    "jj/mm/aaaa": "%d/%m/%Y",
    "aaaa-mm-jj": "%Y-%m-%d",
    "jj.mm.aaaa": "%d.%m.%Y",
    "aaaammjj": "%Y%m%d",
}
_HEADER_NAMES = frozenset({"batch", "number", "date", "scheme", "territory", "payer", "statement", "line"})
_LEAST = BatchHeader(id="x" * 36, number=1, date=date(2020, 1, 1), scheme="x", territory="reg-00", payer="x")


def plain_templates(columns: dict[str, str]) -> dict[str, str]:
    """Give columns back when each template holds plain names only; raises the error of an option."""
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


class ColumnOptions(Options):
    """How a file is written; columns are a mapping of column to template, in the file's order.

    A template holds text and the names `{order}` `{dossier}` `{payee}` `{iban}` `{bic}` `{siret}` `{label}`
    `{amount}` `{cents}` `{act}` `{act_date}` `{sending}` `{line}` `{batch}` `{number}` `{date}` `{scheme}`
    `{territory}` `{payer}` `{statement}`, any name of the scheme's `details` and any key of the imputation.
    Where the scheme charges each of its amounts to its own references, an order has a line for each: there `{part}`
    is the name of the amount, and `{amount}` and the imputation are the line's own; elsewhere `{part}` is empty.
    """

    french = {
        "separator": "Ce qui sépare deux cellules.",
        "encoding": "L'encodage des caractères.",
        "decimal_mark": "Ce qui précède les centimes.",
        "dates": "Comment un jour est écrit.",
        "headings": "Si la première ligne nomme les colonnes.",
        "columns": "Colonne → modèle, dans l'ordre du fichier.",
        "optional": "Les colonnes qui peuvent être vides.",
        "max_lengths": "Colonne → combien de caractères au plus ; une valeur plus longue met son ordre de côté.",
        "file_name": "Le nom du fichier.",
    }

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
    columns: dict[Text, Text]
    """Column → template, in the order of the file."""
    optional: tuple[Text, ...] = ()
    """Columns that may be empty."""
    max_lengths: dict[Text, Whole] = {}
    """Column → the most characters it takes; a longer value sets its order aside."""
    file_name: Text = "{scheme}_{territory}_{date}_{number}"
    """The file's name."""

    @field_validator("columns")
    @classmethod
    def _templates_are_plain(cls, columns: dict[str, str]) -> dict[str, str]:
        return plain_templates(columns)

    @model_validator(mode="after")
    def _one_amount(self) -> ColumnOptions:
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
                    name=unknown[0],
                    option=option,
                    among="columns",
                    choices=tuple(column for column in self.columns if not self._is_named(column)),
                )
        return self

    def _is_named(self, column: str) -> bool:
        return column in self.optional or column in self.max_lengths

    @property
    def amount_column(self) -> str:
        """The column the file is counted by."""
        return next(column for column, template in self.columns.items() if template in AMOUNT_TEMPLATES)


class ClaimOptions(ColumnOptions):
    """How claims are asked of the accountant, besides how the file of payments is written."""

    french = {
        "claim_title": "L'intitulé de la demande de recouvrement d'un trop-perçu.",
        "claim_name": "Ce par quoi commencent les noms de ses fichiers.",
        "claim_columns": "Colonne → modèle des lignes qui demandent un titre ; absentes, aucune ligne n'est écrite.",
    }
    claim_title: Text = "Demande de titre de recettes"
    """The heading of the request that a claim be collected."""
    claim_name: Text = "titre"
    """What the names of its files begin with."""
    claim_columns: dict[Text, Text] = {}
    """Column → template of the lines that ask for a claim, in the order of the file; left out, no lines are written.

    A template holds text and the names `{claim}` `{dossier}` `{payee}` `{siret}` `{amount}` `{cents}` `{reason}`
    `{part}` `{act}` `{act_date}` `{line}` `{date}` `{scheme}` `{territory}` `{payer}`, any name of the scheme's
    `details` and any key of the imputation.
    """

    @field_validator("claim_columns")
    @classmethod
    def _claim_templates_are_plain(cls, columns: dict[str, str]) -> dict[str, str]:
        return plain_templates(columns)


def lines_of(orders: Iterable[PaymentOrder]) -> list[PaymentOrder]:
    """Give what stands on each line: an order, or each amount that makes it with its own cents and references."""
    return [line for order in orders for line in _split(order)]


def _split(order: PaymentOrder) -> list[PaymentOrder]:
    if not order.parts:
        return [order]
    return [replace(order, cents=one.cents, imputation=one.imputation, parts=(one,)) for one in order.parts]


def problem_of(order: PaymentOrder, options: ColumnOptions) -> Reason | None:
    """Give why an order cannot stand in the file, or None."""
    if order.parts and sum(part.cents for part in order.parts) != order.cents:
        return Reason(
            fr="Les montants qui font cette mise en paiement n'en donnent pas le total.",
            en="The amounts that make this payment order are not its total.",
        )
    return next((found for line in _split(order) if (found := _problem_of_line(line, options))), None)


def _problem_of_line(order: PaymentOrder, options: ColumnOptions) -> Reason | None:
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
                about=missing[0],
            )
        problem = problem_of_cell(column, filled(template, {**_shortest(options), **values}), options)
        if problem:
            return problem
    return None


def _shortest(options: ColumnOptions) -> dict[str, str]:
    """Give the least that the names of a batch stand for: an order is looked at before it has a batch and a line."""
    return {**header_values(_LEAST, options), "line": "1"}


def iban_holds(iban: str) -> bool:
    """Say whether the check digits of an account match (ISO 13616): 15 to 34 characters, 1 modulo 97.

    >>> iban_holds("FR7630006000011234567890189"), iban_holds("FR7630006000011234567890188")
    (True, False)
    """
    if not (15 <= len(iban) <= 34 and iban.isascii() and iban.isalnum() and iban.upper() == iban):
        return False
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1


def order_values(order: PaymentOrder, options: ColumnOptions) -> dict[str, str]:
    """Give what the names of a template stand for in one order; no imputation hides a name of the order."""
    return {
        **order.imputation,
        **order.details,
        "order": order.id,
        "dossier": order.dossier,
        "payee": order.payee,
        "iban": order.iban,
        "bic": order.bic,
        "siret": order.siret,
        "label": order.label,
        "amount": written_amount(order.cents, options),
        "cents": str(order.cents),
        "act": order.act.number,
        "act_date": order.act.date.strftime(DATES[options.dates]) if order.act.date else "",
        "sending": str(order.sending),
        "part": order.parts[0].label if len(order.parts) == 1 else "",
    }


def written_amount(cents: int, options: ColumnOptions) -> str:
    """Give an amount with its cents, as the options write it."""
    euros, rest = divmod(cents, 100)
    return f"{euros}{options.decimal_mark}{rest:02d}"


def header_values(header: BatchHeader, options: ColumnOptions) -> dict[str, str]:
    """Give what the names of a template stand for in a whole batch."""
    return {
        "batch": header.id,
        "number": str(header.number),
        "date": header.date.strftime(DATES[options.dates]),
        "scheme": header.scheme,
        "territory": header.territory,
        "payer": header.payer,
        "statement": statement_reference(header),
    }


def statement_reference(header: BatchHeader) -> str:
    """Give the number of the statement of sums due behind a batch, unique for ever."""
    return f"EL-{header.scheme}-{header.territory}-{header.date:%Y%m%d}-{header.number:04d}"


def file_name(template: str, header: BatchHeader, options: ColumnOptions, extension: str) -> str:
    """Give the name of a file of a batch: safe on any disk, and marked in a sandbox."""
    values = header_values(header, options) | {"date": header.date.isoformat(), "number": f"{header.number:04d}"}
    return f"{safe_name(filled(template, values), header)}.{extension}"


def safe_name(text: str, header: BatchHeader) -> str:
    """Give a text as part of a file's name: safe on any disk, and marked in a sandbox."""
    name = re.sub(r"[^\w.-]+", "-", text, flags=re.ASCII)
    return f"{'BAC-A-SABLE_' if header.mode == 'sandbox' else ''}{name}"


def record_of(order: PaymentOrder, line: int, shared: Mapping[str, str], options: ColumnOptions) -> dict[str, str]:
    """Give the cells of one order by column."""
    values = {**shared, **order_values(order, options), "line": str(line)}
    return {column: filled(template, values) for column, template in options.columns.items()}


def filled(template: str, values: Mapping[str, str]) -> str:
    """Give a template with its names replaced; what a value holds is never read as a template."""
    parts = Formatter().parse(template)
    return "".join(text + (values[name] if name is not None else "") for text, name, _, _ in parts)


def problem_of_cell(column: str, text: str, options: ColumnOptions, *, may_be_empty: bool = False) -> Reason | None:
    """Give why a text cannot stand in a column, or None."""
    if not text and not may_be_empty and column not in options.optional:
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
    if is_formula(text) and column != options.amount_column:
        return Reason(
            fr=f"La colonne {column} commence par « {text.strip()[0]} », qu'un tableur prendrait pour une formule.",
            en=f'The column {column} starts with "{text.strip()[0]}", which a spreadsheet would take for a formula.',
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


def require_writable(orders: Sequence[PaymentOrder], check: Callable[[PaymentOrder], Reason | None]) -> None:
    """Raise Refused for the first order that a file cannot hold."""
    for order in orders:
        problem = check(order)
        if problem:
            raise Refused(fr=f"{order.dossier} : {problem.fr}", en=f"{order.dossier}: {problem.en}")
