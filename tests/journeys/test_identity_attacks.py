"""What a browser cannot be made to do: come back without having left, twice, elsewhere, or as somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from browsing import Browser
from guichet.services import identities
from guichet.services.arrivals import hash_of
from identity_site import (
    IdentitySite,
    an_identity_site,
    code_for,
    come_back,
    departure_of,
    first_time,
    go_through,
    is_signed_in,
    leave_for,
    query_of,
)

RETURN = "/connexion/franceconnect/retour"
BEGUN = "guichet-identite"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[IdentitySite]:
    with an_identity_site(tmp_path, ["franceconnect", "oidc"]) as made:
        yield made


@pytest.fixture
def browser(site: IdentitySite) -> Browser:
    return site.browser


def is_turned_away(browser: Browser) -> bool:
    """Whether the return was refused: a page that says so, no session, no arrival."""
    refused = browser.status == 400 and browser.title == "La connexion n’a pas abouti"
    return refused and not browser.cookie("guichet-arrivee") and not is_signed_in(browser)


def with_parameters(**parameters: str) -> str:
    return f"{RETURN}?{urlencode(parameters)}"


# The state, and the browser it is tied to


def test_without_state_nobody_comes_in(browser: Browser) -> None:
    answer = query_of(code_for(leave_for(browser), "camille"))
    assert is_turned_away(browser.go(with_parameters(code=answer["code"])))


def test_sabotage_without_the_check_of_the_state_one_would_come_in(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "compare_digest", lambda one, other: True)
    answer = query_of(code_for(leave_for(browser), "camille"))
    assert browser.go(with_parameters(code=answer["code"])).path == "/t/reg-53/connexion/identite"


def test_with_an_empty_state_nobody_comes_in(browser: Browser) -> None:
    answer = query_of(code_for(leave_for(browser), "camille"))
    assert is_turned_away(browser.go(with_parameters(code=answer["code"], state="")))


def test_with_the_state_of_somebody_else_nobody_comes_in(site: IdentitySite, browser: Browser) -> None:
    with site.another_browser() as attacker:
        sent_to_the_victim = code_for(leave_for(attacker), "yann")
    leave_for(browser)
    assert is_turned_away(come_back(browser, sent_to_the_victim))


def test_with_the_code_of_somebody_else_under_ones_own_state_nobody_comes_in(
    site: IdentitySite, browser: Browser
) -> None:
    """The nonce ties the token to the sign-in, even when the state was read over somebody's shoulder."""
    with site.another_browser() as attacker:
        code = query_of(code_for(leave_for(attacker), "yann"))["code"]
    state = query_of(leave_for(browser))["state"]
    assert is_turned_away(browser.go(with_parameters(code=code, state=state)))


def test_who_never_left_does_not_come_back(site: IdentitySite, browser: Browser) -> None:
    """Login CSRF: the attacker's own address of return, opened by the victim, who holds no cookie."""
    with site.another_browser() as attacker:
        sent_to_the_victim = code_for(leave_for(attacker), "yann")
    assert is_turned_away(come_back(browser, sent_to_the_victim))


def test_with_neither_state_nor_cookie_nobody_comes_in(browser: Browser) -> None:
    code = query_of(code_for(leave_for(browser), "camille"))["code"]
    browser.client.cookies.clear()
    assert is_turned_away(browser.go(with_parameters(code=code)))


def test_an_empty_cookie_is_no_cookie(browser: Browser) -> None:
    """The state that would be derived from nothing at all."""
    code = query_of(code_for(leave_for(browser), "camille"))["code"]
    browser.client.cookies.clear()
    browser.plant(BEGUN, "")
    state = hash_of("guichet state ")
    assert is_turned_away(browser.go(with_parameters(code=code, state=state)))


def test_a_secret_of_ones_own_making_opens_nothing(browser: Browser) -> None:
    """Who can plant a cookie can derive a state from it; nothing was begun under it."""
    code = query_of(code_for(leave_for(browser), "camille"))["code"]
    browser.client.cookies.clear()
    browser.plant(BEGUN, "f" * 64)
    assert is_turned_away(browser.go(with_parameters(code=code, state=hash_of("guichet state " + "f" * 64))))


def test_an_address_of_return_serves_once(site: IdentitySite, browser: Browser) -> None:
    departure = leave_for(browser)
    secret = browser.cookie(BEGUN)
    back = code_for(departure, "camille")
    assert come_back(browser, back).path == "/t/reg-53/connexion/identite"
    browser.client.cookies.clear()
    browser.plant(BEGUN, secret)
    assert is_turned_away(come_back(browser, back))


def test_another_code_does_not_revive_a_used_state(browser: Browser) -> None:
    departure = leave_for(browser)
    secret = browser.cookie(BEGUN)
    come_back(browser, code_for(departure, "camille"))
    browser.client.cookies.clear()
    browser.plant(BEGUN, secret)
    assert is_turned_away(come_back(browser, code_for(departure, "camille")))


