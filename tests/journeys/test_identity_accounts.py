"""Whose account it is: an identity enters the one it was linked to by who proved both, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import Browser
from guichet.storage import accounts, identities
from identity_site import (
    IdentitySite,
    an_identity_site,
    code_for,
    come_back,
    departure_of,
    first_time,
    go_through,
    is_signed_in,
)
from signing_in import code_of, last_mail, sign_in_applicant


@pytest.fixture
def site(tmp_path: Path) -> Iterator[IdentitySite]:
    with an_identity_site(tmp_path, ["franceconnect", "oidc"]) as made:
        yield made


@pytest.fixture
def browser(site: IdentitySite) -> Browser:
    return site.browser


def test_the_same_address_under_another_name_does_not_enter_the_account(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    with site.another_browser() as other:
        go_through(other, email="camille@exemple.fr")
        assert other.path == "/t/reg-53/connexion/identite"
        assert not is_signed_in(other)


def test_two_persons_of_a_provider_never_share_an_account(site: IdentitySite, browser: Browser) -> None:
    """Not even when both can read the mail of that address."""
    first_time(site, browser)
    with site.another_browser() as other:
        go_through(other, email="camille@exemple.fr")
        other.fill().send()
        other.fill(code=code_of(last_mail(site.cases))).send()
        assert other.status == 400
        assert other.sees("déjà relié à une autre personne")
        assert not is_signed_in(other)
    account = site.cases.store.read(lambda tx: accounts.by_email(tx, "camille@exemple.fr"))
    assert account is not None
    assert len(site.cases.store.read(lambda tx: identities.of_person(tx, "applicant", account.id))) == 1


def test_the_same_name_at_another_provider_is_another_person(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    site.standins["oidc"].lies.id_claims = {"sub": _subject_of(site)}
    site.standins["oidc"].lies.userinfo_claims = {"sub": _subject_of(site)}
    with site.another_browser() as other:
        go_through(other, "oidc")
        assert other.path == "/t/reg-53/connexion/identite"


def test_an_account_that_waits_for_its_owner_cannot_be_made(site: IdentitySite, browser: Browser) -> None:
    """Who names another's address at a provider gets no account of that address to wait in."""
    go_through(browser, email="victime@exemple.fr")
    assert site.cases.store.read(lambda tx: accounts.by_email(tx, "victime@exemple.fr")) is None
    with site.another_browser() as victim:
        sign_in_applicant(victim, site.cases, "reg-53", "victime@exemple.fr")
        assert is_signed_in(victim)
    assert not is_signed_in(browser)
    with site.another_browser() as again:
        go_through(again, email="victime@exemple.fr")
        assert not is_signed_in(again)


def test_a_wrong_code_links_nothing(site: IdentitySite, browser: Browser) -> None:
    go_through(browser)
    browser.fill().send()
    code = code_of(last_mail(site.cases))
    browser.fill(code=f"{(int(code) + 1) % 1_000_000:06d}").send()
    assert browser.path == "/t/reg-53/connexion/identite/code"
    assert not is_signed_in(browser)


def test_an_arrival_belongs_to_the_browser_it_came_by(site: IdentitySite, browser: Browser) -> None:
    go_through(browser)
    with site.another_browser() as other:
        for path in ("identite", "identite/code"):
            assert other.go(f"/t/reg-53/connexion/{path}").status == 400
        other.go("/t/reg-53/connexion")
        assert (
            other.post("/t/reg-53/connexion/identite", {"_csrf_token": other.token(), "email": "x@y.fr"}).status == 400
        )


def test_an_arrival_belongs_to_the_territory_it_came_for(browser: Browser) -> None:
    go_through(browser)
    assert browser.go("/t/reg-84/connexion/identite").status == 400


def test_an_arrival_links_once(site: IdentitySite, browser: Browser) -> None:
    go_through(browser)
    arrival = browser.cookie("guichet-arrivee")
    browser.fill().send()
    browser.fill(code=code_of(last_mail(site.cases))).send()
    with site.another_browser() as other:
        sign_in_applicant(other, site.cases, "reg-53", "autre@exemple.fr")
        other.plant("guichet-arrivee", arrival)
        other.post("/t/reg-53/connexion/identite/relier", {"_csrf_token": _token(other)})
        assert other.status == 400
    autre = site.cases.store.read(lambda tx: accounts.by_email(tx, "autre@exemple.fr"))
    assert autre is not None
    assert site.cases.store.read(lambda tx: identities.of_person(tx, "applicant", autre.id)) == []


def test_an_arrival_waits_for_half_an_hour(site: IdentitySite, browser: Browser) -> None:
    go_through(browser)
    site.cases.clock.advance(minutes=31)  # type: ignore[attr-defined]  the clock of the tests moves
    assert browser.go("/t/reg-53/connexion/identite").status == 400


def test_who_is_signed_in_links_only_by_asking(site: IdentitySite, browser: Browser) -> None:
    sign_in_applicant(browser, site.cases, "reg-53", "camille@exemple.fr")
    account = site.cases.store.read(lambda tx: accounts.by_email(tx, "camille@exemple.fr"))
    assert account is not None
    browser.go("/t/reg-53/dossiers").form(action="avec/franceconnect").send()
    come_back(browser, code_for(departure_of(browser), "camille"))
    assert browser.sees("Vous êtes connecté comme camille@exemple.fr")
    assert site.cases.store.read(lambda tx: identities.of_person(tx, "applicant", account.id)) == []
    browser.post("/t/reg-53/connexion/identite/relier", {})
    assert browser.status == 403
    browser.go("/t/reg-53/connexion/identite").press("Relier à ce compte")
    assert browser.path == "/t/reg-53/dossiers"
    assert len(site.cases.store.read(lambda tx: identities.of_person(tx, "applicant", account.id))) == 1
    assert not browser.sees("S’identifier avec FranceConnect")


def _subject_of(site: IdentitySite) -> str:
    account = site.cases.store.read(lambda tx: accounts.by_email(tx, "camille@exemple.fr"))
    assert account is not None
    return site.cases.store.read(lambda tx: identities.of_person(tx, "applicant", account.id))[0].subject


def _token(browser: Browser) -> str:
    return browser.go("/t/reg-53/dossiers").token()
