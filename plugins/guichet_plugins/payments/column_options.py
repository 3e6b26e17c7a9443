"""How a payment file is written, as the payer declares it: dialect, columns, names of the files."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Literal

from pydantic import field_validator, model_validator

from guichet import Flag, Options, Text, Whole, option_error

__all__ = ["BATCH_NAMES", "DATES", "ClaimOptions", "ColumnOptions", "name_template"]

_AMOUNT_TEMPLATES = ("{amount}", "{cents}")
DateFormat = Literal["jj/mm/aaaa", "aaaa-mm-jj", "jj.mm.aaaa", "aaaammjj"]

DATES: Mapping[DateFormat, str] = {
    "jj/mm/aaaa": "%d/%m/%Y",
    "aaaa-mm-jj": "%Y-%m-%d",
    "jj.mm.aaaa": "%d.%m.%Y",
    "aaaammjj": "%Y%m%d",
}
BATCH_NAMES = ("batch", "number", "date", "scheme", "territory", "payer", "statement")
"""What a template may say of the whole batch."""


def _plain_templates(columns: dict[str, str]) -> dict[str, str]:
    """Give columns back when each template holds plain names only; raises the error of an option."""
    for column, template in columns.items():
        _names_in(template, fr=f"colonne {column}", en=f"column {column}")
    return columns


def name_template(template: str) -> str:
    """Give the name of a file back when it quotes the batch only; raises the error of an option."""
    for name in _names_in(template, fr="nom de fichier", en="name of a file"):
        if name not in BATCH_NAMES:
            known = " ".join(f"{{{one}}}" for one in BATCH_NAMES)
            raise option_error(
                fr=f"un fichier tient tout un lot : son nom ne peut pas citer {{{name}}} ; on peut écrire {known}",
                en=f"a file holds a whole batch: its name cannot quote {{{name}}}; one may write {known}",
            )
    return template


def _names_in(template: str, *, fr: str, en: str) -> list[str]:
    """The names a template quotes; raises the error of an option, which `fr` and `en` begin."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise option_error(
            fr=f"{fr} : fermez les accolades de « {template} »", en=f'{en}: close the braces of "{template}"'
        ) from error
    for _, name, shape, conversion in parts:
        if name is not None and (not name.isidentifier() or shape or conversion):
            raise option_error(
                fr=f"{fr} : {{{name}}} n'est pas un nom simple, comme {{date}}",
                en=f"{en}: {{{name}}} is no plain name such as {{date}}",
            )
    return [name for _, name, _, _ in parts if name is not None]


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
        return _plain_templates(columns)

    @field_validator("file_name")
    @classmethod
    def _names_the_batch(cls, template: str) -> str:
        return name_template(template)

    @model_validator(mode="after")
    def _one_amount(self) -> ColumnOptions:
        amounts = [column for column, template in self.columns.items() if template in _AMOUNT_TEMPLATES]
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
        return next(column for column, template in self.columns.items() if template in _AMOUNT_TEMPLATES)


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
        return _plain_templates(columns)
