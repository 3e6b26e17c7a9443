"""FranceConnect v2: natural persons. It says who someone is, not that they may act for a company."""

from __future__ import annotations

from typing import Any, Literal
from wsgiref.types import WSGIApplication

from guichet import Flag, IdentityProvider, Text, hookimpl
from guichet_plugins.identity.oidc import OidcClient
from guichet_plugins.identity.options import OidcOptions
from guichet_plugins.identity.standin import StandIn

__all__ = ["FranceConnect", "FranceConnectOptions"]


class FranceConnectOptions(OidcOptions):
    """FranceConnect's own settings; an operator gives `base_url`, `client_id` and `client_secret`."""

    path: Text = "/api/v2"
    """What follows `base_url` in FranceConnect's addresses and in its name."""
    audience: Literal["applicant", "agent", "both"] = "applicant"
    """Whose sign-in page offers it: applicants, who are natural persons."""
    called: Text = "FranceConnect"
    """What sentences call it."""
    label_fr: Text = "S’identifier avec FranceConnect"
    """The button, in French."""
    label_en: Text = "Sign in with FranceConnect"
    """The button, in English."""
    about_fr: Text = (
        "FranceConnect est la solution proposée par l’État pour sécuriser et simplifier la connexion à vos services "
        "en ligne."
    )
    """The sentence under the button, in French."""
    about_en: Text = "FranceConnect is the State’s way to sign in to online services safely and simply."
    """The sentence under the button, in English."""
    scopes: Text = "openid given_name family_name birthdate gender birthplace birthcountry email"
    """The scopes asked for: the pivot identity and an address."""
    acr_values: Text = "eidas1"
    """The level asked for: `eidas1` for FranceConnect, `eidas2` or `eidas3` for FranceConnect+."""
    levels: Text = "eidas1 eidas2 eidas3"
    """The levels, from the lowest to the highest."""
    strong: Text = "eidas2 eidas3"
    """The levels that count as two factors."""
    pkce: Flag = False
    """Whether to send a PKCE challenge."""
    algorithms: Text = "RS256 ES256"
    """The signature algorithms registered with FranceConnect."""
    userinfo: Literal["json", "jwt", "none"] = "jwt"
    """FranceConnect describes the person in a signed token."""


class FranceConnect(OidcClient):
    """Signs applicants in as the State knows them, with their pivot identity."""

    key = "franceconnect"
    Options = FranceConnectOptions

    def sandbox(self) -> WSGIApplication:
        """Give a provider of invented persons."""
        return StandIn("franceconnect")


@hookimpl
def register_identity_providers() -> list[IdentityProvider[Any]]:
    """Give FranceConnect."""
    return [FranceConnect()]