def test_a_state_once_refused_stays_refused(browser: Browser) -> None:
    departure = leave_for(browser)
    secret = browser.cookie(BEGUN)
    state = query_of(departure)["state"]
    assert is_turned_away(browser.go(with_parameters(code="x" * 40, state=state)))
    browser.plant(BEGUN, secret)
    assert is_turned_away(come_back(browser, code_for(departure, "camille")))


def test_who_comes_back_after_a_quarter_of_an_hour_starts_again(site: IdentitySite, browser: Browser) -> None:
    departure = leave_for(browser)
    site.cases.clock.advance(minutes=16)  # type: ignore[attr-defined]  the clock of the tests moves
    assert is_turned_away(come_back(browser, code_for(departure, "camille")))


def test_a_parameter_given_twice_is_given_by_somebody_else(browser: Browser) -> None:
    back = query_of(code_for(leave_for(browser), "camille"))
    twice = f"{with_parameters(**back)}&{urlencode({'code': 'another'})}"
    assert is_turned_away(browser.go(twice))


def test_an_endless_parameter_is_not_sent_on(browser: Browser) -> None:
    state = query_of(leave_for(browser))["state"]
    assert is_turned_away(browser.go(with_parameters(code="x" * 5000, state=state)))


def test_neither_state_nor_nonce_nor_secret_is_in_the_database(site: IdentitySite, browser: Browser) -> None:
    asked = query_of(leave_for(browser))
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    secret = browser.cookie(BEGUN)
    content = b"".join(path.read_bytes() for path in site.cases.folder.glob("*.sqlite3*"))
    assert content
    for kept in (asked["state"], asked["nonce"], secret):
        assert kept.encode() not in content


def test_an_address_of_departure_asks_for_nothing_more_than_was_said(browser: Browser) -> None:
    asked = query_of(leave_for(browser))
    assert set(asked) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "acr_values"
    }  # fmt: skip
    assert asked["redirect_uri"] == f"http://testserver.local{RETURN}"


# Beginning


def test_a_sign_in_is_not_begun_by_opening_an_address(browser: Browser) -> None:
    assert browser.go("/t/reg-53/connexion/avec/franceconnect").status in (404, 405)
    assert not browser.cookie(BEGUN)


