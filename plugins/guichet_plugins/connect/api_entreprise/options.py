"""What an operator sets for API Entreprise, and what a scheme says where it uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from pydantic import field_validator

from guichet import Options, Secret, Text, Whole, option_error

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_SIRET = re.compile(r"\d{14}", re.ASCII)


class ApiEntrepriseOptions(Options):
    """The service: where it is, by what token, and who asks."""

    french = {
        "base_url": "Son adresse ; `https://staging.entreprise.api.gouv.fr` pour le service d'essai.",
        "token": "Le secret qui contient le jeton ; `{territory}` est le territoire qui demande.",
        "recipient": "Le SIRET de l'administration qui demande, quand `recipients` n'en nomme aucune.",
        "recipients": "Territoire → le SIRET de son administration.",
        "context": "Le `context` de chaque appel, quand `contexts` n'en nomme aucun ; `{territory}` est le"
        " territoire qui demande.",
        "contexts": "Territoire → le `context` de ses appels, comme `bretagne`.",
        "probe": "Ce que `guichet doctor` demande pour essayer le jeton : un chemin que lit quiconque a un jeton.",
        "timeout_s": "Combien de secondes une réponse peut prendre.",
    }

    base_url: Text = "https://entreprise.api.gouv.fr"
    """Its address; `https://staging.entreprise.api.gouv.fr` for the staging service."""
    token: Secret = "secret:api_entreprise_{territory}"  # noqa: S105  the name of a secret, not a secret
    """The secret that holds the token; `{territory}` is the territory that asks."""
    recipient: Text = ""
    """The SIRET of the administration that asks, where `recipients` names none."""
    recipients: dict[Text, Text] = {}
    """Territory → the SIRET of its administration."""
    context: Text = ""
    """The `context` of every call, where `contexts` names none; `{territory}` is the territory that asks."""
    contexts: dict[Text, Text] = {}
    """Territory → the `context` of its calls, such as `bretagne`."""
    probe: Text = "/privileges"
    """What `guichet doctor` asks to try the token: a path of the service that anybody with a token may read."""
    timeout_s: Whole = 5
    """How many seconds one answer may take."""

    def territories(self, secrets: Iterable[str]) -> tuple[str, ...]:
        """Give the territories that may ask, as far as the settings name them; the empty one when they name none."""
        if self.recipients:
            return tuple(self.recipients)
        before, place, after = self.token.removeprefix("secret:").partition("{territory}")
        if not place:
            return ("",)
        named = (one for one in sorted(secrets) if one.startswith(before) and one.endswith(after))
        return tuple(one.removeprefix(before).removesuffix(after) for one in named) or ("",)

    @field_validator("recipient")
    @classmethod
    def _one(cls, value: str) -> str:
        return _siret(value) if value else value

    @field_validator("recipients")
    @classmethod
    def _each(cls, value: dict[str, str]) -> dict[str, str]:
        return {territory: _siret(one) for territory, one in value.items()}


class ApiEntrepriseUse(Options):
    """What a scheme asks: why, and of which period."""

    french = {
        "object": "L'`object` de chaque appel : le cas d'usage accordé avec le jeton, comme `aides_publiques`.",
        "sirene": "La version des appels à l'Insee : `v4` donne le code NAF 2025 à côté du code NAF rév. 2.",
        "month": "Le mois de l'effectif mensuel, `2020-03` ; sans lui, le mois avant le jour de l'appel.",
        "year": "L'année de l'effectif annuel ; sans elle, l'année avant le jour de l'appel.",
    }

    object: Text
    """The `object` of every call: the use case granted with the token, such as `aides_publiques`."""
    sirene: Literal["v3", "v4"] = "v4"
    """The version of the Insee calls: `v4` tells the NAF 2025 code beside the NAF rev. 2 code."""
    month: Text = ""
    """The month of the monthly headcount, `2020-03`; left out, the month before the day of the call."""
    year: Text = ""
    """The year of the yearly headcount; left out, the year before the day of the call."""

    @field_validator("month")
    @classmethod
    def _is_month(cls, value: str) -> str:
        if value and not _MONTH.fullmatch(value):
            raise option_error(fr="écrivez un mois comme 2020-03.", en="write a month such as 2020-03.")
        return value

    @field_validator("year")
    @classmethod
    def _is_year(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d{4}", value, re.ASCII):
            raise option_error(fr="écrivez une année comme 2020.", en="write a year such as 2020.")
        return value


def _siret(value: str) -> str:
    bare = "".join(value.split())
    if not _SIRET.fullmatch(bare):
        raise option_error(
            fr="écrivez le SIRET de l'administration : quatorze chiffres.",
            en="write the SIRET of the administration: fourteen digits.",
        )
    return bare
