"""OpenID Connect, authorization code flow: any provider that keeps to it, by settings alone."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from wsgiref.types import WSGIApplication

from guichet import Answered, Attempt, Audience, Context, Door, Identity, IdentityProvider, Reason, Refused, hookimpl
from guichet_plugins.identity.descriptions import Description, Descriptions, at
from guichet_plugins.identity.exchange import ask_tokens, ask_userinfo
from guichet_plugins.identity.options import OidcOptions
from guichet_plugins.identity.said import claims_from, email_from, means_from, siret_from
from guichet_plugins.identity.standin import StandIn
from guichet_plugins.identity.tokens import read_token
from guichet_plugins.identity.trust import CHECKS, Checks, Distrusted, Expected, ForPerson, for_person, require

__all__ = ["Oidc", "OidcClient"]

_IN_ID_TOKEN = ("iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "acr", "at_hash")
_IN_USERINFO_TOKEN = ("iss", "aud", "azp", "nbf")
_PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}


class OidcClient(IdentityProvider[OidcOptions]):
    """Signs people in at an OpenID Connect provider and believes only what it can verify.

    Args:
        checks: What must hold of a token; a test takes one away to see that the attack it stops then succeeds.
    """

    def __init__(self, checks: Checks = CHECKS) -> None:
        self._checks = checks
        self._descriptions = Descriptions()

    def check_settings(self, options: OidcOptions, context: Context) -> Reason | None:
        """Say whether the secret is missing."""
        try:
            context.secret(options.client_secret)
        except Refused as error:
            return error.reason
        return None

    def check_config(self, options: OidcOptions, context: Context) -> Reason | Answered | None:
        """Read what the provider says of itself and its keys; its secret must be there."""
        context.secret(options.client_secret)
        description = self._descriptions.of(self.key, options, context)
        keys = self._descriptions.keys(self.key, description.jwks_uri, context, afresh=True)
        host = urlsplit(description.jwks_uri).netloc
        return Answered(
            fr=f"{options.signed_as} s'est décrit ; clés de signature lues à {host} : {len(keys.keys)}",
            en=f"{options.signed_as} described itself; signing keys read at {host}: {len(keys.keys)}",
        )

    def door(self, options: OidcOptions, context: Context) -> Door:
        """Give the button, as the options write it."""
        name = Reason(fr=options.called or "le service d’identité", en=options.called or "the identity service")
        label = Reason(fr=options.label_fr, en=options.label_en)
        about = Reason(fr=options.about_fr, en=options.about_en)
        return Door(name, label, about, self.audiences(options), _picture(options.button_picture, context))

    def begin(self, attempt: Attempt, options: OidcOptions, context: Context) -> str:
        """Give the provider's address with what is asked for, and nothing it was not said to know."""
        with for_person():
            description = self._descriptions.of(self.key, options, context)
            context.secret(options.client_secret)  # said before the browser leaves rather than when it comes back
        asked = {
            "response_type": "code",
            "client_id": options.client_id,
            "redirect_uri": attempt.redirect_uri,
            "scope": options.scopes,
            "state": attempt.state,
            "nonce": attempt.nonce,
        }
        if options.acr_values:
            asked["acr_values"] = options.acr_values
        if claims := self.claims_for(attempt.audience, options):
            asked["claims"] = claims
        if options.pkce:
            challenge = urlsafe_b64encode(sha256(attempt.verifier.encode()).digest()).decode().rstrip("=")
            asked |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        extra = {name: value for name, _, value in (pair.partition("=") for pair in options.parameters.split())}
        return _with(description.authorization_endpoint, {**extra, **asked})

    def finish(self, attempt: Attempt, answer: Mapping[str, str], options: OidcOptions, context: Context) -> Identity:
        """Exchange the code and verify each thing the provider says, in the order in which it says it."""
        with for_person():
            return self._identity_behind(attempt, answer, options, context)

    def _identity_behind(
        self, attempt: Attempt, answer: Mapping[str, str], options: OidcOptions, context: Context
    ) -> Identity:
        description = self._descriptions.of(self.key, options, context)
        if ("iss" in answer or description.names_itself) and answer.get("iss") != options.signed_as:
            raise Distrusted("answer of another provider")
        if "error" in answer:
            raise _explained(answer["error"])
        if not answer.get("code"):
            raise Distrusted("no code")
        tokens = ask_tokens(self.key, description, answer["code"], attempt, options, context)
        algorithm, said = self._read(tokens.id_token, description, options, context)
        expected = Expected(
            issuer=options.signed_as,
            client_id=options.client_id,
            nonce=attempt.nonce,
            now=at(context),
            tolerance_s=options.clock_tolerance_s,
            is_enough=lambda level: self.is_enough(level, attempt.audience, options),
            access_token=tokens.access_token,
            algorithm=algorithm,
        )
        self.look_at_level(said, attempt.audience, options)
        require(said, expected, self._checks, _IN_ID_TOKEN)
        about = self._userinfo(description, tokens.access_token, expected, options, context)
        if about and about.get("sub") != said["sub"] and "sub" in self._checks:
            raise Distrusted("sub of userinfo")
        return self.identity({**said, **about, "sub": said["sub"]}, said, tokens.id_token, attempt.audience, options)

    def leave(self, hint: str, state: str, return_to: str, options: OidcOptions, context: Context) -> str:
        """Give the address that ends the provider's session, where it has one."""
        end = self._descriptions.of(self.key, options, context).end_session_endpoint if options.logout else ""
        if not end or not hint:
            return ""
        return _with(end, {"id_token_hint": hint, "state": state, "post_logout_redirect_uri": return_to})

    def audiences(self, options: OidcOptions) -> frozenset[Audience]:
        """Give whose sign-in page offers the provider."""
        return frozenset(("applicant", "agent") if options.audience == "both" else (options.audience,))

    def claims_for(self, audience: Audience, options: OidcOptions) -> str:
        """Give the `claims` parameter, empty to send none."""
        return options.claims

    def is_enough(self, level: str, audience: Audience, options: OidcOptions) -> bool:
        """Whether a level is one that was asked for, or higher than one of them among the provider's levels."""
        asked, levels = options.acr_values.split(), options.levels.split()
        if not asked or level in asked:
            return True
        known = [levels.index(one) for one in asked if one in levels]
        return bool(known) and level in levels and levels.index(level) > min(known)

    def look_at_level(self, said: Mapping[str, Any], audience: Audience, options: OidcOptions) -> None:
        """Refuse with a sentence of its own what the person could mend; nothing here."""

    def identity(
        self, told: Mapping[str, Any], said: Mapping[str, Any], hint: str, audience: Audience, options: OidcOptions
    ) -> Identity:
        """Give the identity that verified claims make: `told` is all of them, `said` those of the identity token."""
        level, means, email = said.get("acr", ""), means_from(said), email_from(told)
        return Identity(
            issuer=said["iss"],
            subject=said["sub"],
            level=level,
            means=means,
            strong=bool({level, *means} & set(options.strong.split())),
            email=email,
            email_proved=bool(email) and (told.get("email_verified") is True or options.addresses == "vouched"),
            claims=claims_from(told),
            siret=siret_from(told),
            hint=hint,
        )

    def _userinfo(
        self, description: Description, access_token: str, expected: Expected, options: OidcOptions, context: Context
    ) -> Mapping[str, Any]:
        if options.userinfo == "none":
            return {}
        kind, told = ask_userinfo(self.key, description, access_token, context)
        if options.userinfo == "jwt":
            if kind != "application/jwt" or not isinstance(told, str):
                raise Distrusted("userinfo is not signed")
            _, told = self._read(told, description, options, context)
            require(told, expected, self._checks, _IN_USERINFO_TOKEN)
        if not isinstance(told, dict):
            raise Distrusted("userinfo")
        return told

    def _read(
        self, token: str, description: Description, options: OidcOptions, context: Context
    ) -> tuple[str, Mapping[str, Any]]:
        return read_token(
            token,
            keys=lambda *, afresh: self._descriptions.keys(self.key, description.jwks_uri, context, afresh=afresh),
            secret=context.secret(options.client_secret),
            algorithms=options.algorithms.split(),
        )


