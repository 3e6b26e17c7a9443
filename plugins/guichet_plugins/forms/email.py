"""E-mail addresses."""

from __future__ import annotations

import re
from typing import Any

from guichet import TEXT, Context, Invalid, NoOptions, TextFieldType, Type

# One @, no space, a domain with a dot: what a mail server can be asked. Whether it exists, only a mail tells.
_ADDRESS = re.compile(r"[^\s@,;:<>()\"\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


class Email(TextFieldType[NoOptions]):
    """An e-mail address."""

    key = "email"
    Options = NoOptions
    widget = "email"
    input_mode = "email"
    autocomplete = "email"

    def rule_type(self, options: NoOptions) -> Type:
        """Rules see a text."""
        return TEXT

    def from_text(self, text: str, options: NoOptions, context: Context) -> str:
        """Take an address, its domain in lower case."""
        address = text.removeprefix("mailto:").strip("<>")
        name, at, domain = address.rpartition("@")
        if not _ADDRESS.fullmatch(address) or ".." in name or len(address) > 254:
            raise Invalid(
                fr="Écrivez une adresse électronique complète, par exemple prenom.nom@exemple.fr.",
                en="Write a whole e-mail address, for example firstname.name@example.fr.",
            )
        return name + at + domain.lower()

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe an address."""
        return {"type": "string", "format": "email"}
