"""The invented persons of the stand-ins, and the page where one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Literal

__all__ = ["PEOPLE", "Kind", "person_page"]

Kind = Literal["franceconnect", "proconnect", "oidc"]

_FRANCECONNECT: dict[str, dict[str, Any]] = {
    "camille": {
        "sub": "1f0c5a7e5d3b4a6c8e9f00112233445566778899aabbccddeeff001122334455v1",
        "given_name": "Camille Maëlle",
        "given_name_array": ["Camille", "Maëlle"],
        "family_name": "LE GOFF",
        "birthdate": "1984-03-12",
        "gender": "female",
        "birthplace": "35238",
        "birthcountry": "99100",
        "email": "camille@exemple.fr",
    },
    "yann": {
        "sub": "2a1d6b8f6e4c5b7d9fa000112233445566778899aabbccddeeff001122334455v1",
        "given_name": "Yann",
        "given_name_array": ["Yann"],
        "family_name": "KERVELLA",
        "birthdate": "1971-00-00",
        "gender": "male",
        "birthplace": "",
        "birthcountry": "99205",
        "email": "yann@exemple.fr",
    },
}
_PROCONNECT: dict[str, dict[str, Any]] = {
    "nolwenn": {
        "sub": "704e024229015d2bd47f7a5e5ab05b35c8336ab403c38022985f8cfadc86fe91",
        "uid": "1001",
        "given_name": "Nolwenn",
        "usual_name": "Tanguy",
        "email": "agent@exemple.fr",
        "siret": "23350001600040",
        "idp_id": "71144ab3-ee1a-4401-b7b3-79b44f7daeeb",
        "amr": ["pwd", "totp", "mfa"],
    },
    "malo": {
        "sub": "815f135330126e3ce58f8b6f6bc16c46d9447bc514d49133a96f9d0bed97af02",
        "uid": "1002",
        "given_name": "Malo",
        "usual_name": "Riou",
        "email": "malo@exemple.fr",
        "siret": "23350001600040",
        "idp_id": "71144ab3-ee1a-4401-b7b3-79b44f7daeeb",
        "amr": ["pwd"],
    },
    "dirigeante": {
        "sub": "926a246441237f4df69a9c7a7cd27d57ea558cd625ea0244ba7aae1cfea8ba13",
        "uid": "2001",
        "given_name": "Soizic",
        "usual_name": "Morvan",
        "email": "soizic@exemple.fr",
        "siret": "55204944776279",
        "idp_id": "1234ab3c-ee1a-4401-b7b3-79b44f7daeeb",
        "amr": ["pwd", "totp", "mfa"],
        "_certified": True,
    },
}
PEOPLE: Mapping[Kind, Mapping[str, Mapping[str, Any]]] = {
    "franceconnect": _FRANCECONNECT,
    "proconnect": _PROCONNECT,
    "oidc": {
        "camille": {"sub": "camille", "given_name": "Camille", "family_name": "Le Goff", "email": "camille@exemple.fr"}
        | {"email_verified": True},
    },
}
_NAMES: Mapping[Kind, str] = {"franceconnect": "FranceConnect", "proconnect": "ProConnect", "oidc": "OpenID Connect"}


def person_page(kind: Kind, asked: Mapping[str, str]) -> str:
    """Give the page where one chooses whom to be; the address typed makes somebody of that address."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked.items()
    )
    buttons = "".join(
        f'<p><button name="_person" value="{key}">{escape(_shown(person))}</button></p>'
        for key, person in PEOPLE[kind].items()
    )
    name = _NAMES[kind]
    return (
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{name} – bac à sable</title><h1>{name} – bac à sable</h1>"
        f"<p>Rien n’est vérifié ici : choisissez qui vous êtes.</p>"
        f'<form method="get">{hidden}{buttons}<p><label>Ou une adresse électronique <input name="_email" type="email">'
        "</label> <button>Continuer</button></p>"
        '<p><button name="_person" value="nobody">Abandonner</button></p></form>'
    )


def _shown(person: Mapping[str, Any]) -> str:
    last = person.get("family_name") or person.get("usual_name") or ""
    certified = " (dirigeante certifiée)" if person.get("_certified") else ""
    return f"{person['given_name']} {last}, {person['email']}{certified}"
