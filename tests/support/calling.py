"""Another software: its token, what it sends, what it is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from applying import IBAN, PDF, PROOF, SIRET
from guichet.model.api import VERBS, Verb
from guichet.services.api.tokens import create_token
from guichet.services.cases import UseCases
from guichet.web.app import create_app
from in_process import InProcess

__all__ = ["Caller", "a_caller", "a_token", "hs1000_body", "simple_body", "volet2_body"]


class Caller:
    """One software that holds a token."""

    def __init__(self, client: httpx.Client, token: str) -> None:
        self.client = client
        self.token = token

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Ask for an address below `/api`."""
        return self.client.get(f"/api{path}", headers=self._headers(options.pop("headers", {})), **options)

    def file(self, place: str, body: Any, key: str | None = "", **headers: str) -> httpx.Response:
        """File an application at `reg-53/some-scheme`, under a key of its own unless given; None sends none."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {"Content-Type": "application/json", **headers}
        if key is not None:
            told["Idempotency-Key"] = key or uuid4().hex
        return self.client.post(f"/api/t/{place}/dossiers", content=content, headers=self._headers(told))

    def file_with(
        self, place: str, body: Any, files: Mapping[str, bytes], key: str = "", name: str = "piece.pdf"
    ) -> httpx.Response:
        """File an application and its files in one request; `files` is part → bytes."""
        parts: dict[str, Any] = {part: (name, content, "application/pdf") for part, content in files.items()}
        told = self._headers({"Idempotency-Key": key or uuid4().hex})
        given = {"application": (None, json.dumps(body), "application/json"), **parts}
        return self.client.post(f"/api/t/{place}/dossiers", files=given, headers=told)

    def send(
        self, place: str, field: str, content: bytes = PDF, name: str = "piece.pdf", **headers: str
    ) -> httpx.Response:
        """Send a file ahead of its application."""
        told = self._headers({"Content-Type": "application/pdf", **headers})
        query = {"field": field, "name": name}
        return self.client.post(f"/api/t/{place}/files", params=query, content=content, headers=told)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **more}


def a_token(
    cases: UseCases,
    *verbs: Verb,
    territories: Sequence[str] = ("reg-53",),
    schemes: Sequence[str] = (),
    lasts: timedelta = timedelta(days=30),
    per_minute: int = 100_000,
) -> str:
    """Give the secret of a token; every verb when none is named."""
    made = create_token(
        cases,
        "Logiciel d'essai",
        territories=territories,
        schemes=schemes,
        verbs=verbs or VERBS,
        expires_at=cases.clock.now() + lasts,
        per_minute=per_minute,
    )
    return made.secret


@contextmanager
def a_caller(cases: UseCases, token: str | None = None, app: Any = None) -> Iterator[Caller]:
    """Give a software that talks to the application in this process; every verb in reg-53 unless a token is given."""
    secret = a_token(cases) if token is None else token
    with httpx.Client(transport=InProcess(app or create_app(cases)), base_url="http://testserver.local") as client:
        yield Caller(client, secret)


def simple_body(email: str = "anne@exemple.fr", **answers: Any) -> dict[str, Any]:
    """Give an application to the simple scheme of the tests."""
    given = {
        "nom": "Atelier Kermarrec",
        "siret": SIRET,
        "effectif": 3,
        "titulaire": "ATELIER KERMARREC",
        "iban": IBAN,
        **answers,
    }
    return {
        "applicant": {"email": email},
        "answers": {name: value for name, value in given.items() if value is not None},
        "attested": ["sincerite"],
    }


def volet2_body(
    siret: str = SIRET, proof: str = PROOF, email: str = "anne@exemple.fr", **answers: Any
) -> dict[str, Any]:
    """Give an application to volet 2; its list must have been imported."""
    given = {
        "siret": siret,
        "raison_sociale": "Boulangerie Le Goff",
        "effectif": 2,
        "exercice_clos": True,
        "chiffre_affaires": "140000.50",
        "nom": "Le Goff",
        "actif_disponible": 1000,
        "dettes_30j": "3000",
        "charges_fixes": 1500.0,
        "montant_pret": "10000",
        "pret": "refuse",
        "date_demande_pret": "2020-03-20",
        "titulaire": "BOULANGERIE LE GOFF",
        "iban": IBAN,
        **answers,
    }
    return {
        "applicant": {"email": email},
        "answers": {name: value for name, value in given.items() if value is not None},
        "proofs": {"volet1": {"reference": proof}},
        "attested": ["sincerite"],
    }


def hs1000_body(files: Mapping[str, str], **answers: Any) -> dict[str, Any]:
    """Give an application to the Haute-Savoie aid, whose files were sent."""
    given = {
        "nom": "Favre",
        "prenom": "Lucie",
        "adresse_personnelle": {"street": "12 rue du Lac", "postcode": "74000", "city": "Annecy"},
        "statut": "independant",
        "siret": SIRET,
        "commune": "74010",
        "fermeture": True,
        "chomage_partiel": False,
        "titulaire": "LUCIE FAVRE",
        "iban": IBAN,
        **files,
        **answers,
    }
    return {"applicant": {"email": "lucie@exemple.fr"}, "answers": given, "attested": ["sincerite"]}
