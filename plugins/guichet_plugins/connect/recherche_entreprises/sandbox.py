"""The stand-in of Recherche d'entreprises: invented companies, seven calls a second."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

_COMPANIES = (
    ("55204944776279", "SOCIETE D'ESSAI DES TRANSPORTS", "5599", "GE", "2 PLACE AUX ETOILES|93210|SAINT-DENIS|93066"),
    ("47846480300319", "CAMILLE MARTIN", "1000", "PME", "5 QUAI DES BATELIERS|74000|ANNECY|74010"),
    ("77567227221138", "ASSOCIATION D'ESSAI DE SECOURS", "9220", "PME", "98 RUE DIDOT|75014|PARIS|75114"),
    ("42417936400023", "ASSOCIATION D'ESSAI D'ALSACE", "9260", "PME", "3 RUE DU DÔME|67000|STRASBOURG|67482"),
)


class CompanySandbox:
    """One stand-in, with a pace of its own."""

    def __init__(self, calls_per_second: int = 7, now: Callable[[], float] = monotonic) -> None:
        self._most = calls_per_second
        self._now = now
        self._lock = Lock()
        self._made: deque[float] = deque()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        headers = [("Content-Type", "application/json")]
        if not self._takes():
            status, body = "429 Too Many Requests", {"erreur": "Trop de requêtes."}
            headers.append(("Retry-After", "1"))
        elif environ.get("PATH_INFO") != "/search":
            status, body = "404 Not Found", {"erreur": "Cette adresse n'existe pas."}
        else:
            status, body = _answer(parse_qs(environ.get("QUERY_STRING", "")))
        start_response(status, headers)
        return [json.dumps(body, ensure_ascii=False).encode()]

    def _takes(self) -> bool:
        with self._lock:
            now = self._now()
            while self._made and self._made[0] <= now - 1.0:
                self._made.popleft()
            self._made.append(now)
            return len(self._made) <= self._most


def _answer(query: dict[str, list[str]]) -> tuple[str, Any]:
    words = query.get("q", [""])[0].strip()
    try:
        per_page, page = int(query.get("per_page", ["10"])[0]), int(query.get("page", ["1"])[0])
    except ValueError:
        return "400 Bad Request", {"erreur": "Veuillez indiquer un nombre."}
    if len(words) < 3 or not 1 <= per_page <= 25:
        return "400 Bad Request", {"erreur": "3 caractères minimum pour la recherche, 25 résultats au plus."}
    found = [_entry(*one) for one in _COMPANIES if _fits(words, one)]
    pages = -(-len(found) // per_page)
    shown = found[(page - 1) * per_page : page * per_page]
    return "200 OK", {
        "results": shown,
        "total_results": len(found),
        "page": page,
        "per_page": per_page,
        "total_pages": pages,
    }


def _fits(words: str, one: tuple[str, ...]) -> bool:
    bare = words.replace(" ", "")
    return one[0].startswith(bare) if bare.isdigit() else all(word in one[1] for word in words.upper().split())


def _entry(siret: str, name: str, legal_form: str, category: str, place: str) -> dict[str, Any]:
    street, postcode, town, commune = place.split("|")
    head = {
        "siret": siret,
        "adresse": f"{street} {postcode} {town}",
        "code_postal": postcode,
        "commune": commune,
        "libelle_commune": town,
        "activite_principale": "56.10A",
        "activite_principale_naf25": "56.11Y",
        "etat_administratif": "A",
        "tranche_effectif_salarie": "01",
    }
    return {
        "siren": siret[:9],
        "nom_complet": name,
        "nom_raison_sociale": None if legal_form == "1000" else name,
        "siege": head,
        "matching_etablissements": [],
        "activite_principale": "56.10A",
        "activite_principale_naf25": "56.11Y",
        "nature_juridique": legal_form,
        "categorie_entreprise": category,
        "date_creation": "2010-01-01",
        "etat_administratif": "A",
        "statut_diffusion": "O",
        "tranche_effectif_salarie": "01",
    }
