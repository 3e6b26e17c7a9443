"""A plugin in one file, as short as one can be: the number of an association (RNA), and a command to try one."""

from __future__ import annotations

import re
from typing import Any

import click

from guichet import TEXT, Context, FieldType, Invalid, NoOptions, TextFieldType, Type, hookimpl


class Rna(TextFieldType[NoOptions]):
    """The number of an association: W and nine digits."""

    key = "rna"
    Options = NoOptions

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see a text."""
        return TEXT

    def from_text(self, text: str, options: NoOptions, context: Context) -> str:
        """Take W and nine digits, with or without spaces."""
        return rna_number(text)

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe the number."""
        return {"type": "string", "pattern": r"^[Ww][\d ]{9,20}$"}


def rna_number(text: str) -> str:
    """Give the number as it is kept.

    Raises:
        Invalid: It is no W and nine digits.
    """
    number = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"W\d{9}", number, re.ASCII):
        raise Invalid(
            fr="Écrivez le numéro RNA : W suivi de neuf chiffres, par exemple W751234567.",
            en="Write the RNA number: W and nine digits, for example W751234567.",
        )
    return number


@click.command("rna", help="Vérifie la forme d'un numéro RNA.\n\nCheck the shape of an RNA number.")
@click.argument("number")
def rna_command(number: str) -> None:
    """Print the number as it is kept, or what is wrong with it."""
    try:
        click.echo(rna_number(number))
    except Invalid as error:
        raise click.ClickException(f"{error.text('fr')} {error.text('en')}") from error


@hookimpl
def register_field_types() -> list[FieldType[Any]]:
    """Give the field type to Guichet."""
    return [Rna()]


@hookimpl
def register_commands() -> list[click.Command]:
    """Give the command to Guichet."""
    return [rna_command]
