"""ProConnect: agents already known here, professionals it certifies, what agents then read, and when it is dead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from applying import IBAN, SIRET
from browsing import Browser
from guichet.services.agent_sign_in import give_first_password
from guichet.storage import agents, identities, journal
from identity_site import (
    IdentitySite,
    an_identity_site,
    code_for,
    come_back,
    departure_of,
    go_through,
    is_signed_in,
    leave_for,
    query_of,
)
from signing_in import an_agent, code_of, last_mail, sign_in_agent, totp_of

AGENT = "agent@exemple.fr"


@contextmanager
def a_site(folder: Path, **options: str) -> Iterator[IdentitySite]:
    with an_identity_site(folder, ["proconnect"], options={"proconnect": options}) as made:
        yield made


@pytest.fixture
def site(tmp_path: Path) -> Iterator[IdentitySite]:
    with a_site(tmp_path) as made:
        an_agent(made.cases)
        yield made


@pytest.fixture
def browser(site: IdentitySite) -> Browser:
    return site.browser


def through(browser: Browser, person: str = "nolwenn", **options: str) -> Browser:
    return go_through(browser, "proconnect", person=person, territory="", **options)


def is_at_work(browser: Browser) -> bool:
    return browser.go("/agents").path == "/agents"


def first_time(browser: Browser, person: str = "nolwenn", **options: str) -> Browser:
    through(browser, person, **options)
    return browser.press("Confirmer et entrer")


def test_an_agent_confirms_once_and_then_comes_straight_in(site: IdentitySite, browser: Browser) -> None:
    through(browser)
    assert browser.path == "/agents/connexion/identite"
    assert browser.sees("Confirmez que c’est vous", "Selon ProConnect", "Nolwenn", "Tanguy", AGENT)
    assert not is_at_work(browser)
    browser.go("/agents/connexion/identite").press("Confirmer et entrer")
    assert is_at_work(browser)
    with site.another_browser() as other:
        through(other)
        assert other.path == "/agents"
        agent = an_agent(site.cases)
        kinds = [event.kind for event in site.cases.store.read(lambda tx: list(journal.of_subject(tx, agent)))]
        assert kinds.count("identity_linked") == 1
        assert kinds.count("agent_signed_in") == 2


def test_an_agent_is_asked_nothing_that_proconnect_does_not_know(browser: Browser) -> None:
    asked = query_of(leave_for(browser, "proconnect", ""))
    assert set(asked) == {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims"}
    assert asked["redirect_uri"].endswith("/agents/connexion/proconnect/retour")


def test_proconnect_refuses_a_parameter_it_does_not_know(tmp_path: Path) -> None:
    with a_site(tmp_path, pkce="true") as site:
        departure = leave_for(site.browser, "proconnect", "")
        reply = httpx.get(f"{departure}&{urlencode({'_person': 'nolwenn'})}")
        assert reply.status_code == 400
        assert "Y000400" in reply.text
        assert "code_challenge" in reply.text


def test_without_two_factors_there_the_phone_is_asked_here(site: IdentitySite, browser: Browser) -> None:
    an_agent(site.cases, "malo@exemple.fr", name="Malo Riou")
    first_time(browser, "malo")
    assert browser.path == "/agents/connexion/code"
    assert not is_at_work(browser)
    browser.go("/agents/connexion/code").fill(code="000000").send()
    assert not is_at_work(browser)
    browser.go("/agents/connexion/code").fill(code=totp_of(site.cases)).send()
    assert is_at_work(browser)
    assert departure_of(browser.press("Se déconnecter")), "the session that followed the phone leaves ProConnect too"


def test_what_counts_as_two_factors_is_a_setting(tmp_path: Path) -> None:
    with a_site(tmp_path, strong="eidas2") as site:
        an_agent(site.cases)
        first_time(site.browser)
        assert site.browser.path == "/agents/connexion/code"
    with a_site(tmp_path / "other", strong="pwd") as site:
        an_agent(site.cases, "malo@exemple.fr")
        first_time(site.browser, "malo")
        assert is_at_work(site.browser)


def test_who_has_no_phone_here_yet_begins_by_the_password(site: IdentitySite, browser: Browser) -> None:
    agent = an_agent(site.cases, "malo@exemple.fr")
    site.cases.store.act(lambda tx: give_first_password(site.cases, tx, agent))
    first_time(browser, "malo")
    assert browser.status == 400
    assert browser.sees("un seul facteur", "enregistrer votre téléphone")
    assert not is_at_work(browser)


@pytest.mark.parametrize("email", ["inconnu@exemple.fr", "camille@exemple.fr"])
def test_proconnect_makes_no_agents(site: IdentitySite, browser: Browser, email: str) -> None:
    through(browser, email=email)
    assert browser.status == 400
    assert browser.sees("Aucun agent de ce service ne porte cette adresse")
    assert not browser.cookie("guichet-arrivee")
    assert site.cases.store.read(lambda tx: agents.by_email(tx, email)) is None


def test_an_agent_who_left_does_not_come_in(site: IdentitySite, browser: Browser) -> None:
    agent = an_agent(site.cases)
    first_time(browser)
    site.cases.store.act(lambda tx: agents.set_active(tx, agent, active=False))
    with site.another_browser() as other:
        through(other)
        assert other.status == 400
        assert not is_at_work(other)


def test_an_agent_who_left_is_not_linked(site: IdentitySite, browser: Browser) -> None:
    agent = an_agent(site.cases)
    through(browser)
    site.cases.store.act(lambda tx: agents.set_active(tx, agent, active=False))
    browser.post("/agents/connexion/identite", {"_csrf_token": browser.token()})
    assert browser.status == 400
    assert site.cases.store.read(lambda tx: identities.of_person(tx, "agent", agent)) == []


def test_another_person_with_the_agents_address_does_not_come_in(site: IdentitySite, browser: Browser) -> None:
    """Addresses are given again to newcomers; the first identity stays the only one."""
    first_time(browser)
    with site.another_browser() as other:
        through(other, email=AGENT)
        assert other.status == 400
        assert not is_at_work(other)


def test_an_address_that_changes_there_changes_nothing_here(site: IdentitySite, browser: Browser) -> None:
    first_time(browser)
    site.standins["proconnect"].lies.userinfo_claims = {"email": "autre@exemple.fr"}
    with site.another_browser() as other:
        through(other)
        assert is_at_work(other)


def test_a_confirmation_is_asked_of_the_browser_that_arrived(site: IdentitySite, browser: Browser) -> None:
    through(browser)
    with site.another_browser() as other:
        other.go("/agents/connexion")
        other.post("/agents/connexion/identite", {"_csrf_token": other.token()})
        assert other.status == 400
        assert not is_at_work(other)
    browser.post("/agents/connexion/identite", {})
    assert browser.status == 403
    agent = an_agent(site.cases)
    assert site.cases.store.read(lambda tx: identities.of_person(tx, "agent", agent)) == []


def test_a_confirmation_serves_once(site: IdentitySite, browser: Browser) -> None:
    through(browser)
    arrival = browser.cookie("guichet-arrivee")
    browser.press("Confirmer et entrer")
    with site.another_browser() as other:
        other.go("/agents/connexion")
        other.plant("guichet-arrivee", arrival)
        other.post("/agents/connexion/identite", {"_csrf_token": other.token()})
        assert other.status == 400
        assert not is_at_work(other)


def test_an_agents_sign_in_opens_no_applicants_session(site: IdentitySite, browser: Browser) -> None:
    first_time(browser)
    assert not is_signed_in(browser)
    assert browser.go("/connexion/proconnect/retour?code=x&state=y").status == 400


def test_an_agent_leaves_proconnect_too(site: IdentitySite, browser: Browser) -> None:
    first_time(browser)
    departure = departure_of(browser.press("Se déconnecter"))
    assert not is_at_work(browser)
    back = httpx.get(departure).headers["location"]
    assert come_back(browser, back).path == "/agents/connexion"
    assert browser.sees("Vous êtes déconnecté")
    (left,) = site.standins["proconnect"].left
    assert left["post_logout_redirect_uri"].endswith("/agents/connexion/proconnect/deconnecte")


def test_the_password_way_remains_beside_it(site: IdentitySite, browser: Browser) -> None:
    sign_in_agent(browser, site.cases)
    assert is_at_work(browser)


# Professionals


def test_without_settings_for_them_professionals_are_offered_nothing(browser: Browser) -> None:
    assert "S’identifier avec ProConnect" not in browser.go("/t/reg-53/connexion").body
    posted = {"_csrf_token": browser.token()}
    assert browser.post("/t/reg-53/connexion/avec/proconnect", posted).status == 404


def a_professional(site: IdentitySite, *, siret: str = "") -> Browser:
    """Sign a certified representative in, for the establishment of a SIRET."""
    if siret:
        site.standins["proconnect"].lies.userinfo_claims = {"siret": siret}
    go_through(site.browser, "proconnect", person="dirigeante")
    site.browser.fill().send()
    return site.browser.fill(code=code_of(last_mail(site.cases))).send()


def files_a_dossier(browser: Browser) -> str:
    """File a dossier of the simple scheme and give its reference."""
    browser.go("/t/reg-53/aide-simple/demande").form(action="/demande").send()
    browser.fill(nom="Boulangerie Le Goff", siret=SIRET, effectif="2").send("Enregistrer et continuer")
    browser.fill(titulaire="BOULANGERIE LE GOFF", iban=IBAN).send("Enregistrer et continuer")
    browser.form().fill({"attested": ["sincerite"]}).send()
    assert browser.path.endswith("/accuse"), (browser.path, browser.text)
    return browser.path.split("/")[-2]


def read_by_an_agent(site: IdentitySite, reference: str) -> Browser:
    an_agent(site.cases, role="instructor")
    other = site.another_browser()
    sign_in_agent(other, site.cases)
    return other.go(f"/agents/dossiers/{reference}")


@pytest.mark.parametrize(
    ("siret", "said"),
    [(SIRET.replace(" ", ""), "C’est l’entreprise du dossier."), ("55204944776279", "Ce n’est pas l’entreprise")],
)
def test_agents_read_who_filed_and_for_whom_proconnect_vouches(tmp_path: Path, siret: str, said: str) -> None:
    with a_site(tmp_path, audience="both") as site:
        reference = files_a_dossier(a_professional(site, siret=siret))
        page = read_by_an_agent(site, reference)
        assert page.sees("Déposé par", "Soizic Morvan, selon ProConnect", "certification-dirigeant")
        assert page.sees(f"représente légalement l’établissement {siret}", said)


def test_of_who_signed_in_by_mail_nothing_is_claimed(tmp_path: Path) -> None:
    """The account is linked; this session, opened by mail, proves nothing of the kind."""
    with a_site(tmp_path, audience="both") as site:
        a_professional(site)
        with site.another_browser() as by_mail:
            by_mail.go("/t/reg-53/connexion").fill(email="soizic@exemple.fr").send()
            by_mail.fill(code=code_of(last_mail(site.cases))).send()
            reference = files_a_dossier(by_mail)
        page = read_by_an_agent(site, reference)
        assert page.status == 200
        assert not page.sees("Déposé par")


def test_without_certification_a_professional_is_told_what_is_missing(tmp_path: Path) -> None:
    with a_site(tmp_path, audience="both") as site:
        go_through(site.browser, "proconnect", person="malo")
        assert site.browser.status == 400
        assert site.browser.sees("n’atteste pas que vous représentez légalement votre entreprise")
        assert site.browser.links()["Se connecter par courriel"] == "/t/reg-53/connexion"
        assert not is_signed_in(site.browser)


def test_a_certification_claimed_outside_the_identity_token_is_none(tmp_path: Path) -> None:
    with a_site(tmp_path, audience="both") as site:
        certified = "https://proconnect.gouv.fr/assurance/certification-dirigeant"
        site.standins["proconnect"].lies.userinfo_claims = {"acr": certified}
        go_through(site.browser, "proconnect", person="malo")
        assert site.browser.status == 400
        with site.sabotaged("acr") as sabotaged:
            go_through(sabotaged, "proconnect", person="malo")
            assert sabotaged.path == "/t/reg-53/connexion/identite"


# Dead or lying


@pytest.mark.parametrize("fault", ["5xx", "reset", "bad_json", "error_in_200", "429"])
def test_a_dead_provider_leaves_the_other_ways(tmp_path: Path, fault: str) -> None:
    with a_site(tmp_path, audience="both") as site:
        site.served["proconnect"].fail(fault)
        browser = site.browser.go("/t/reg-53/connexion")
        browser.form(action="avec/proconnect").send()
        assert browser.status == 503, fault
        assert browser.links()["Se connecter par courriel"] == "/t/reg-53/connexion"
        browser.go("/t/reg-53/connexion").fill(email="camille@exemple.fr").send()
        browser.fill(code=code_of(last_mail(site.cases))).send()
        assert is_signed_in(browser)


def test_nobody_is_sent_to_a_provider_that_died_a_minute_ago(site: IdentitySite, browser: Browser) -> None:
    leave_for(browser, "proconnect", "")
    site.served["proconnect"].fail("5xx")
    site.cases.clock.advance(seconds=61)  # type: ignore[attr-defined]  the clock of the tests moves
    browser.go("/agents/connexion").form(action="avec/proconnect").send()
    assert browser.status == 503
    assert browser.links()["Se connecter par mot de passe"] == "/agents/connexion"


def test_a_provider_that_dies_on_the_way_says_so(site: IdentitySite, browser: Browser) -> None:
    back = code_for(leave_for(browser, "proconnect", ""), "nolwenn")
    site.served["proconnect"].fail("5xx")
    come_back(browser, back)
    assert browser.status == 503
    assert browser.sees("ne répond pas pour le moment")
    assert browser.links()["Se connecter par mot de passe"] == "/agents/connexion"


def test_signing_out_does_not_wait_for_a_dead_provider(site: IdentitySite, browser: Browser) -> None:
    first_time(browser)
    site.cases.clock.advance(minutes=20)  # type: ignore[attr-defined]  the clock of the tests moves
    site.served["proconnect"].fail("5xx")
    with site.sabotaged() as fresh:  # a process that remembers nothing of the provider
        for name, value in dict(browser.client.cookies).items():
            fresh.plant(name, value)
        fresh.go("/agents").press("Se déconnecter")
        assert fresh.path == "/agents/connexion"
        assert not is_at_work(fresh)


def test_a_provider_whose_settings_are_gone_is_no_longer_offered(site: IdentitySite) -> None:
    bare = IdentitySite(replace(site.cases, services={}), site.browser)
    with bare.another_browser() as browser:
        assert "ProConnect" not in browser.go("/agents/connexion").body
        assert browser.go("/agents/connexion/proconnect/retour?code=x&state=y").status == 404


@pytest.mark.parametrize(
    ("said", "addresses", "found"),
    [
        (True, "verified", True),
        (False, "verified", False),
        (None, "verified", False),
        ("true", "verified", False),
        (1, "verified", False),
        (None, "vouched", True),
        (False, "vouched", False),
    ],
)
def test_an_address_finds_an_agent_only_when_the_provider_answers_for_it(
    tmp_path: Path, said: object, addresses: str, found: bool
) -> None:
    options = {"oidc": {"audience": "agent", "addresses": addresses}}
    with an_identity_site(tmp_path, ["oidc"], options=options) as site:
        an_agent(site.cases, email="camille@exemple.fr")
        site.standins["oidc"].lies.userinfo_claims["email_verified"] = said
        go_through(site.browser, "oidc", territory="")
        assert site.browser.status == (200 if found else 400)
        assert site.browser.sees("Confirmer et entrer") == found


def test_proconnect_is_believed_for_addresses_unless_the_operator_asks_for_more(tmp_path: Path) -> None:
    for addresses, found in (("vouched", True), ("verified", False)):
        with a_site(tmp_path / addresses, addresses=addresses) as site:
            an_agent(site.cases)
            through(site.browser)
            assert site.browser.sees("Confirmer et entrer") == found
