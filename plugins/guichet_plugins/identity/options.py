"""What an operator sets of an OpenID Connect provider; the others are the same with other defaults."""

from __future__ import annotations

import json
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from guichet import Flag, Options, Secret, Text, Whole, option_error

__all__ = ["OidcOptions", "is_safe_address"]

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
SHARED_KEY_ALGORITHMS = ("HS256", "HS384", "HS512")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class OidcOptions(Options):
    """Where the provider is, what it knows this site as, what is asked of it and what is believed."""

    french = {
        "base_url": "Où le fournisseur répond : `https://…`, ou un remplaçant de cette machine dans un bac à sable.",
        "path": "Ce qui la suit dans les adresses du fournisseur et dans son nom.",
        "issuer": "Le nom du fournisseur dans ce qu'il signe, quand ce n'est pas `base_url` suivie de `path`.",
        "client_id": "Le nom sous lequel ce site a été enregistré.",
        "client_secret": "Le nom du secret qui va avec.",
        "audience": "Sur quelle page de connexion il est proposé.",
        "called": "Comment les phrases l'appellent ; « le service d’identité » s'il n'y a rien.",
        "label_fr": "Le bouton, en français.",
        "label_en": "Le bouton, en anglais.",
        "about_fr": "La phrase sous le bouton, en français.",
        "about_en": "La phrase sous le bouton, en anglais.",
        "button_picture": "Un fichier SVG ou PNG du dossier de l'installation, montré à la place du texte du"
        " bouton, qui le nomme alors.",
        "addresses": "Quand une adresse désigne un agent : le fournisseur dit `email_verified: true`, ou répond"
        " de toutes les siennes.",
        "scopes": "Les portées demandées, séparées par des espaces.",
        "acr_values": "Les niveaux demandés, séparés par des espaces ; ce qui revient en est un, ou plus haut"
        " dans `levels`.",
        "levels": "Les niveaux du fournisseur, du plus bas au plus haut, séparés par des espaces.",
        "strong": "Les niveaux (`acr`) et moyens (`amr`) qui valent deux facteurs, séparés par des espaces.",
        "claims": "Le paramètre `claims`, en JSON, quand le fournisseur en prend un.",
        "pkce": "S'il faut envoyer un défi PKCE (S256) ; à couper quand le fournisseur refuse les paramètres"
        " qu'il ignore.",
        "parameters": "D'autres paramètres de l'adresse de départ, `nom=valeur`, séparés par des espaces ; aucun"
        " si rien n'est dit.",
        "algorithms": "Les algorithmes de signature enregistrés chez le fournisseur ; aucun autre n'est cru.",
        "userinfo": "Comment le fournisseur décrit la personne : en clair, en jeton signé, ou dans le seul jeton"
        " d'identité.",
        "client_authentication": "Comment ce site prouve qui il est : `client_secret_post` ou `client_secret_basic`.",
        "logout": "Si se déconnecter ici mène à se déconnecter là-bas.",
        "clock_tolerance_s": "De combien de secondes l'horloge du fournisseur peut différer de la nôtre.",
        "authorization_endpoint": "Où le navigateur est envoyé ; lu dans la description du fournisseur si c'est"
        " vide, comme les quatre suivants.",
        "token_endpoint": "Où un code devient des jetons.",
        "userinfo_endpoint": "Où la personne est décrite.",
        "jwks_uri": "Où sont les clés du fournisseur.",
        "end_session_endpoint": "Où le navigateur est envoyé pour se déconnecter.",
    }

    base_url: Text
    """Where the provider answers: `https://…`, or a stand-in of this machine in a sandbox."""
    path: Text = ""
    """What follows it in the provider's addresses and in its name."""
    issuer: Text = ""
    """The provider's name in what it signs, where it is not `base_url` followed by `path`."""
    client_id: Text
    """The name this site was registered under."""
    client_secret: Secret
    """The name of the secret that goes with it."""
    audience: Literal["applicant", "agent", "both"] = "applicant"
    """Whose sign-in page offers it."""
    called: Text = ""
    """What sentences call it; « le service d’identité » when empty."""
    label_fr: Text = "Continuer avec le service d’identité"
    """The button, in French."""
    label_en: Text = "Continue with the identity service"
    """The button, in English."""
    about_fr: Text = ""
    """The sentence under the button, in French."""
    about_en: Text = ""
    """The sentence under the button, in English."""
    button_picture: Text = ""
    """An SVG or PNG file of the installation's folder, shown in place of the button's text, which then names it."""
    addresses: Literal["verified", "vouched"] = "verified"
    """When an address finds an agent: the provider says `email_verified: true`, or answers for all it gives."""
    scopes: Text = "openid email profile"
    """The scopes asked for, with spaces between."""
    acr_values: Text = ""
    """The levels asked for, with spaces between; what comes back must be one of them, or higher among `levels`."""
    levels: Text = ""
    """The provider's levels, from the lowest to the highest, with spaces between."""
    strong: Text = "mfa"
    """The levels (`acr`) and means (`amr`) that count as two factors, with spaces between."""
    claims: Text = ""
    """The `claims` parameter, in JSON, where the provider takes one."""
    pkce: Flag = True
    """Whether to send a PKCE challenge (S256); off for a provider that refuses parameters it does not know."""
    parameters: Text = ""
    """Other parameters of the address of departure, as `name=value` with spaces between; none unless said."""
    algorithms: Text = "RS256 ES256"
    """The signature algorithms registered with the provider; no other is believed."""
    userinfo: Literal["json", "jwt", "none"] = "json"
    """How the provider describes the person: plain, as a signed token, or in the identity token alone."""
    client_authentication: Literal["post", "basic"] = "post"
    """How this site proves who it is: `client_secret_post` or `client_secret_basic`."""
    logout: Flag = True
    """Whether signing out here leads to signing out there."""
    clock_tolerance_s: Whole = Field(default=60, ge=0, le=300)
    """By how many seconds the provider's clock may differ from ours."""
    authorization_endpoint: Text = ""
    """Where the browser is sent; read from the provider's own description when empty, like the next four."""
    token_endpoint: Text = ""
    """Where a code becomes tokens."""
    userinfo_endpoint: Text = ""
    """Where the person is described."""
    jwks_uri: Text = ""
    """Where the provider's keys are."""
    end_session_endpoint: Text = ""
    """Where the browser is sent to sign out."""

    @property
    def signed_as(self) -> str:
        """The issuer that the provider signs with."""
        return self.issuer or self.base_url.rstrip("/") + self.path

    @field_validator(
        "base_url",
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "end_session_endpoint",
    )
    @classmethod
    def _is_an_address(cls, text: str) -> str:
        if text and not is_safe_address(text):
            raise option_error(
                fr=f"« {text} » doit être une adresse https://… (http://127.0.0.1 pour un bac à sable)",
                en=f'"{text}" must be an https://… address (http://127.0.0.1 for a sandbox)',
            )
        return text

    @field_validator("algorithms")
    @classmethod
    def _are_known(cls, text: str) -> str:
        known = (*ALGORITHMS, *SHARED_KEY_ALGORITHMS)
        strange = [name for name in text.split() if name not in known]
        if strange or not text.split():
            raise option_error(
                fr=f"algorithmes possibles : {', '.join(known)} ; pas « {' '.join(strange)} »",
                en=f'possible algorithms: {", ".join(known)}; not "{" ".join(strange)}"',
            )
        return text

    @field_validator("claims")
    @classmethod
    def _is_json(cls, text: str) -> str:
        try:
            good = not text or isinstance(json.loads(text), dict)
        except ValueError:
            good = False
        if not good:
            raise option_error(fr="attendu : un objet JSON", en="expected: a JSON object")
        return text

    @field_validator("parameters")
    @classmethod
    def _are_pairs(cls, text: str) -> str:
        if not all("=" in pair.strip("=") for pair in text.split()):
            raise option_error(fr="attendu : nom=valeur, séparés par des espaces", en="expected: name=value, spaced")
        return text


def is_safe_address(text: str) -> bool:
    """Whether an address may be trusted with a secret: over TLS, or on this very machine.

    >>> [is_safe_address(text) for text in ("https://id.example", "http://127.0.0.1:9/x", "http://id.example", "//x")]
    [True, True, False, False]
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
