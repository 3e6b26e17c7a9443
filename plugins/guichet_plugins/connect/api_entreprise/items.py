"""The items of API Entreprise by call, its two certificates, and what to do about its refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guichet import ItemKind, PrefillItem, Reason
from guichet_plugins.connect.api_entreprise import answers


def _item(kind: ItemKind, fr: str, en: str) -> PrefillItem:
    return PrefillItem(kind, Reason(fr=fr, en=en))


def _protected(kind: ItemKind, fr: str, en: str) -> PrefillItem:
    """What administrations may know of a company, and who types its number may not."""
    return PrefillItem(kind, Reason(fr=fr, en=en), protected=True)


ITEMS: Mapping[str, Mapping[str, PrefillItem]] = {
    "legal_unit": {
        "name": _item("text", "Nom de l'entreprise", "Name of the company"),
        "legal_form": _item("text", "Forme juridique (code)", "Legal form (code)"),
        "legal_form_label": _item("text", "Forme juridique", "Legal form"),
        "company_naf": _item("text", "Activité de l'entreprise (NAF rév. 2)", "Activity of the company (NAF rev. 2)"),
        "company_naf_2025": _item("text", "Activité de l'entreprise (NAF 2025)", "Activity of the company (NAF 2025)"),
        "creation_date": _item("date", "Création de l'entreprise", "Creation of the company"),
        "closing_date": _item("date", "Cessation de l'entreprise", "End of the company"),
        "is_active": _item("boolean", "Entreprise en activité", "Company in activity"),
        "category": _item("text", "Catégorie (PME, ETI, GE)", "Category (PME, ETI, GE)"),
        "social_economy": _item("boolean", "Économie sociale et solidaire", "Social economy"),
        "size_class": _item("text", "Tranche d'effectif (code)", "Size class (code)"),
        "size_class_label": _item("text", "Tranche d'effectif", "Size class"),
    },
    "establishment": {
        "address": _item("address", "Adresse de l'établissement", "Address of the establishment"),
        "commune": _item("text", "Commune (code Insee)", "Commune (Insee code)"),
        "trade_name": _item("text", "Enseigne", "Trade name"),
        "naf": _item("text", "Activité de l'établissement (NAF rév. 2)", "Activity of the establishment (NAF rev. 2)"),
        "naf_2025": _item("text", "Activité de l'établissement (NAF 2025)", "Activity of the establishment (NAF 2025)"),
        "is_head_office": _item("boolean", "Siège de l'entreprise", "Head office"),
        "is_open": _item("boolean", "Établissement ouvert", "Establishment open"),
        "establishment_creation_date": _item("date", "Création de l'établissement", "Creation of the establishment"),
        "establishment_closing_date": _item("date", "Fermeture de l'établissement", "Closing of the establishment"),
    },
    "monthly": {
        "monthly_headcount": _protected("decimal", "Effectif moyen du mois", "Mean headcount of the month"),
        "employees": _protected("integer", "Effectif du mois, arrondi au-dessus", "Headcount of the month, rounded up"),
    },
    "yearly": {"yearly_headcount": _protected("decimal", "Effectif moyen de l'année", "Mean headcount of the year")},
    "turnover": {
        "turnover": _protected("money", "Chiffre d'affaires du dernier exercice", "Turnover of the last year closed"),
        "turnover_year_end": _protected("date", "Clôture de cet exercice", "End of that year"),
    },
    "managers": {
        "managers": _item("text", "Mandataires sociaux", "Managers"),
        "manager_last_name": _item("text", "Nom du dirigeant", "Manager's last name"),
        "manager_first_name": _item("text", "Prénom du dirigeant", "Manager's first name"),
        "manager_role": _item("text", "Fonction du dirigeant", "Manager's role"),
    },
    "tax_certificate": {"tax_certificate": _protected("file", "Attestation fiscale", "Tax certificate")},
    "social_certificate": {"social_certificate": _protected("file", "Attestation de vigilance", "Social certificate")},
}
"""Call → the items it tells."""

NEEDS_V4 = frozenset({"naf_2025", "company_naf_2025"})


@dataclass(frozen=True, slots=True)
class Document:
    """A certificate: where it is asked, the item it makes, the day it bears."""

    path: str
    item: str
    provider: Reason
    dated_by: str
    purpose: str
    file_name: str


DOCUMENTS: Mapping[str, Document] = {
    "tax_certificate": Document(
        "/v4/dgfip/unites_legales/{siren}/attestation_fiscale",
        "tax_certificate",
        answers.DGFIP,
        "date_delivrance_attestation",
        "Attestation fiscale",
        "attestation-fiscale-{siren}.pdf",
    ),
    "social_certificate": Document(
        "/v4/urssaf/unites_legales/{siren}/attestation_vigilance",
        "social_certificate",
        answers.URSSAF,
        "date_debut_validite",
        "Attestation de vigilance",
        "attestation-vigilance-{siren}.pdf",
    ),
}

SENTENCES: Mapping[int, Reason] = {
    401: Reason(
        fr="API Entreprise ne reconnaît pas le jeton : vérifiez le secret de ce territoire.",
        en="API Entreprise does not know the token: check the secret of this territory.",
    ),
    403: Reason(
        fr="Le jeton n'ouvre pas cette donnée d'API Entreprise : demandez ce droit avec l'habilitation.",
        en="The token does not open this data of API Entreprise: ask for this right with the authorisation.",
    ),
    422: Reason(
        fr="API Entreprise n'accepte pas `recipient`, `context` ou `object` : vérifiez-les.",
        en="API Entreprise does not take `recipient`, `context` or `object`: check them.",
    ),
}
