"""What an operator may set of a provider, and how a mistake is told."""

from __future__ import annotations

import doctest

import pytest
from pydantic import ValidationError

from guichet_plugins.identity import options
from guichet_plugins.identity.franceconnect import FranceConnectOptions
from guichet_plugins.identity.options import OidcOptions
from guichet_plugins.identity.proconnect import ProConnectOptions

NEEDED = {"base_url": "https://id.exemple.fr", "client_id": "guichet", "client_secret": "secret:id"}


def test_the_examples_of_the_text_hold() -> None:
    assert doctest.testmod(options).failed == 0


def test_three_settings_are_enough() -> None:
    assert OidcOptions.model_validate(NEEDED).signed_as == "https://id.exemple.fr"
    assert FranceConnectOptions.model_validate(NEEDED).signed_as == "https://id.exemple.fr/api/v2"
    other = ProConnectOptions.model_validate({**NEEDED, "issuer": "https://autre.exemple.fr"})
    assert other.signed_as == "https://autre.exemple.fr"


@pytest.mark.parametrize("model", [FranceConnectOptions, ProConnectOptions])
def test_the_two_of_the_state_are_sent_nothing_they_may_not_know(model: type[OidcOptions]) -> None:
    chosen = model.model_validate(NEEDED)
    assert not chosen.pkce
    assert chosen.parameters == ""
    assert chosen.userinfo == "jwt"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "http://id.exemple.fr"),
        ("base_url", "id.exemple.fr"),
        ("token_endpoint", "http://id.exemple.fr/token"),
        ("jwks_uri", "https://nom:passe@id.exemple.fr/jwks"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("client_secret", "en clair"),
        ("algorithms", "none"),
        ("algorithms", "RS256 none"),
        ("algorithms", ""),
        ("claims", "[1]"),
        ("claims", "{"),
        ("parameters", "prompt"),
        ("clock_tolerance_s", "301"),
        ("clock_tolerance_s", "-1"),
        ("userinfo", "xml"),
        ("audience", "everyone"),
        ("scope", "openid"),
    ],
)
def test_what_will_not_do_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        OidcOptions.model_validate({**NEEDED, name: value})
