"""The stand-in keeps to the protocol, and refuses what the true providers refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from guichet_plugins.identity.standin import StandIn
from sandboxes import sandbox

BACK = "http://127.0.0.1:1/retour"
ASKED = {
    "response_type": "code",
    "client_id": "guichet",
    "redirect_uri": BACK,
    "scope": "openid email",
    "state": "s" * 32,
    "nonce": "n" * 32,
}
STRANGE = ("code_challenge", "x"), ("ui_locales", "fr"), ("state", "s" * 31), ("nonce", "n" * 31), ("scope", "email")


@dataclass
class Clock:
    at: float = 1_587_376_800.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(clock: Clock) -> Iterator[str]:
    with sandbox(StandIn("proconnect", now=clock)) as served:
        yield f"{served.url}/api/v2"


def a_code(url: str) -> str:
    reply = httpx.get(f"{url}/authorize?{urlencode({**ASKED, '_person': 'nolwenn'})}")
    assert reply.status_code == 303, reply.text
    return dict(parse_qsl(urlsplit(reply.headers["location"]).query))["code"]


def exchanged(url: str, code: str, **changed: str) -> httpx.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": "guichet"}
    return httpx.post(f"{url}/token", data={**form, "client_secret": "assez long pour un secret", **changed})


def test_it_describes_itself_where_the_protocol_says(url: str) -> None:
    told = httpx.get(f"{url}/.well-known/openid-configuration").json()
    assert told["issuer"] == url
    for key in httpx.get(told["jwks_uri"]).json()["keys"]:
        assert "d" not in key, "a private key is not published"


@pytest.mark.parametrize(("name", "value"), STRANGE)
def test_a_request_that_the_true_one_refuses_is_refused(url: str, name: str, value: str) -> None:
    reply = httpx.get(f"{url}/authorize?{urlencode({**ASKED, name: value})}")
    assert reply.status_code == 400
    assert "Y000400" in reply.text


def test_a_person_is_chosen_on_a_page(url: str) -> None:
    page = httpx.get(f"{url}/authorize?{urlencode(ASKED)}").text
    assert "Nolwenn Tanguy" in page
    assert "Rien n’est vérifié ici" in page


def test_a_code_serves_once_and_for_thirty_seconds(url: str, clock: Clock) -> None:
    code = a_code(url)
    assert exchanged(url, code).status_code == 200
    assert exchanged(url, code).json()["error"] == "invalid_grant"
    late = a_code(url)
    clock.at += 31
    assert exchanged(url, late).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(("name", "value"), [("redirect_uri", BACK + "/autre"), ("client_id", "autre")])
def test_a_code_serves_who_asked_for_it(url: str, name: str, value: str) -> None:
    assert exchanged(url, a_code(url), **{name: value}).json()["error"] == "invalid_grant"


def test_a_site_that_does_not_say_its_secret_gets_nothing(url: str) -> None:
    assert exchanged(url, a_code(url), client_secret="").status_code == 401


def test_the_person_is_described_in_a_signed_token_to_who_bears_an_access_token(url: str) -> None:
    access = exchanged(url, a_code(url)).json()["access_token"]
    reply = httpx.get(f"{url}/userinfo", headers={"authorization": f"Bearer {access}"})
    assert reply.headers["content-type"] == "application/jwt"
    assert reply.text.count(".") == 2
    assert httpx.get(f"{url}/userinfo").status_code == 401
    assert httpx.get(f"{url}/userinfo", headers={"authorization": "Bearer autre"}).status_code == 401


def test_leaving_asks_for_token_state_and_address(url: str) -> None:
    token = exchanged(url, a_code(url)).json()["id_token"]
    asked = {"id_token_hint": token, "state": "l" * 32, "post_logout_redirect_uri": "http://127.0.0.1:1/parti"}
    reply = httpx.get(f"{url}/session/end?{urlencode(asked)}")
    assert reply.headers["location"] == f"http://127.0.0.1:1/parti?state={'l' * 32}"
    del asked["state"]
    assert httpx.get(f"{url}/session/end?{urlencode(asked)}").status_code == 400
