"""The contract of identity providers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from guichet.plugin.contracts import Attempt, Context, Identity, IdentityProvider, PluginError, Refused
from guichet.testing.context import accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict

__all__ = ["an_attempt", "assert_identity_provider"]


def an_attempt(**changes: Any) -> Attempt:
    """Give a sign-in under way, with the changes."""
    plain = {"audience": "applicant", "state": "s" * 64, "nonce": "n" * 64, "verifier": "v" * 64}
    return Attempt(**{**plain, "redirect_uri": "http://127.0.0.1/connexion/x/retour", **changes})


def assert_identity_provider(
    provider: IdentityProvider[Any],
    *,
    options: Mapping[str, Any],
    context: Context,
    through: Callable[[str], str],
) -> Identity:
    """Check an identity provider: what it sends, what it believes, what it refuses; give the identity it found.

    Args:
        through: Takes the address of departure, signs somebody in there, and gives the address of return.
    """
    assert_registers("register_identity_providers", provider)
    assert_options(provider.Options, options)
    provider = strict(provider, IdentityProvider)
    chosen = accepted(provider.Options, dict(options))
    door = provider.door(chosen, context)
    assert door.audiences, "nobody is offered this provider"
    assert door.label.fr, "the button says nothing in French"
    assert door.label.en, "the button says nothing in English"
    assert not door.picture or door.picture.startswith("data:image/"), "no picture is fetched elsewhere"

    attempt = an_attempt(audience=min(door.audiences))
    departure = provider.begin(attempt, chosen, context)
    asked = unquote_plus(departure)
    assert attempt.state in asked, "what comes back could not be told from another sign-in"
    assert attempt.verifier not in asked, "the verifier is known to this site alone"
    assert not any(secret and secret in asked for secret in context.secrets.values()), "a secret went with the browser"

    returned = through(departure)
    assert returned.startswith(attempt.redirect_uri), "the browser came back elsewhere"
    answer = dict(parse_qsl(urlsplit(returned).query))
    identity = provider.finish(attempt, answer, chosen, context)
    assert identity.issuer, "nobody says who this is"
    assert identity.subject, "nobody is said"
    assert all(isinstance(value, str) for value in identity.claims.values()), "claims are texts"

    other = replace(attempt, state="t" * 64, nonce="o" * 64, verifier="w" * 64)
    again = dict(parse_qsl(urlsplit(through(provider.begin(attempt, chosen, context))).query))
    _assert_refused(lambda: provider.finish(other, again, chosen, context))
    for hostile in ({}, {"code": "x" * 40}, {"error": "access_denied"}, {"error": "<b>"}):
        _assert_refused(lambda hostile=hostile: provider.finish(attempt, hostile, chosen, context))

    left = provider.leave(identity.hint, "l" * 64, "http://127.0.0.1/deconnecte", chosen, context)
    assert not left or "l" * 64 in left, "who comes back from there could not be told from somebody sent by others"
    return identity


def _assert_refused(work: Callable[[], object]) -> None:
    try:
        work()
    except Refused as error:
        assert_speaks(error)
    except PluginError as error:
        raise AssertionError(f"an answer that cannot be believed is refused, not {type(error).__name__}") from error
    else:
        raise AssertionError("an answer of another sign-in is believed")
