"""The stand-in of API Entreprise: its paths, its headers, its errors; no data of anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from time import time
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import application_uri

from guichet_plugins.connect.api_entreprise import companies
from guichet_plugins.connect.api_entreprise.companies import COMPANIES, Company

_WINDOW_S = 60
_BORN, _UPDATED, _CLOSED = 1_262_300_400, 1_586_642_400, 1_577_833_200  # 01/01/2010, 12/04/2020, 01/01/2020, in Paris
_MANDATORY = {"context": "00201", "object": "00202", "recipient": "00203"}
_REASONS = {200: "OK", 401: "Unauthorized", 404: "Not Found", 422: "Unprocessable Content", 429: "Too Many Requests"}
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

Body = Any


class ApiEntrepriseSandbox:
    """One stand-in, with a quota of its own.

    Args:
        quota: The calls of a minute.
    """

    def __init__(self, quota: int = 250) -> None:
        self._quota = quota
        self._lock = Lock()
        self._window = 0
        self._made = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path.startswith("/files/"):
            start_response("200 OK", [("Content-Type", "application/pdf")])
            return [_PDF]
        made, reset = self._count()
        headers = [
            ("RateLimit-Limit", str(self._quota)),
            ("RateLimit-Remaining", str(max(0, self._quota - made))),
            ("RateLimit-Reset", str(reset)),
        ]
        if made > self._quota:
            headers.append(("Retry-After", str(max(1, reset - int(time())))))
            status, body = _error(429, "00429", "Vous avez effectué trop de requêtes", "")
        else:
            status, body = _answer(environ, path)
        start_response(f"{status} {_REASONS[status]}", [*headers, ("Content-Type", "application/json; charset=utf-8")])
        return [json.dumps(body, ensure_ascii=False).encode()]

    def _count(self) -> tuple[int, int]:
        window = int(time()) // _WINDOW_S
        with self._lock:
            self._made = self._made + 1 if window == self._window else 1
            self._window = window
            return self._made, (window + 1) * _WINDOW_S


def _answer(environ: WSGIEnvironment, path: str) -> tuple[int, Body]:
    if not re.fullmatch(r"Bearer \S+", environ.get("HTTP_AUTHORIZATION", "")):
        return _error(401, "00101", "Votre token n'est pas valide ou n'est pas renseigné", "")
    if path == "/privileges":
        return 200, {"privileges": [name for _, (_, name), _ in _ROUTES]}
    query = parse_qs(environ.get("QUERY_STRING", ""))
    for name, code in _MANDATORY.items():
        if not query.get(name, [""])[0].strip():
            return _error(422, code, f"Le paramètre {name} est obligatoire", "")
    for pattern, provider, answer in _ROUTES:
        found = pattern.fullmatch(path)
        if found is None:
            continue
        data = answer({**found.groupdict(), "root": application_uri(environ).rstrip("/")})
        if data is None:
            return _error(404, f"{provider[0]}003", "Entité non trouvée", provider[1])
        return 200, {"links": {}, "meta": {}, **data}
    return _error(404, "00404", "Route inconnue", "")


def _error(status: int, code: str, title: str, provider: str) -> tuple[int, Body]:
    one = {
        "code": code,
        "title": title,
        "detail": title,
        "source": None,
        "meta": {"provider": provider} if provider else {},
    }
    return status, {"errors": [one]}


def _legal_unit(asked: Mapping[str, str]) -> Body:
    found = next((one for one in COMPANIES if one.siren == asked["siren"]), None)
    return None if found is None else {"data": _unit(found, asked["version"]), "meta": _dated()}


def _establishment(asked: Mapping[str, str]) -> Body:
    found = next((one for one in COMPANIES if one.siret == asked["siret"]), None)
    if found is None:
        return None
    street, postcode, town, commune = found.address
    shown = "diffusible" if found.is_shown else "partiellement_diffusible"
    data = {
        "siret": found.siret,
        "siege_social": True,
        "etat_administratif": "A" if found.is_active else "F",
        "date_fermeture": None if found.is_active else _CLOSED,
        "enseigne": None,
        "status_diffusion": shown,
        **_activity(found, asked["version"]),
        "date_creation": _BORN,
        "unite_legale": _unit(found, asked["version"]),
        "adresse": {
            "status_diffusion": shown,
            "numero_voie": street.partition(" ")[0],
            "indice_repetition_voie": None,
            "type_voie": street.split(" ")[1],
            "libelle_voie": " ".join(street.split(" ")[2:]),
            "complement_adresse": None,
            "code_commune": commune,
            "code_postal": postcode,
            "code_cedex": None,
            "libelle_commune": town,
            "code_pays_etranger": None,
            "acheminement_postal": {"l1": found.name, "l4": street, "l6": f"{postcode} {town}", "l7": "FRANCE"},
        },
    }
    return {"data": data, "meta": _dated()}


def _unit(one: Company, version: str) -> Body:
    first, _, last = one.name.partition(" ")
    person = {"prenom_usuel": first, "prenom_1": first, "nom_usage": None, "nom_naissance": last, "sexe": None}
    return {
        "siren": one.siren,
        "rna": None,
        "siret_siege_social": one.siret,
        "type": "personne_physique" if one.is_person else "personne_morale",
        "personne_morale_attributs": {"raison_sociale": None if one.is_person else one.name, "sigle": None},
        "personne_physique_attributs": person if one.is_person else dict.fromkeys(person),
        "categorie_entreprise": "GE" if one.size[0] == "53" else "PME",
        "status_diffusion": "diffusible" if one.is_shown else "partiellement_diffusible",
        "forme_juridique": {"code": one.legal_form[0], "libelle": one.legal_form[1]},
        **_activity(one, version),
        "tranche_effectif_salarie": {"code": one.size[0], "intitule": one.size[1], "date_reference": "2018"},
        "etat_administratif": "A" if one.is_active else "C",
        "economie_sociale_et_solidaire": None,
        "date_creation": _BORN,
        "date_cessation": None if one.is_active else _CLOSED,
    }


def _activity(one: Company, version: str) -> Body:
    old = {"code": one.naf[0], "libelle": "Activité d'essai", "nomenclature": "NAFRev2"}
    if version == "v3":
        return {"activite_principale": old}
    new = {"code": one.naf[1], "libelle": "Activité d'essai", "nomenclature": "NAF2025"}
    return {"activite_principale": new, "activite_principale_naf_rev2": old}


def _monthly(asked: Mapping[str, str]) -> Body:
    found = _regimes(asked["siret"])
    rows = [
        {**row, "annee": asked["year"], "mois": asked["month"], "nature": "effectif_moyen_mensuel"} for row in found
    ]
    return {"data": {"siret": asked["siret"], "effectifs_mensuels": rows}} if rows else None


def _yearly(asked: Mapping[str, str]) -> Body:
    known = [*companies.HEADCOUNTS, *companies.FARM_HEADCOUNTS, *(one.siret for one in COMPANIES)]
    siret = next((one for one in known if one[:9] == asked["siren"]), "")
    rows = [{**row, "nature": "effectif_moyen_annuel"} for row in _regimes(siret)]
    return {"data": {"siren": asked["siren"], "annee": asked["year"], "effectifs_annuel": rows}} if rows else None


def _regimes(siret: str) -> list[dict[str, Any]]:
    """Both régimes, each null where it says nothing; none at all for an unknown establishment."""
    general, farm = companies.HEADCOUNTS.get(siret), companies.FARM_HEADCOUNTS.get(siret)
    if general is None and farm is None and all(one.siret != siret for one in COMPANIES):
        return []
    return [
        {
            "regime": regime,
            "value": None if value is None else float(value),
            "date_derniere_mise_a_jour": None if value is None else "2020-04-10",
        }
        for regime, value in (("regime_general", general), ("regime_agricole", farm))
    ]


def _turnover(asked: Mapping[str, str]) -> Body:
    amount = companies.TURNOVERS.get(asked["siret"])
    if amount is None:
        return None
    years = [("2019-12-31", amount), ("2018-12-31", amount - 1_000)]
    rows = [{"chiffre_affaires": value, "date_fin_exercice": day} for day, value in years]
    return {"data": [{"data": row, "links": {}, "meta": {}} for row in rows]}


def _managers(asked: Mapping[str, str]) -> Body:
    if all(one.siren != asked["siren"] or not one.is_shown for one in COMPANIES):
        return None
    person = {"type": "personne_physique", "fonction": "PRESIDENT", "nom": "DUPONT", "prenom": "Jeanne"}
    firm = {"type": "personne_morale", "fonction": "COMMISSAIRE AUX COMPTES", "raison_sociale": "CABINET D'ESSAI"}
    return {"data": [{"data": row, "links": {}, "meta": {}} for row in (person, firm)]}


def _tax(asked: Mapping[str, str]) -> Body:
    if asked["siren"] not in companies.CERTIFIED:
        return None
    url = f"{asked['root']}/files/attestation-fiscale.pdf"
    dates = {"date_delivrance_attestation": "2020-04-11", "date_periode_analysee": "2020-03-31"}
    return {"data": {"document_url": url, "document_url_expires_in": 86400, **dates}}


def _social(asked: Mapping[str, str]) -> Body:
    if asked["siren"] in companies.REFUSED:
        refused = {"code": "refus_de_delivrance", "libelle": "Délivrance refusée"}
        return {"data": {"entity_status": refused, "document_url": None, "date_debut_validite": None}}
    if asked["siren"] not in companies.CERTIFIED:
        return None
    url = f"{asked['root']}/files/attestation-vigilance.pdf"
    dates = {"date_debut_validite": "2020-03-31", "date_fin_validite": "2020-09-30"}
    status = {"code": "ok", "libelle": "Attestation délivrée"}
    return {"data": {"entity_status": status, "document_url": url, "code_securite": "ESSAI", **dates}}


def _dated() -> Body:
    return {"date_derniere_mise_a_jour": _UPDATED}


def _route(path: str) -> re.Pattern[str]:
    parts = {"{siren}": r"(?P<siren>\d{9})", "{siret}": r"(?P<siret>\d{14})", "{v}": r"(?P<version>v3|v4)"}
    for name, pattern in parts.items():
        path = path.replace(name, pattern)
    return re.compile(path, re.ASCII)


_MONTHLY = r"/v3/gip_mds/etablissements/{siret}/effectifs_mensuels/(?P<month>\d\d)/annee/(?P<year>\d{4})"
_INSEE, _GIP_MDS, _DGFIP = ("04", "INSEE"), ("31", "GIP-MDS"), ("03", "DGFIP")
_ROUTES: tuple[tuple[re.Pattern[str], tuple[str, str], Callable[[Mapping[str, str]], Body]], ...] = (
    (_route("/{v}/insee/sirene/unites_legales/{siren}"), _INSEE, _legal_unit),
    (_route("/{v}/insee/sirene/etablissements/{siret}"), _INSEE, _establishment),
    (_route(_MONTHLY), _GIP_MDS, _monthly),
    (_route(r"/v3/gip_mds/unites_legales/{siren}/effectifs_annuels/(?P<year>\d{4})"), _GIP_MDS, _yearly),
    (_route("/v3/dgfip/etablissements/{siret}/chiffres_affaires"), _DGFIP, _turnover),
    (_route("/v3/infogreffe/rcs/unites_legales/{siren}/mandataires_sociaux"), ("05", "Infogreffe"), _managers),
    (_route("/v4/dgfip/unites_legales/{siren}/attestation_fiscale"), _DGFIP, _tax),
    (_route("/v4/urssaf/unites_legales/{siren}/attestation_vigilance"), ("01", "ACOSS"), _social),
)
