"""The two questions asked behind the browser's back: a code against tokens, an access token against who it is."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

from guichet import Attempt, Call, Context, Reply
from guichet_plugins.identity.descriptions import Description
from guichet_plugins.identity.options import OidcOptions
from guichet_plugins.identity.trust import Distrusted, ForPerson

__all__ = ["Tokens", "ask_tokens", "ask_userinfo"]

_LONGEST = 65_536


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a code was exchanged for."""

    access_token: str = field(repr=False)
    id_token: str = field(repr=False)


def ask_tokens(
    service: str, description: Description, code: str, attempt: Attempt, options: OidcOptions, context: Context
) -> Tokens:
    """Exchange a code, once: a code asked twice betrays itself.

    Raises:
        Distrusted: the provider knows no such code, or answers something else than tokens.
        Refused: the provider does not know this site.
        Unavailable: the provider is silent.
    """
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": attempt.redirect_uri}
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    secret = context.secret(options.client_secret)
    if options.client_authentication == "basic":
        pair = f"{quote_plus(options.client_id)}:{quote_plus(secret)}"
        headers["authorization"] = "Basic " + b64encode(pair.encode()).decode()
    else:
        form |= {"client_id": options.client_id, "client_secret": secret}
    if options.pkce:
        form["code_verifier"] = attempt.verifier
    call = Call(
        service,
        "POST",
        description.token_endpoint,
        "sign-in: exchange of a code",
        headers=headers,
        body=urlencode(form).encode(),
        repeatable=False,
        most_bytes=_LONGEST,
    )
    return context.outside.ask(call, _tokens)


def ask_userinfo(service: str, description: Description, access_token: str, context: Context) -> tuple[str, Any]:
    """Give the media type of what the provider says of the person, and what it says: text of a token, or an object.

    Raises:
        Distrusted: the provider refuses its own access token, or describes nobody.
        Unavailable: the provider is silent.
    """
    call = Call(
        service,
        "GET",
        description.userinfo_endpoint,
        "sign-in: who the person is",
        headers={"authorization": f"Bearer {access_token}"},
        most_bytes=_LONGEST,
    )
    return context.outside.ask(call, _userinfo)


def _tokens(reply: Reply) -> Tokens:
    told = reply.json() if reply.status in (200, 400, 401) else None
    if isinstance(told, dict) and reply.status != 200:
        raise _refusal(told)
    if not isinstance(told, dict):
        raise Distrusted("tokens")
    access, identity = told.get("access_token"), told.get("id_token")
    kind = told.get("token_type")
    if not isinstance(access, str) or not isinstance(identity, str) or not isinstance(kind, str):
        raise Distrusted("tokens")
    if kind.lower() != "bearer" or not access.isascii() or not access.isprintable():
        raise Distrusted("tokens")
    return Tokens(access, identity)


def _refusal(told: Mapping[str, Any]) -> ForPerson:
    if told.get("error") == "invalid_grant":
        return Distrusted("code")
    return ForPerson(
        fr="Le service d’identité refuse les réglages de cette installation. Connectez-vous par courriel.",
        en="The identity service refuses the settings of this installation. Sign in by e-mail.",
    )


def _userinfo(reply: Reply) -> tuple[str, Any]:
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if reply.status != 200:
        raise Distrusted("userinfo")
    if kind == "application/jwt":
        return kind, reply.body.decode("ascii", errors="replace").strip()
    return kind, reply.json()