def test_a_sign_in_is_not_begun_from_another_site(browser: Browser) -> None:
    browser.go("/t/reg-53/connexion")
    token = browser.token()
    browser.post("/t/reg-53/connexion/avec/franceconnect", {})
    assert browser.status == 403
    browser.post(
        "/t/reg-53/connexion/avec/franceconnect", {"_csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert browser.status == 403
    assert not browser.cookie(BEGUN)


def test_a_provider_without_settings_is_not_there(browser: Browser) -> None:
    browser.go("/t/reg-53/connexion")
    for key in ("proconnect", "nulle-part", "..%2f"):
        assert browser.post(f"/t/reg-53/connexion/avec/{key}", {"_csrf_token": browser.token()}).status in (403, 404)
        assert browser.go(f"/connexion/{key}/retour?code=x&state=y").status == 404
        browser.go("/t/reg-53/connexion")


def test_one_is_sent_nowhere_else_after_a_sign_in(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    with site.another_browser() as other:
        other.go("/t/reg-53/connexion")
        form = other.form(action="avec/franceconnect")
        form.fill({"suite": "https://mechant.example/"}).send()
        come_back(other, code_for(departure_of(other), "camille"))
        assert other.path == "/t/reg-53/"
        assert str(other.response.url).startswith("http://testserver.local/")


def test_a_session_planted_beforehand_is_worth_nothing(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    with site.another_browser() as other:
        other.plant("guichet", "a" * 64)
        go_through(other)
        assert other.cookie("guichet") not in ("", "a" * 64)
        with site.another_browser() as attacker:
            attacker.plant("guichet", "a" * 64)
            assert not is_signed_in(attacker)


# Mix-up of providers


def test_what_one_provider_answers_is_not_taken_from_another(site: IdentitySite, browser: Browser) -> None:
    """The browser left for one provider and is brought back at the door of another."""
    back = code_for(leave_for(browser, "franceconnect"), "camille")
    parts = back.partition("?")
    assert is_turned_away(browser.go(f"/connexion/oidc/retour?{parts[2]}"))


def test_a_provider_that_names_itself_as_another_is_refused(site: IdentitySite, browser: Browser) -> None:
    other = f"{site.served['oidc'].url}"
    site.standins["franceconnect"].lies.answer = {"iss": other}
    assert is_turned_away(come_back(browser, code_for(leave_for(browser), "camille")))


def test_a_provider_that_says_it_names_itself_must(site: IdentitySite, browser: Browser) -> None:
    lies = site.standins["franceconnect"].lies
    lies.description = {"authorization_response_iss_parameter_supported": True}
    lies.answer = {"iss": None}
    assert is_turned_away(come_back(browser, code_for(leave_for(browser), "camille")))
    lies.answer = {}
    assert come_back(browser, code_for(leave_for(browser), "camille")).path == "/t/reg-53/connexion/identite"


def test_a_code_of_one_provider_is_worth_nothing_at_another(site: IdentitySite, browser: Browser) -> None:
    stolen = query_of(code_for(leave_for(browser, "franceconnect"), "camille"))["code"]
    state = query_of(leave_for(browser, "oidc"))["state"]
    assert is_turned_away(browser.go(f"/connexion/oidc/retour?{urlencode({'code': stolen, 'state': state})}"))


def test_an_applicants_return_is_not_an_agents(tmp_path: Path) -> None:
    both = {"oidc": {"audience": "both"}}
    with an_identity_site(tmp_path, ["oidc"], options=both) as site:
        back = code_for(leave_for(site.browser, "oidc"), "camille")
        site.browser.go(f"/agents/connexion/oidc/retour?{back.partition('?')[2]}")
        assert site.browser.status == 400
        assert not site.browser.cookie("guichet-agent")
        assert not site.browser.cookie("guichet-arrivee")


def test_a_challenge_ties_the_code_to_the_browser(site: IdentitySite, browser: Browser) -> None:
    """PKCE, where the provider takes it: the code alone, stolen on its way, is worth nothing at the provider."""
    departure = leave_for(browser, "oidc")
    assert query_of(departure)["code_challenge_method"] == "S256"
    code = query_of(code_for(departure, "camille"))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": query_of(departure)["redirect_uri"]}
    form |= {"client_id": "guichet-oidc", "client_secret": "stolen too"}
    assert httpx.post(f"{site.served['oidc'].url}/token", data=form).json()["error"] == "invalid_grant"


# What the provider says when it says no


def test_giving_up_is_said_in_french_and_leads_to_the_mail(browser: Browser) -> None:
    come_back(browser, code_for(leave_for(browser), "nobody"))
    assert browser.status == 400
    assert browser.sees("pas allé au bout de la connexion")
    assert browser.links()["Se connecter par courriel"] == "/t/reg-53/connexion"


def test_what_an_address_says_is_not_repeated(browser: Browser) -> None:
    state = query_of(leave_for(browser))["state"]
    browser.go(with_parameters(state=state, error="<script>x</script>", error_description="Appelez le 0 899 00 00 00"))
    assert browser.status == 400
    assert "0 899" not in browser.body
    assert "<script>x" not in browser.body


# Leaving


def test_nobody_is_signed_out_by_another_site(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    assert browser.go("/t/reg-53/deconnexion").status in (404, 405)
    assert browser.post("/t/reg-53/deconnexion", {}).status == 403
    token = browser.go("/t/reg-53/").token()
    crossed = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post("/t/reg-53/deconnexion", {"_csrf_token": token}, headers=crossed).status == 403
    assert is_signed_in(browser)


def test_coming_back_from_a_sign_out_signs_nobody_out(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    for state in ("", "x" * 64):
        browser.go(f"/connexion/franceconnect/deconnecte?state={state}")
        assert not browser.sees("Vous êtes déconnecté")
    assert is_signed_in(browser)


def test_a_token_of_the_provider_stays_on_the_server(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    assert not [value for value in dict(browser.client.cookies).values() if value.count(".") == 2]
    assert "eyJ" not in browser.go("/t/reg-53/dossiers").body


# Live, where cookies are bound to the host


def test_live_the_secret_of_the_way_is_bound_to_the_host(tmp_path: Path) -> None:
    """A neighbour's sub-domain can plant a cookie, but not one named `__Host-`: only that name is read."""
    addresses = {
        "authorization_endpoint": "https://id.exemple.fr/authorize",
        "token_endpoint": "https://id.exemple.fr/token",
        "jwks_uri": "https://id.exemple.fr/jwks",
    }
    live = {"mode": "live", "base_url": "https://testserver.local"}
    with an_identity_site(tmp_path, options={"franceconnect": addresses}, schemes=(), **live) as site:
        site.browser.client.base_url = "https://testserver.local"
        departure = leave_for(site.browser)
        assert departure.startswith("https://id.exemple.fr/authorize?")
        (kept,) = [one for one in site.browser.response.headers.get_list("set-cookie") if BEGUN in one]
        assert kept.startswith(f"__Host-{BEGUN}=")
        for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in kept
        secret = kept.partition("=")[2].partition(";")[0]
        site.browser.client.cookies.clear()
        site.browser.plant(BEGUN, secret)
        state = query_of(departure)["state"]
        site.browser.go(with_parameters(code="x" * 40, state=state))
        assert site.browser.status == 400
        assert site.browser.sees("n’a pas commencé dans ce navigateur")
