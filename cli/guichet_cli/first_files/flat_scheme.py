"""A first scheme: one sum for who meets one condition, in one file, with the examples that prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guichet.locale import format_money
from guichet.model.types import Cents
from guichet_cli.first_files import filled, in_yaml

__all__ = ["APPLICANTS", "Applicant", "FlatScheme", "scheme_files"]

Applicant = Literal["company", "association", "person"]
Competence = Literal["economic", "social"]

TO_SUPPLY = "à compléter"
_LATER = f"  # {TO_SUPPLY}"
_ONE_A_COMPANY = "grants: {one_per: siren, across: territory}"
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class FlatScheme:
    """What is known of a scheme to write; what is not stays to be supplied, and says so in the file."""

    id: str
    title: str
    applicant: Applicant
    cents: Cents | None
    opens: date | None
    closes: date | None
    basis: str
    controller: str
    condition: str
    territories: Sequence[str]
    competence: Competence
    ceiling: Cents | None


@dataclass(frozen=True, slots=True)
class _Words:
    """What changes with who applies: the page about them, what they prepare, an example's answers."""

    page: str
    title_from: str
    who: str
    prepare: str
    grants: str
    answers: Mapping[str, str]


APPLICANTS: Mapping[Applicant, _Words] = {
    "company": _Words(
        "  entreprise:\n    use: entreprise",
        "raison_sociale",
        "Les entreprises du territoire dans la situation que l'aide vise.",
        "Le numéro SIRET de l'établissement",
        _ONE_A_COMPANY,
        {"siret": '"73282932000074"', "raison_sociale": "Atelier Martin"},
    ),
    "association": _Words(
        "  association:\n    title: Votre association\n    fields:\n"
        "      nom_association: {type: text, label: Nom de l'association}\n"
        "      siret: {type: siret, label: Numéro SIRET de l'association}",
        "nom_association",
        "Les associations du territoire dans la situation que l'aide vise.",
        "Le numéro SIRET de l'association",
        _ONE_A_COMPANY,
        {"nom_association": "Club de l'exemple", "siret": '"73282932000074"'},
    ),
    "person": _Words(
        "  personne:\n    title: Vous\n    fields:\n"
        "      nom: {type: text, label: Nom}\n"
        "      prenom: {type: text, label: Prénom}\n"
        "      date_naissance: {type: date, label: Date de naissance}\n"
        "      adresse: {type: address, label: Votre adresse}",
        "nom",
        "Les habitants du territoire dans la situation que l'aide vise.",
        "Une pièce d'identité",
        f"# grants: {{one_per: …, across: territory}}  # {TO_SUPPLY} : le champ qui ne peut être aidé qu'une fois",
        {"nom": "Martin", "prenom": "Camille", "date_naissance": "1980-05-04"},
    ),
}


def scheme_files(wanted: FlatScheme, today: date) -> dict[str, str]:
    """Gives the files of a scheme by name; a date not given is one near today, marked to be supplied."""
    words = _words(wanted, today)
    return {"scheme.yaml": filled("scheme.yaml", words), "examples.yaml": filled("examples.yaml", words)}


def _words(wanted: FlatScheme, today: date) -> dict[str, str]:
    who = APPLICANTS[wanted.applicant]
    opens = wanted.opens or _first_of_next_month(min(today, wanted.closes) if wanted.closes else today)
    if wanted.closes is not None and opens > wanted.closes:
        opens = wanted.closes
    return {
        "id": wanted.id,
        "title": in_yaml(wanted.title),
        "territories": f"territories: [{', '.join(wanted.territories)}]" if wanted.territories else
        f"# territories: [reg-53]  # {TO_SUPPLY} : sans cette ligne, tous les territoires peuvent l'ouvrir",
        "title_from": who.title_from,
        "who": who.who,
        "prepare": who.prepare,
        "grants": who.grants,
        "applicant_page": who.page,
        "applicant_answers": "\n".join(f"      {name}: {value}" for name, value in who.answers.items()),
        "amount": _money(500_00 if wanted.cents is None else wanted.cents),
        "amount_note": "" if wanted.cents is not None else _LATER,
        "basis": in_yaml(wanted.basis or TO_SUPPLY),
        "controller": in_yaml(wanted.controller or TO_SUPPLY),
        "competence": wanted.competence,
        "state_aid": f"\n  state_aid: {{regime: {TO_SUPPLY}}}" if wanted.competence == "economic" else "",
        "opens": opens.isoformat(),
        "opens_note": "" if wanted.opens else _LATER,
        "closes": (wanted.closes or _a_year_later(opens)).isoformat(),
        "closes_note": "" if wanted.closes else _LATER,
        "condition": in_yaml(wanted.condition or "Êtes-vous dans la situation que l'aide vise ?"),
        "condition_note": "" if wanted.condition else f"{_LATER} : votre question",
        "envelope": f"envelope:\n  ceiling: {_money(wanted.ceiling)}\n  when_spent: wait" if wanted.ceiling is not None
        else f"# envelope: {{ceiling: 100 000 €, when_spent: wait}}  # {TO_SUPPLY} s'il y a une enveloppe",
        "payment_label": in_capitals(wanted.id),
    }  # fmt: skip


def in_capitals(id_: str) -> str:
    """Gives the label of a payment made of an id: `aide-gel` gives `AIDE GEL`."""
    return id_.replace("-", " ").upper()[:_LONGEST_LABEL]


def _money(cents: Cents) -> str:
    return format_money(cents, "fr").replace("\u202f", " ").replace("\u00a0", " ")


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _a_year_later(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28))
