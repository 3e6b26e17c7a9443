"""The companies of the stand-in: the identifiers its public staging service answers to, with invented particulars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """One company and its head office."""

    siret: str
    name: str
    naf: tuple[str, str]
    """Its codes in NAF rev. 2 and NAF 2025."""
    legal_form: tuple[str, str]
    address: tuple[str, str, str, str]
    """Number and street, postcode, town, Insee code of the town."""
    is_person: bool = False
    is_active: bool = True
    is_shown: bool = True
    size: tuple[str, str] = ("01", "1 ou 2 salariés")

    @property
    def siren(self) -> str:
        """Its nine digits."""
        return self.siret[:9]


COMPANIES = (
    Company(
        "55204944776279",
        "SOCIETE D'ESSAI DES TRANSPORTS",
        ("49.10Z", "49.11Y"),
        ("5599", "SA à conseil d'administration"),
        ("2 PLACE AUX ETOILES", "93210", "SAINT-DENIS", "93066"),
        size=("53", "10 000 salariés et plus"),
    ),
    Company(
        "35005144700018",
        "ENTREPRISE D'ESSAI CESSÉE",
        ("56.10A", "56.11Y"),
        ("5499", "Société à responsabilité limitée"),
        ("14 RUE DES TANNEURS", "35000", "RENNES", "35238"),
        is_active=False,
    ),
    Company(
        "47846480300319",
        "CAMILLE MARTIN",
        ("96.02A", "96.21Y"),
        ("1000", "Entrepreneur individuel"),
        ("5 QUAI DES BATELIERS", "74000", "ANNECY", "74010"),
        is_person=True,
    ),
    Company(
        "35004292500031",
        "PERSONNE NON DIFFUSIBLE",
        ("74.20Z", "74.20Y"),
        ("1000", "Entrepreneur individuel"),
        ("1 RUE CACHÉE", "29200", "BREST", "29019"),
        is_person=True,
        is_shown=False,
    ),
    Company(
        "77567227221138",
        "ASSOCIATION D'ESSAI DE SECOURS",
        ("88.99B", "88.99Y"),
        ("9220", "Association déclarée"),
        ("98 RUE DIDOT", "75014", "PARIS 14", "75114"),
        size=("22", "100 à 199 salariés"),
    ),
    Company(
        "42417936400023",
        "ASSOCIATION D'ESSAI D'ALSACE-MOSELLE",
        ("93.12Z", "93.12Y"),
        ("9260", "Association de droit local"),
        ("3 RUE DU DÔME", "67000", "STRASBOURG", "67482"),
    ),
    Company(
        "30613890001294",
        "SOCIETE D'ESSAI A ETABLISSEMENTS",
        ("47.11D", "47.11Y"),
        ("5710", "SAS, société par actions simplifiée"),
        ("20 RUE DU COMMERCE", "63000", "CLERMONT-FERRAND", "63113"),
        size=("42", "1 000 à 1 999 salariés"),
    ),
)

HEADCOUNTS: dict[str, str] = {"13002526500013": "12.66", "55204944776279": "812.4", "47846480300319": "1.5"}
"""SIRET → the headcount of the general régime."""
FARM_HEADCOUNTS: dict[str, str] = {"77567227221138": "2.25"}
"""SIRET → the headcount of the farm régime; the general one is null there."""
TURNOVERS: dict[str, int] = {"13002526500001": 900_001, "47846480300319": 61_250}
CERTIFIED = frozenset({"000000001", "552049447"})
REFUSED = frozenset({"000000002"})