class Oidc(OidcClient):
    """Any OpenID Connect provider: a Région's directory, another State's portal."""

    key = "oidc"
    Options = OidcOptions

    def sandbox(self) -> WSGIApplication:
        """Give a provider of invented persons."""
        return StandIn("oidc")


_GAVE_UP = ("access_denied", "login_required", "interaction_required", "consent_required")


def _explained(error: str) -> ForPerson:
    """What a provider's refusal means for the person; the code is the protocol's, its text is not shown."""
    if error in _GAVE_UP:
        return ForPerson(
            fr="Vous n’êtes pas allé au bout de la connexion. Recommencez, ou connectez-vous par courriel.",
            en="The sign-in was not completed. Start again, or sign in by e-mail.",
        )
    if error in ("temporarily_unavailable", "server_error"):
        return ForPerson(
            fr="Le service d’identité ne peut pas répondre pour le moment. Réessayez plus tard, ou connectez-vous par "
            "courriel.",
            en="The identity service cannot answer for now. Try again later, or sign in by e-mail.",
        )
    return ForPerson(
        fr="Le service d’identité a refusé la demande de connexion. Connectez-vous par courriel.",
        en="The identity service refused the request to sign in. Sign in by e-mail.",
    )


def _with(address: str, parameters: Mapping[str, str]) -> str:
    """An address with parameters added to those it has."""
    parts = urlsplit(address)
    query = urlencode([*parse_qsl(parts.query), *parameters.items()])
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{query}"


def _picture(name: str, context: Context) -> str:
    """A picture of the installation as a `data:` address; empty when there is none."""
    if not name or context.folder is None:
        return ""
    path = context.folder / Path(name).name
    kind = _PICTURES.get(path.suffix.lower(), "")
    if not kind or not path.is_file():
        return ""
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"


@hookimpl
def register_identity_providers() -> list[IdentityProvider[Any]]:
    """Give the general provider."""
    return [Oidc()]
