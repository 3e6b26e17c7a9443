"""The municipality, by its Insee code."""

from __future__ import annotations

import re
from typing import Any

from guichet import TEXT, Context, Flag, Invalid, Options, TextFieldType, Type, departement_of_commune
from guichet_plugins.forms.places import DEPARTEMENTS, REGIONS

_CODE = re.compile(r"(\d{5}|2[AB]\d{3})\b[\s,–-]*(.*)", re.ASCII | re.IGNORECASE)


class CommuneOptions(Options):
    """Whether only the territory's own communes are taken."""

    french = {
        "only_here": "Seules les communes des départements du territoire sont acceptées.",
    }

    only_here: Flag = False
    """Only the communes of the territory's own départements are taken."""


class Commune(TextFieldType[CommuneOptions]):
    """An Insee code of five characters, alone or followed by the name; rules see the code."""

    key = "commune"
    nomenclature = "communes"
    Options = CommuneOptions

    def rule_type(self, options: CommuneOptions) -> Type:
        """Rules see the Insee code as text."""
        return TEXT

    def from_text(self, text: str, options: CommuneOptions, context: Context) -> str:
        """Take a code of an existing Département, within the territory when that is asked."""
        found = _CODE.fullmatch(text)
        code = found[1].upper() if found else ""
        departement = departement_of_commune(code)
        if departement not in DEPARTEMENTS:
            raise Invalid(
                fr="Écrivez le code Insee de la commune, à cinq caractères, par exemple 74010 pour Annecy. "
                "Ce n'est pas le code postal.",
                en="Write the Insee code of the municipality, five characters, for example 74010 for Annecy. "
                "It is not the postcode.",
            )
        if options.only_here and not _is_in(departement, context.territory):
            here = _name(context.territory)
            raise Invalid(
                fr=f"Donnez une commune de ce territoire ({here}) : le code {code} est dans un autre département.",
                en=f"Give a municipality of this territory ({here}): the code {code} is in another département.",
            )
        return code

    def json_schema(self, options: CommuneOptions) -> dict[str, Any]:
        """Describe an Insee code."""
        return {"type": "string", "pattern": r"^(\d{5}|2[AB]\d{3})"}


def _is_in(departement: str, territory: str) -> bool:
    return territory in {"", departement, DEPARTEMENTS[departement][1]}


def _name(territory: str) -> str:
    found = DEPARTEMENTS.get(territory)
    return found[0] if found else REGIONS.get(territory, territory)
