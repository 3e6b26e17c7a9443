"""The stand-in of Démarches Simplifiées: with rows of ours, or with invented dossiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guichet import ListColumns, ListValue
from guichet_plugins.connect.demarches.options import ListOptions
from guichet_plugins.connect.demarches.stand_in.files import HeldFile, invented_pdf
from guichet_plugins.connect.demarches.stand_in.held import FIRST_NUMBER, Demarche
from guichet_plugins.connect.demarches.stand_in.service import StandIn

__all__ = ["INVENTED", "Demarche", "HeldFile", "StandIn", "a_service_of_rows", "an_invented_service"]

INVENTED = 1234
"""The number of the démarche of invented dossiers."""

_TYPES = {
    "money": "DecimalNumberChamp",
    "integer": "IntegerNumberChamp",
    "date": "DateChamp",
    "boolean": "CheckboxChamp",
}
_STATES = ("accepte", "accepte", "accepte", "refuse", "en_instruction", "en_construction")


def an_invented_service() -> StandIn:
    """Give a service with one démarche of three hundred invented dossiers, in every state."""
    champs = (
        ("Référence du versement", "TextChamp"),
        ("Montant versé", "DecimalNumberChamp"),
        ("Mois", "TextChamp"),
        ("Date du versement", "DateChamp"),
        ("Salariés", "IntegerNumberChamp"),
        ("Je certifie l'exactitude", "CheckboxChamp"),
        ("Justificatif", "PieceJustificativeChamp"),
    )

    def made(rank: int) -> Mapping[str, Any]:
        values = {
            "Référence du versement": f"REF-{rank:06d}",
            "Montant versé": 300 + rank * 4 % 1200 + 0.5,
            "Mois": "2020-03",
            "Date du versement": f"2020-04-{rank % 20 + 1:02d}",
            "Salariés": rank % 10,
            "Je certifie l'exactitude": True,
            "Justificatif": [HeldFile(f"justificatif-{rank}.pdf", invented_pdf(f"Piece inventee {rank}"))],
        }
        return _content(_siren(rank), values)

    demarche = Demarche(
        INVENTED,
        champs,
        300,
        made,
        annotations=(("Décision", "TextChamp"), ("Montant accordé", "DecimalNumberChamp")),
        state=lambda number: _STATES[(number - FIRST_NUMBER) % len(_STATES)],
    )
    return StandIn(demarche)


def a_service_of_rows(
    rows: Sequence[Mapping[str, ListValue]], kinds: ListColumns, options: ListOptions, **settings: Any
) -> StandIn:
    """Give a service whose one démarche holds some rows, each where the options say it is read."""
    champs = tuple((label, _TYPES.get(kinds[column], "TextChamp")) for column, label in options.champs.items())

    def made(rank: int) -> Mapping[str, Any]:
        row = rows[rank]
        values = {label: _as_champ(kinds[column], row.get(column)) for column, label in options.champs.items()}
        content = _content("", values)
        for column, path in options.dossier.items():
            _put(content, path, row.get(column))
        return content

    number = options.demarche or INVENTED
    return StandIn(Demarche(number, champs, len(rows), made), per_minute=1_000_000, **settings)


def _content(siren: str, values: Mapping[str, Any]) -> dict[str, Any]:
    company = {"siren": siren, "raisonSociale": f"Entreprise {siren}"}
    demandeur = {
        "__typename": "PersonneMorale",
        "id": f"demandeur-{siren}",
        "siret": f"{siren}00010",
        "entreprise": company,
    }
    return {"demandeur": demandeur, "champs": values, "email": "demandeur@exemple.fr"}


def _put(content: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    for step in way:
        content = content.setdefault(step, {})
    content[last] = value


def _as_champ(kind: str, value: ListValue) -> Any:
    if value is None:
        return None
    if kind == "money" and isinstance(value, int):
        return value // 100 if value % 100 == 0 else float(f"{value // 100}.{value % 100:02d}")
    return value.isoformat() if isinstance(value, date) else value


def _siren(rank: int) -> str:
    """A number of nine digits whose last is the check digit that the law asks for."""
    digits = f"{80_000_000 + rank * 37:08d}"
    total = sum(sum(divmod(int(digit) * (2 if place % 2 else 1), 10)) for place, digit in enumerate(digits))
    return digits + str(-total % 10)
