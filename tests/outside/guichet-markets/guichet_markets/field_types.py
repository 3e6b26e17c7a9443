"""The number of a stallholder's licence as a kind of question."""

import re

from guichet import TEXT, Context, Identifier, Invalid, Options, TextFieldType, Type


class LicenceOptions(Options):
    """What a scheme may set beside `type: market_licence`."""

    departements: tuple[Identifier, ...] = ()
    """The two figures a number may begin with, written `d29`; any when left out."""


class Licence(TextFieldType[LicenceOptions]):
    """Two figures and five, with a hyphen between them: `29-00017`."""

    key = "market_licence"
    Options = LicenceOptions

    def rule_type(self, options: LicenceOptions) -> Type:
        """Rules see a text."""
        return TEXT

    def from_text(self, text: str, options: LicenceOptions, context: Context) -> str:
        """Take the figures, with or without what stands between them."""
        found = re.fullmatch(r"(\d{2})[ -]?(\d{5})", text, re.ASCII)
        if not found:
            raise Invalid(
                fr="Écrivez le numéro de votre carte : deux chiffres, puis cinq, par exemple 29-00017.",
                en="Write the number of your card: two figures, then five, for example 29-00017.",
            )
        if options.departements and f"d{found[1]}" not in options.departements:
            known = ", ".join(one[1:] for one in options.departements)
            raise Invalid(
                fr=f"Donnez une carte d'un de ces départements : {known}.",
                en=f"Give a card of one of these departments: {known}.",
            )
        return f"{found[1]}-{found[2]}"

    def json_schema(self, options: LicenceOptions) -> dict[str, object]:
        """Describe what an exchange may write."""
        return {"type": "string"}
