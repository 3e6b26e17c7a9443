"""ProConnect: agents, and professionals whom it certifies as legal representatives of their company."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal
from wsgiref.types import WSGIApplication

from guichet import Audience, Flag, Identity, IdentityProvider, Text, hookimpl
from guichet_plugins.identity.oidc import OidcClient
from guichet_plugins.identity.options import OidcOptions
from guichet_plugins.identity.standin import StandIn
from guichet_plugins.identity.trust import ForPerson

__all__ = ["ProConnect", "ProConnectOptions"]


class ProConnectOptions(OidcOptions):
    """ProConnect's own settings; an operator gives `base_url`, `client_id` and `client_secret`."""

    french = {
        "path": "Ce qui suit `base_url` dans les adresses de ProConnect et dans son nom.",
        "audience": "Sur quelle page de connexion il est proposé : `agent` ; `both` aussi pour les"
        " professionnels, alors certifiés.",
        "called": "Comment les phrases l'appellent.",
        "addresses": "ProConnect ne documente pas `email_verified` : une adresse est prise comme il la donne.",
        "scopes": "Les portées demandées.",
        "strong": "Les niveaux (`acr`) et moyens (`amr`) qui valent deux facteurs.",
        "claims": "Le paramètre `claims` pour les agents : comment ils ont prouvé qui ils sont.",
        "certification": "Le niveau demandé aux professionnels : ProConnect certifie qu'ils représentent"
        " légalement l'entreprise.",
        "pkce": "ProConnect refuse les paramètres qu'il ignore (`Y000400`).",
        "algorithms": "L'algorithme de signature enregistré chez ProConnect.",
        "userinfo": "ProConnect décrit la personne dans un jeton signé.",
    }

    path: Text = "/api/v2"
    """What follows `base_url` in ProConnect's addresses and in its name."""
    audience: Literal["applicant", "agent", "both"] = "agent"
    """Whose sign-in page offers it: `agent`; `both` for professionals too, who must then be certified."""
    called: Text = "ProConnect"
    """What sentences call it."""
    label_fr: Text = "S’identifier avec ProConnect"
    """The button, in French."""
    label_en: Text = "Sign in with ProConnect"
    """The button, in English."""
    about_fr: Text = "ProConnect est la connexion des professionnels proposée par l’État."
    """The sentence under the button, in French."""
    about_en: Text = "ProConnect is the State’s sign-in for professionals."
    """The sentence under the button, in English."""
    addresses: Literal["verified", "vouched"] = "vouched"
    """ProConnect documents no `email_verified`: an address is taken as it gives it."""
    scopes: Text = "openid given_name usual_name email uid siret idp_id"
    """The scopes asked for."""
    strong: Text = (
        "mfa https://proconnect.gouv.fr/assurance/self-asserted-2fa "
        "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"
    )
    """The levels (`acr`) and means (`amr`) that count as two factors."""
    claims: Text = '{"id_token":{"amr":{"essential":true}}}'
    """The `claims` parameter for agents: how they proved who they are."""
    certification: Text = "https://proconnect.gouv.fr/assurance/certification-dirigeant"
    """The level asked of professionals: ProConnect certifies that they legally represent the company."""
    pkce: Flag = False
    """ProConnect refuses parameters it does not know (`Y000400`)."""
    algorithms: Text = "RS256"
    """The signature algorithm registered with ProConnect."""
    userinfo: Literal["json", "jwt", "none"] = "jwt"
    """ProConnect describes the person in a signed token."""


class ProConnect(OidcClient):
    """Signs in agents already known here, and professionals with the certification of a legal representative."""

    key = "proconnect"
    Options = ProConnectOptions

    def sandbox(self) -> WSGIApplication:
        """Give a provider of invented persons."""
        return StandIn("proconnect")

    def claims_for(self, audience: Audience, options: OidcOptions) -> str:
        """Give how agents prove themselves, or the certification that is asked of professionals."""
        if audience == "agent":
            return options.claims
        return json.dumps({"id_token": {"acr": {"essential": True, "value": _certification(options)}}})

    def is_enough(self, level: str, audience: Audience, options: OidcOptions) -> bool:
        """Whether a level is one that was asked for; for professionals the certification, exactly."""
        if audience == "applicant":
            return level == _certification(options)
        return super().is_enough(level, audience, options)

    def look_at_level(self, said: Mapping[str, Any], audience: Audience, options: OidcOptions) -> None:
        """Tell a professional without certification what is missing."""
        if audience == "applicant" and "acr" in self._checks and said.get("acr") != _certification(options):
            raise ForPerson(
                fr="ProConnect n’atteste pas que vous représentez légalement votre entreprise. Connectez-vous par "
                "courriel : vous pourrez le déclarer dans la demande.",
                en="ProConnect does not certify that you legally represent your company. Sign in by e-mail: you can "
                "declare it in the application.",
            )

    def identity(
        self, told: Mapping[str, Any], said: Mapping[str, Any], hint: str, audience: Audience, options: OidcOptions
    ) -> Identity:
        """Give the identity, with the certification where it was asked, given, and for one establishment."""
        made = super().identity(told, said, hint, audience, options)
        return replace(made, represents=bool(made.siret) and made.level == _certification(options))


def _certification(options: OidcOptions) -> str:
    return options.certification if isinstance(options, ProConnectOptions) else ""


@hookimpl
def register_identity_providers() -> list[IdentityProvider[Any]]:
    """Give ProConnect."""
    return [ProConnect()]
