"""A stand-in for an OpenID Connect provider, over plain WSGI: FranceConnect, ProConnect, or a general one.

It keeps to the protocol, refuses what the true one refuses, and can be told to lie, so that an attack is tried whole.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from time import time
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote_plus, urlencode
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import application_uri

from guichet_plugins.identity.signing import Signer
from guichet_plugins.identity.standin_people import PEOPLE, Kind, person_page

__all__ = ["Lies", "StandIn"]

_CODE_S, _TOKEN_S = 30, 60
_ASKED = ("response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims", "acr_values", "prompt")
_KNOWN = {
    "proconnect": (*_ASKED, "idp_hint", "login_hint"),
    "franceconnect": (*_ASKED, "idp_hint"),
    "oidc": (),
}
_CERTIFIED = "https://proconnect.gouv.fr/assurance/certification-dirigeant"

Answer = tuple[int, str, bytes, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class Lies:
    """What the stand-in says wrong, for tests: each is laid over what it would have said; None takes a claim away."""

    id_claims: dict[str, Any] = field(default_factory=dict[str, Any])
    userinfo_claims: dict[str, Any] = field(default_factory=dict[str, Any])
    description: dict[str, Any] = field(default_factory=dict[str, Any])
    tokens: dict[str, Any] = field(default_factory=dict[str, Any])
    answer: dict[str, Any] = field(default_factory=dict[str, Any])
    signing: dict[str, Any] = field(default_factory=dict[str, Any])
    """`alg`, `key` (`foreign`, `published` as a shared secret, a text), `header`."""
    userinfo_signing: dict[str, Any] = field(default_factory=dict[str, Any])
    userinfo_form: Literal["", "json", "jwt"] = ""


@dataclass(frozen=True, slots=True)
class _Grant:
    person: Mapping[str, Any]
    asked: Mapping[str, str]
    until: float
    access_token: str


class StandIn:
    """The whole of a small provider, as a WSGI application; its lies are `lies`, its clock may be given."""

    def __init__(self, kind: Kind, *, now: Callable[[], float] = time, path: str = "/api/v2") -> None:
        self.kind: Kind = kind
        self.now = now
        self.path = path if kind != "oidc" else ""
        self.lies = Lies()
        self.signer = Signer()
        self.left: list[Mapping[str, str]] = []
        """What each sign-out was asked with."""
        self._lock = Lock()
        self._grants: dict[str, _Grant] = {}
        self._tokens: dict[str, _Grant] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        routes: dict[str, Callable[[WSGIEnvironment, str], Answer]] = {
            f"{self.path}/.well-known/openid-configuration": self._describe,
            f"{self.path}/jwks": self._keys,
            f"{self.path}/authorize": self._authorize,
            f"{self.path}/token": self._exchange,
            f"{self.path}/userinfo": self._userinfo,
            f"{self.path}/session/end": self._end,
        }
        issuer = application_uri(environ).rstrip("/") + self.path
        status, kind, body, headers = routes.get(path, _absent)(environ, issuer)
        phrase = {200: "OK", 303: "See Other", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found"}[status]
        start_response(f"{status} {phrase}", [("Content-Type", kind), ("Content-Length", str(len(body))), *headers])
        return [body]

    def _describe(self, environ: WSGIEnvironment, issuer: str) -> Answer:
        told: dict[str, Any] = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/session/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256"],
        }
        return _json(_laid(told, self.lies.description))

    def _keys(self, environ: WSGIEnvironment, issuer: str) -> Answer:
        return _json(self.signer.published())

    def _authorize(self, environ: WSGIEnvironment, issuer: str) -> Answer:
        asked = _query(environ)
        person = asked.pop("_person", "")
        email = asked.pop("_email", "").strip().lower()
        known = _KNOWN[self.kind]
        if known and (strange := [name for name in asked if name not in known]):
            return _error("Y000400", f"Bad Request: {', '.join(strange)}")
        if any(len(asked.get(name, "")) < 32 for name in ("state", "nonce")) or not asked.get("redirect_uri"):
            return _error("Y000400", "Bad Request: state, nonce, redirect_uri")
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return _error("Y000400", "Bad Request: response_type, scope")
        if not person and not email:
            return _html(person_page(self.kind, asked))
        if person == "nobody":
            return self._back(
                asked, issuer, {"error": "access_denied", "error_description": "user authentication aborted"}
            )
        chosen = {**PEOPLE[self.kind].get(person, next(iter(PEOPLE[self.kind].values())))}
        if email:
            chosen |= {"email": email, "sub": sha256(email.encode()).hexdigest()}
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._grants[code] = _Grant(chosen, asked, self.now() + _CODE_S, secrets.token_urlsafe(32))
        return self._back(asked, issuer, {"code": code})

    def _back(self, asked: Mapping[str, str], issuer: str, answer: Mapping[str, str]) -> Answer:
        told = _laid({**answer, "state": asked["state"], "iss": issuer}, self.lies.answer)
        target = asked["redirect_uri"]
        return 303, "text/plain", b"", (("Location", f"{target}{'&' if '?' in target else '?'}{urlencode(told)}"),)

    def _exchange(self, environ: WSGIEnvironment, issuer: str) -> Answer:
        form = _form(environ)
        client, secret = form.get("client_id", ""), form.get("client_secret", "")
        scheme, _, packed = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "basic":
            client, _, secret = (unquote_plus(part) for part in b64decode(packed).decode().partition(":"))
        with self._lock:
            grant = self._grants.pop(form.get("code", ""), None)
        if not secret:
            return _json({"error": "invalid_client"}, 401)
        if grant is None or grant.until < self.now() or not _is_for(grant, client, form):
            return _json({"error": "invalid_grant", "error_description": "grant request is invalid"}, 400)
        with self._lock:
            self._tokens[grant.access_token] = grant
        claims = self._id_claims(grant, issuer, client)
        token = self.signer.sign(_laid(claims, self.lies.id_claims), secret, self.lies.signing)
        told: dict[str, Any] = {
            "access_token": grant.access_token,
            "token_type": "Bearer",
            "expires_in": _TOKEN_S,
            "id_token": token,
        }
        return _json(_laid(told, self.lies.tokens))

    def _id_claims(self, grant: _Grant, issuer: str, client: str) -> dict[str, Any]:
        now = int(self.now())
        digest = sha256(grant.access_token.encode()).digest()[:16]
        return {
            "iss": issuer,
            "aud": client,
            "sub": grant.person["sub"],
            "iat": now,
            "exp": now + _TOKEN_S,
            "auth_time": now,
            "nonce": grant.asked["nonce"],
            "acr": _level(grant),
            "amr": grant.person.get("amr", ["pwd"]),
            "at_hash": urlsafe_b64encode(digest).decode().rstrip("="),
        }

    def _userinfo(self, environ: WSGIEnvironment, issuer: str) -> Answer:
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        with self._lock:
            grant = self._tokens.get(token)
        if scheme.lower() != "bearer" or grant is None or grant.until + _TOKEN_S < self.now():
            return _json({"error": "invalid_token"}, 401)
        told = {name: value for name, value in grant.person.items() if name != "amr" and not name.startswith("_")}
        form = self.lies.userinfo_form or ("json" if self.kind == "oidc" else "jwt")
        if form == "json":
            return _json(_laid(told, self.lies.userinfo_claims))
        now = int(self.now())
        signed = {**told, "iss": issuer, "aud": grant.asked["client_id"], "iat": now, "exp": now + _TOKEN_S}
        body = self.signer.sign(_laid(signed, self.lies.userinfo_claims), "", self.lies.userinfo_signing)
        return 200, "application/jwt", body.encode(), ()

    def _end(self, environ: WSGIEnvironment, issuer: str) -> Answer:
        asked = _query(environ)
        self.left.append(asked)
        if not all(asked.get(name) for name in ("id_token_hint", "state", "post_logout_redirect_uri")):
            return _error("Y000400", "Bad Request: id_token_hint, state, post_logout_redirect_uri")
        target = f"{asked['post_logout_redirect_uri']}?{urlencode({'state': asked['state']})}"
        return 303, "text/plain", b"", (("Location", target),)


def _level(grant: _Grant) -> str:
    """The level the person has, or what was asked as essential when the person has that too."""
    asked = json.loads(grant.asked.get("claims", "{}")).get("id_token", {}).get("acr") or {}
    if asked.get("value") == _CERTIFIED and grant.person.get("_certified"):
        return _CERTIFIED
    return grant.person.get("_acr", "eidas1")


def _is_for(grant: _Grant, client: str, form: Mapping[str, str]) -> bool:
    asked = grant.asked
    if (asked["client_id"], asked["redirect_uri"]) != (client, form.get("redirect_uri")):
        return False
    if "code_challenge" not in asked:
        return True
    made = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
    return made == asked["code_challenge"]


def _laid(told: Mapping[str, Any], lies: Mapping[str, Any]) -> dict[str, Any]:
    """What would have been said, with the lies over it."""
    return {name: value for name, value in {**told, **lies}.items() if value is not None}


def _query(environ: WSGIEnvironment) -> dict[str, str]:
    return dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))


def _form(environ: WSGIEnvironment) -> dict[str, str]:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    return dict(parse_qsl(environ["wsgi.input"].read(min(size, 65_536)).decode()))


def _json(told: Mapping[str, Any], status: int = 200) -> Answer:
    return status, "application/json; charset=utf-8", json.dumps(told).encode(), ()


def _html(page: str, status: int = 200) -> Answer:
    return status, "text/html; charset=utf-8", page.encode(), ()


def _error(code: str, text: str) -> Answer:
    return _html(f"<!doctype html><html lang=fr><title>{code}</title><h1>{code}</h1><p>{text}</p>", 400)


def _absent(environ: WSGIEnvironment, issuer: str) -> Answer:  # noqa: ARG001  as every route
    return _json({"error": "not_found"}, 404)
