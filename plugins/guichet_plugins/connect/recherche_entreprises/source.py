"""The client of Recherche d'entreprises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from wsgiref.types import WSGIApplication

from guichet import (
    Answered,
    Context,
    Given,
    Match,
    NoOptions,
    NotKnown,
    Pace,
    PrefillAnswer,
    PrefillItem,
    PrefillSource,
    Reason,
    Text,
)
from guichet_plugins.connect.open_search import TRIED, OpenSearchOptions, a_search, read_list, searched_words
from guichet_plugins.connect.recherche_entreprises.sandbox import CompanySandbox

PROVIDER = Reason(fr="l'Annuaire des entreprises", en="Annuaire des entreprises")
ITEMS: Mapping[str, PrefillItem] = {
    "siret": PrefillItem("text", Reason(fr="SIRET", en="SIRET")),
    "name": PrefillItem("text", Reason(fr="Nom de l'entreprise", en="Name of the company")),
    "naf": PrefillItem("text", Reason(fr="Activité (NAF rév. 2)", en="Activity (NAF rev. 2)")),
    "naf_2025": PrefillItem("text", Reason(fr="Activité (NAF 2025)", en="Activity (NAF 2025)")),
    "legal_form": PrefillItem("text", Reason(fr="Forme juridique (code)", en="Legal form (code)")),
    "category": PrefillItem("text", Reason(fr="Catégorie (PME, ETI, GE)", en="Category (PME, ETI, GE)")),
    "size_class": PrefillItem("text", Reason(fr="Tranche d'effectif (code)", en="Size class (code)")),
    "creation_date": PrefillItem("date", Reason(fr="Création de l'entreprise", en="Creation of the company")),
    "address": PrefillItem("address", Reason(fr="Adresse", en="Address")),
    "commune": PrefillItem("text", Reason(fr="Commune (code Insee)", en="Commune (Insee code)")),
}

_PACE = Pace(calls=7, seconds=1.0)
_COMPANIES_SOUGHT = Reason(fr="d'entreprises", en="of companies")
_POSTCODE = re.compile(r"^(?P<street>.*?)\s*\b\d{5}\b.*$", re.ASCII)
_WITHHELD = "[NON-DIFFUSIBLE]"


class SearchOptions(OpenSearchOptions):
    """The service."""

    base_url: Text = "https://recherche-entreprises.api.gouv.fr"
    """Its address."""


class CompanySearch(PrefillSource[SearchOptions]):
    """A company looked for by its name or number, and chosen."""

    key = "recherche_entreprises"
    Options = SearchOptions
    Use = NoOptions
    searched = True

    def sandbox(self) -> WSGIApplication:
        """Give the stand-in."""
        return CompanySandbox()

    def check_config(self, options: SearchOptions, context: Context) -> Reason | Answered | None:
        """Look for one company, as an applicant would."""
        _results("mairie", options, context, per_page="1")
        return TRIED

    def items(self, use: NoOptions) -> Mapping[str, PrefillItem]:
        """Give what a company's entry tells."""
        return ITEMS

    def search(self, text: str, use: NoOptions, options: SearchOptions, context: Context) -> tuple[Match, ...]:
        """Give the companies that fit, each by its head office and the establishments that fit."""
        found = _results(text, options, context, per_page="10")
        return tuple(match for one in found for match in _matches(one))


class CompanyBySiret(PrefillSource[SearchOptions]):
    """A company found by the SIRET typed; what is absent is not known, never refused."""

    key = "annuaire_entreprises"
    Options = SearchOptions
    Use = NoOptions

    def sandbox(self) -> WSGIApplication:
        """Give the stand-in."""
        return CompanySandbox()

    def check_config(self, options: SearchOptions, context: Context) -> Reason | Answered | None:
        """Look for one company, as an applicant would."""
        _results("mairie", options, context, per_page="1")
        return TRIED

    def needs(self, use: NoOptions) -> Mapping[str, str]:
        """Need the SIRET."""
        return {"siret": "siret"}

    def items(self, use: NoOptions) -> Mapping[str, PrefillItem]:
        """Give what a company's entry tells."""
        return {name: item for name, item in ITEMS.items() if name != "siret"}

    def ask(
        self, wanted: frozenset[str], known: Mapping[str, str], use: NoOptions, options: SearchOptions, context: Context
    ) -> Mapping[str, PrefillAnswer]:
        """Give what the entry of the establishment tells."""
        siret = known["siret"]
        for one in _results(siret, options, context, per_page="1"):
            for match in _matches(one):
                if match.key == siret:
                    return {name: match.items.get(name, NotKnown(PROVIDER)) for name in wanted}
        return dict.fromkeys(wanted, NotKnown(PROVIDER))


def _results(text: str, options: SearchOptions, context: Context, per_page: str) -> list[Mapping[str, Any]]:
    words = searched_words(text)
    if not words:
        return []
    params = {"q": words, "page": "1", "per_page": per_page}
    call = a_search("recherche_entreprises", "Recherche d'une entreprise", params, _PACE, options)
    return context.outside.ask(call, lambda reply: read_list(reply, "results", _COMPANIES_SOUGHT))


def _matches(one: Mapping[str, Any]) -> list[Match]:
    """One result for each establishment that fits, the head office when none is named."""
    head = one.get("siege")
    places = one.get("matching_etablissements")
    found = [place for place in places if isinstance(place, Mapping)] if isinstance(places, list) else []
    if not found and isinstance(head, Mapping):
        found = [head]
    unique = {str(place.get("siret")): place for place in found if place.get("siret")}
    return [_match(siret, one, place) for siret, place in unique.items()]


def _match(siret: str, one: Mapping[str, Any], place: Mapping[str, Any]) -> Match:
    name = str(one.get("nom_complet") or one.get("nom_raison_sociale") or "")
    address = _address(place)
    told: dict[str, Any] = {
        "siret": siret,
        "name": one.get("nom_raison_sociale") or name,
        "naf": place.get("activite_principale") or one.get("activite_principale"),
        "naf_2025": place.get("activite_principale_naf25") or one.get("activite_principale_naf25"),
        "legal_form": one.get("nature_juridique"),
        "category": one.get("categorie_entreprise"),
        "size_class": place.get("tranche_effectif_salarie"),
        "creation_date": one.get("date_creation"),
        "address": address,
        "commune": place.get("commune"),
    }
    items = {
        item: Given(value, PROVIDER)
        for item, value in told.items()
        if value and (not isinstance(value, str) or _WITHHELD not in value)
    }
    town = " ".join(str(place.get(key) or "") for key in ("code_postal", "libelle_commune")).strip()
    return Match(siret, name or siret, f"{siret} – {town}" if town else siret, items)


def _address(place: Mapping[str, Any]) -> dict[str, str] | None:
    """The address in parts: the service gives one line, whose end repeats the postcode and the town."""
    line, postcode = str(place.get("adresse") or ""), str(place.get("code_postal") or "")
    city = str(place.get("libelle_commune") or "")
    found = _POSTCODE.match(line)
    street = found["street"].strip() if found else line.strip()
    if not (street and postcode and city) or _WITHHELD in line:
        return None
    return {"street": street, "postcode": postcode, "city": city}
