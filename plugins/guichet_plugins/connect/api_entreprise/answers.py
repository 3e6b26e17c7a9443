"""What API Entreprise answers, turned into items: pure, one function for each kind of call.

A value that is null is not known, never zero or false. Instants are epoch seconds, read as days in Paris.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from guichet import Given, NotKnown, Reason

Answers: TypeAlias = "dict[str, Given | NotKnown]"
Fields: TypeAlias = Mapping[str, Any]

INSEE = Reason(fr="l'Insee", en="Insee")
GIP_MDS = Reason(fr="le GIP-MDS", en="GIP-MDS")
DGFIP = Reason(fr="la DGFiP", en="DGFiP")
URSSAF = Reason(fr="l'Urssaf", en="Urssaf")
INFOGREFFE = Reason(fr="Infogreffe", en="Infogreffe")

_PARIS = ZoneInfo("Europe/Paris")
_SHOWN_TO_ALL = "diffusible"


def legal_unit(data: Fields, meta: Fields) -> Answers:
    """Give the items of a company."""
    as_of = day_of(meta.get("date_derniere_mise_a_jour"))
    form = _part(data, "forme_juridique")
    size = _part(data, "tranche_effectif_salarie")
    found = {
        "name": _name(data) if _is_open(data) else None,
        "legal_form": form.get("code"),
        "legal_form_label": form.get("libelle"),
        "company_naf": naf_code(data, "NAFRev2"),
        "company_naf_2025": naf_code(data, "NAF2025"),
        "creation_date": _iso(day_of(data.get("date_creation"))),
        "closing_date": _iso(day_of(data.get("date_cessation"))),
        "is_active": _is_state(data.get("etat_administratif"), yes="A", no="C"),
        "category": data.get("categorie_entreprise"),
        "social_economy": data.get("economie_sociale_et_solidaire"),
        "size_class": size.get("code"),
        "size_class_label": size.get("intitule"),
    }
    return _answers(found, INSEE, as_of)


def establishment(data: Fields, meta: Fields) -> Answers:
    """Give the items of an establishment."""
    as_of = day_of(meta.get("date_derniere_mise_a_jour"))
    address = _part(data, "adresse")
    found = {
        "address": _address(address) if _is_open(data, address) else None,
        "commune": address.get("code_commune"),
        "trade_name": data.get("enseigne") if _is_open(data) else None,
        "naf": naf_code(data, "NAFRev2"),
        "naf_2025": naf_code(data, "NAF2025"),
        "is_head_office": data.get("siege_social"),
        "is_open": _is_state(data.get("etat_administratif"), yes="A", no="F"),
        "establishment_creation_date": _iso(day_of(data.get("date_creation"))),
        "establishment_closing_date": _iso(day_of(data.get("date_fermeture"))),
    }
    return _answers(found, INSEE, as_of)


def monthly_headcount(data: Fields, year: str, month: str) -> Answers:
    """Give the headcount of one month, both régimes together."""
    rows = [
        row
        for row in data.get("effectifs_mensuels") or ()
        if str(row.get("annee")) == year and str(row.get("mois")).zfill(2) == month
    ]
    total, as_of = _sum(rows)
    found = {"monthly_headcount": _text(total), "employees": _whole_up(total)}
    return _answers(found, GIP_MDS, as_of)


def yearly_headcount(data: Fields) -> Answers:
    """Give the mean headcount of one year, both régimes together."""
    total, as_of = _sum(list(data.get("effectifs_annuel") or ()))
    return _answers({"yearly_headcount": _text(total)}, GIP_MDS, as_of)


def turnover(data: list[Fields]) -> Answers:
    """Give the turnover of the latest year closed among those answered."""
    years = [_part(row, "data") for row in data]
    dated = [row for row in years if row.get("date_fin_exercice") and row.get("chiffre_affaires") is not None]
    if not dated:
        return _answers({"turnover": None, "turnover_year_end": None}, DGFIP, None)
    last = max(dated, key=lambda row: str(row["date_fin_exercice"]))
    ended = date.fromisoformat(str(last["date_fin_exercice"]))
    found = {"turnover": _text(_number(last["chiffre_affaires"])), "turnover_year_end": ended.isoformat()}
    return _answers(found, DGFIP, ended)


def managers(data: list[Fields]) -> Answers:
    """Give who directs a company: all of them in words, and the first person by name."""
    people = [_part(row, "data") for row in data]
    persons = [one for one in people if one.get("type") == "personne_physique"]
    first: Fields = persons[0] if persons else {}
    found = {
        "managers": "; ".join(filter(None, map(_manager, people))) or None,
        "manager_last_name": first.get("nom"),
        "manager_first_name": first.get("prenom"),
        "manager_role": first.get("fonction"),
    }
    return _answers(found, INFOGREFFE, None)


def naf_code(data: Fields, nomenclature: str) -> str | None:
    """Give an activity code of one nomenclature, whichever key holds it: v4 tells two.

    >>> naf_code({"activite_principale": {"code": "46.49Y", "nomenclature": "NAF2025"}}, "NAFRev2") is None
    True
    """
    for key in ("activite_principale", "activite_principale_naf_rev2"):
        activity = _part(data, key)
        if activity.get("nomenclature") == nomenclature and activity.get("code"):
            return str(activity["code"])
    return None


def day_of(seconds: object) -> date | None:
    """Give the day of an instant in epoch seconds, as a calendar in Paris has it.

    >>> day_of(-473389200)
    datetime.date(1955, 1, 1)
    """
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(_PARIS).date()
    except (OverflowError, ValueError, OSError):
        return None


def _answers(found: Mapping[str, Any], provider: Reason, as_of: date | None) -> Answers:
    return {
        name: NotKnown(provider) if value is None or value == "" else Given(value, provider, as_of)
        for name, value in found.items()
    }


def _part(data: Fields, key: str) -> Fields:
    found = data.get(key)
    return found if isinstance(found, Mapping) else {}


def _is_open(*parts: Fields) -> bool:
    """Whether what Insee protects may be shown to who types a number: never for those who opposed it."""
    return all(part.get("status_diffusion") == _SHOWN_TO_ALL for part in parts)


def _name(data: Fields) -> str | None:
    company = _part(data, "personne_morale_attributs").get("raison_sociale")
    if company:
        return str(company)
    person = _part(data, "personne_physique_attributs")
    names = (
        person.get("prenom_usuel") or person.get("prenom_1"),
        person.get("nom_usage") or person.get("nom_naissance"),
    )
    return " ".join(str(name) for name in names if name) or None


def _address(found: Fields) -> dict[str, str] | None:
    """The parts of a French address; none for one abroad, or too short to be one."""
    if found.get("code_pays_etranger"):
        return None
    words = [found.get(key) for key in ("numero_voie", "indice_repetition_voie", "type_voie", "libelle_voie")]
    parts = {
        "street": " ".join(str(word) for word in words if word) or str(found.get("distribution_speciale") or ""),
        "extra": str(found.get("complement_adresse") or ""),
        "postcode": str(found.get("code_cedex") or found.get("code_postal") or ""),
        "city": str(found.get("libelle_cedex") or found.get("libelle_commune") or ""),
    }
    needed = all(parts[name] for name in ("street", "postcode", "city"))
    return {name: text for name, text in parts.items() if text} if needed else None


def _is_state(code: object, *, yes: str, no: str) -> bool | None:
    return True if code == yes else False if code == no else None


def _sum(rows: list[Fields]) -> tuple[Decimal | None, date | None]:
    """The total of the régimes that say a number, and the latest day one was updated; none says nothing: unknown."""
    numbers = [number for row in rows if (number := _number(row.get("value"))) is not None]
    days = [str(row["date_derniere_mise_a_jour"]) for row in rows if row.get("date_derniere_mise_a_jour")]
    as_of = date.fromisoformat(max(days)) if days else None
    return (sum(numbers, Decimal(0)) if numbers else None), as_of


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _whole_up(number: Decimal | None) -> str | None:
    """A headcount in full-time equivalents as people: half a post is somebody."""
    return None if number is None else str(number.to_integral_value(ROUND_CEILING))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _manager(one: Fields) -> str:
    names = (
        (one.get("prenom"), one.get("nom")) if one.get("type") == "personne_physique" else (one.get("raison_sociale"),)
    )
    name = " ".join(str(part) for part in names if part)
    role = one.get("fonction")
    return f"{name} ({role})" if name and role else name
