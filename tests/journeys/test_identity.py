"""Applicants through FranceConnect: the first time, the next times, linking, leaving, and when it is dead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guichet.storage import accounts, identities
from identity_site import (
    IdentitySite,
    an_identity_site,
    code_for,
    come_back,
    departure_of,
    go_through,
    query_of,
)
from signing_in import code_of, last_mail


@pytest.fixture
def site(tmp_path: Path) -> Iterator[IdentitySite]:
    with an_identity_site(tmp_path) as made:
        yield made


def first_time(site: IdentitySite, person: str = "camille", email: str = "") -> None:
    go_through(site.browser, person=person)
    site.browser.fill(**({"email": email} if email else {})).send()
    site.browser.fill(code=code_of(last_mail(site.cases))).send()


def test_the_first_time_one_says_which_account_and_proves_its_address(site: IdentitySite) -> None:
    browser = site.browser
    go_through(browser)
    assert browser.path == "/t/reg-53/connexion/identite"
    assert browser.sees("Votre première connexion", "LE GOFF", "Camille Maëlle", "1984-03-12", "Selon FranceConnect")
    assert not browser.sees("Se déconnecter")
    browser.fill().send()
    assert browser.path == "/t/reg-53/connexion/identite/code"
    browser.fill(code=code_of(last_mail(site.cases))).send()
    assert browser.path == "/t/reg-53/"
    assert browser.sees("camille@exemple.fr", "Se déconnecter")
    account = site.cases.store.read(lambda tx: accounts.by_email(tx, "camille@exemple.fr"))
    assert account is not None
    (kept,) = site.cases.store.read(lambda tx: identities.of_person(tx, "applicant", account.id))
    assert kept.issuer == f"{site.served['franceconnect'].url}/api/v2"
    assert kept.claims["family_name"] == "LE GOFF"
    assert kept.claims["birthplace"] == "35238"


def test_the_next_times_one_comes_straight_in(site: IdentitySite) -> None:
    first_time(site)
    with site.another_browser() as other:
        go_through(other)
        assert other.path == "/t/reg-53/"
        assert other.sees("camille@exemple.fr", "Se déconnecter")


def test_one_comes_back_to_the_page_one_wanted(site: IdentitySite) -> None:
    first_time(site)
    with site.another_browser() as other:
        other.go("/t/reg-53/dossiers")
        assert other.path == "/t/reg-53/connexion"
        other.form(action="avec/franceconnect").send()
        come_back(other, code_for(departure_of(other), "camille"))
        assert other.path == "/t/reg-53/dossiers"


def test_who_leaves_leaves_the_provider_too(site: IdentitySite) -> None:
    first_time(site)
    browser = site.browser
    browser.press("Se déconnecter")
    assert browser.sees("Se déconnecter aussi de FranceConnect")
    assert not browser.sees("camille@exemple.fr")
    departure = departure_of(browser)
    asked = query_of(departure)
    assert asked["id_token_hint"].count(".") == 2
    assert len(asked["state"]) >= 32
    import httpx

    come_back(browser, httpx.get(departure).headers["location"])
    assert browser.path == "/t/reg-53/"
    assert browser.sees("Vous êtes déconnecté")
    assert browser.go("/t/reg-53/dossiers").path == "/t/reg-53/connexion"
