"""Cutting the link with a provider: confirmed, journalled, other sessions ended, and never the only way in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from browsing import Browser, a_browser
from guichet.services.unlinking import NoOtherWayIn, identities_of, unlink
from guichet.storage import accounts, identities, journal
from guichet.storage.tables import agent as agents_table
from guichet.web.app import create_app
from identity_site import IdentitySite, an_identity_site, first_time, go_through, is_signed_in
from signing_in import an_agent, sign_in_agent, sign_in_applicant

CAMILLE = "camille@exemple.fr"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[IdentitySite]:
    with an_identity_site(tmp_path, ["franceconnect", "proconnect"]) as made:
        yield made


@pytest.fixture
def browser(site: IdentitySite) -> Browser:
    return site.browser


def linked(site: IdentitySite, email: str = CAMILLE) -> list[str]:
    def read(tx):
        account = accounts.by_email(tx, email)
        return [one.id for one in identities.of_person(tx, "applicant", account.id)] if account else []

    return site.cases.store.read(read)


def ask_to_unlink(browser: Browser) -> Browser:
    browser.go("/t/reg-53/dossiers").click("Mon compte")
    return browser.click("Délier FranceConnect")


def test_an_applicant_unlinks_after_confirming_and_still_enters_by_mail(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    ask_to_unlink(browser)
    assert browser.title == "Délier FranceConnect ?"
    assert browser.sees("Vous continuerez d’entrer par courriel", CAMILLE)
    assert linked(site), "the question changes nothing"
    browser.press("Délier")
    assert browser.path == "/t/reg-53/compte"
    assert browser.sees("FranceConnect n’est plus relié à ce compte")
    assert not linked(site)
    assert is_signed_in(browser), "the session that asked goes on"
    account = site.cases.store.read(lambda tx: accounts.by_email(tx, CAMILLE))
    assert account is not None
    (event,) = [
        one
        for one in site.cases.store.read(lambda tx: list(journal.of_subject(tx, account.id)))
        if one.kind == "identity_unlinked"
    ]
    assert event.actor == account.id
    with site.another_browser() as other:
        go_through(other)
        assert other.path == "/t/reg-53/connexion/identite", "who comes by the provider is nobody's again"
    with site.another_browser() as other:
        sign_in_applicant(other, site.cases, "reg-53", CAMILLE)
        assert is_signed_in(other)


def test_the_other_sessions_of_the_person_end_at_once_and_nobody_elses(site: IdentitySite) -> None:
    app = create_app(site.cases)
    with a_browser(app) as browser, a_browser(app) as mine, a_browser(app) as somebody:
        first_time(site, browser)
        go_through(mine)
        sign_in_applicant(somebody, site.cases, "reg-53", "autre@exemple.fr")
        assert is_signed_in(mine)
        ask_to_unlink(browser).press("Délier")
        assert not is_signed_in(mine)
        assert is_signed_in(somebody)
        assert is_signed_in(browser)


def test_an_identity_of_somebody_else_is_not_there(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    (identity,) = linked(site)
    with site.another_browser() as other:
        sign_in_applicant(other, site.cases, "reg-53", "autre@exemple.fr")
        page = f"/t/reg-53/compte/identites/{identity}/delier"
        other.go("/t/reg-53/compte")
        assert other.post(page, {"_csrf_token": other.token()}).status == 404
        assert other.go(page).status == 404
        an_agent(site.cases)
        sign_in_agent(other, site.cases)
        assert other.go(f"/agents/profil/identites/{identity}/delier").status == 404
    assert linked(site) == [identity]


def test_unlinking_twice_finds_nothing_the_second_time(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    ask_to_unlink(browser)
    action, token = browser.path, browser.token()
    assert browser.post(action, {"_csrf_token": token}).path == "/t/reg-53/compte"
    assert browser.post(action, {"_csrf_token": token}).status == 404


def test_a_form_of_another_site_unlinks_nothing(site: IdentitySite, browser: Browser) -> None:
    first_time(site, browser)
    ask_to_unlink(browser)
    assert browser.post(browser.path, {"_csrf_token": "x"}).status == 403
    assert linked(site)


def test_an_agent_unlinks_from_the_profile_and_enters_by_password(site: IdentitySite, browser: Browser) -> None:
    an_agent(site.cases)
    go_through(browser, "proconnect", person="nolwenn", territory="").press("Confirmer et entrer")
    browser.go("/agents").click("Nolwenn Tanguy")
    assert browser.title == "Mon profil"
    assert browser.sees("Par mot de passe et téléphone", "Par ProConnect")
    browser.click("Délier ProConnect").press("Délier")
    assert browser.path == "/agents/profil"
    assert not browser.sees("Délier ProConnect")
    with site.another_browser() as other:
        go_through(other, "proconnect", person="nolwenn", territory="")
        assert other.path == "/agents/connexion/identite"
        assert sign_in_agent(other, site.cases).go("/agents").path == "/agents"


def test_an_agent_without_a_password_keeps_the_only_way_in(site: IdentitySite, browser: Browser) -> None:
    agent = an_agent(site.cases)
    go_through(browser, "proconnect", person="nolwenn", territory="").press("Confirmer et entrer")
    without = update(agents_table).where(agents_table.c.id == agent).values(password_hash=None)
    site.cases.store.act(lambda tx: tx.run(without))
    browser.go("/agents/profil").click("Délier ProConnect").press("Délier")
    assert browser.status == 422
    assert browser.sees("ProConnect est votre seule façon d’entrer")
    (identity,) = identities_of(site.cases, "agent", agent)
    with pytest.raises(NoOtherWayIn):
        unlink(site.cases, "agent", agent, identity.id, session_id="x")
