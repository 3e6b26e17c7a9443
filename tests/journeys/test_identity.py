"""Applicants through FranceConnect: the first time, the next times, linking, leaving, and when it is dead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from guichet.services.sessions import session_hash
from guichet.services.sweeping import sweep
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
    assert browser.sees("Votre première connexion", "LE GOFF", "Camille Maëlle", "12/03/1984", "Selon FranceConnect")
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
    come_back(browser, httpx.get(departure).headers["location"])
    assert browser.path == "/t/reg-53/"
    assert browser.sees("Vous êtes déconnecté")
    assert browser.go("/t/reg-53/dossiers").path == "/t/reg-53/connexion"


def test_what_is_not_known_of_a_birth_is_not_shown(site: IdentitySite) -> None:
    go_through(site.browser, person="yann")
    assert site.browser.sees("KERVELLA", "Date de naissance", "1971")
    assert not site.browser.sees("00/00")


def test_a_picture_of_the_installation_takes_the_place_of_the_text(tmp_path: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50"/>'
    with an_identity_site(tmp_path, options={"franceconnect": {"button_picture": "bouton.svg"}}) as site:
        page = site.browser.go("/t/reg-53/connexion")
        assert page.sees("S’identifier avec FranceConnect"), "no such file: the text"
        (site.cases.folder / "bouton.svg").write_text(picture, encoding="utf-8")
        page = site.browser.go("/t/reg-53/connexion")
        (image,) = page.document.xpath("//button/img")
        assert image.get("src").startswith("data:image/svg+xml;base64,")
        assert image.get("alt") == "S’identifier avec FranceConnect"


def test_what_expires_is_forgotten(site: IdentitySite) -> None:
    go_through(site.browser)
    site.cases.clock.advance(hours=1)  # type: ignore[attr-defined]  the clock of the tests moves
    assert sweep(site.cases).identities == 2
    assert sweep(site.cases).identities == 0


def test_a_closed_session_keeps_nothing_of_what_the_provider_said(site: IdentitySite) -> None:
    first_time(site)
    digest = session_hash(site.browser.cookie("guichet"))
    said = site.cases.store.read(lambda tx: identities.of_session(tx, digest))
    assert said is not None
    assert said.level == "eidas1"
    site.browser.press("Se déconnecter")
    assert site.cases.store.read(lambda tx: identities.of_session(tx, digest)) is None
