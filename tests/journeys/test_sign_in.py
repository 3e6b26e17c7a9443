"""An applicant signs in by the code or the link of a mail, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from browsing import Browser, a_browser
from guichet.services.cases import UseCases
from guichet.services.sign_in import CODE_ATTEMPTS, send_sign_in
from guichet.storage import sessions
from guichet.web.app import WebApp, create_app
from instances import an_instance, run_duties
from signing_in import an_agent, code_of, last_mail, link_of, mails, sign_in_agent, sign_in_applicant

EMAIL = "camille@exemple.fr"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53", "reg-84"]) as made:
        yield made


@pytest.fixture
def app(cases: UseCases) -> WebApp:
    return create_app(cases)


@pytest.fixture
def browser(app: WebApp) -> Iterator[Browser]:
    with a_browser(app) as made:
        yield made


def ask(browser: Browser, email: str = EMAIL) -> Browser:
    browser.go("/t/reg-53/connexion")
    return browser.fill(email=email).send()


def is_signed_in(browser: Browser) -> bool:
    return browser.go("/t/reg-53/").sees(f"Connecté : {EMAIL}")


def test_the_code_of_the_mail_signs_in(cases: UseCases, browser: Browser) -> None:
    browser.go("/t/reg-53/").click("Se connecter")
    browser.fill(email=" Camille@Exemple.FR ").send()
    assert browser.title == "Entrez le code reçu"
    assert browser.sees(EMAIL, "Corriger")
    code = code_of(last_mail(cases))
    browser.fill(code=f"{code[:3]} {code[3:]}").send()
    assert browser.path == "/t/reg-53/"
    assert browser.sees(f"Connecté : {EMAIL}")


def test_the_link_of_the_mail_signs_in_on_another_device(cases: UseCases, app: WebApp, browser: Browser) -> None:
    ask(browser)
    with a_browser(app) as phone:
        phone.go(urlsplit(link_of(last_mail(cases))).path)
        phone.press("Me connecter")
        assert is_signed_in(phone)
    assert not is_signed_in(browser)


def test_programs_that_open_the_links_of_mails_use_nothing_up(cases: UseCases, app: WebApp, browser: Browser) -> None:
    ask(browser)
    mail = last_mail(cases)
    with a_browser(app) as scanner:
        for _ in range(5):
            scanner.go(urlsplit(link_of(mail)).path)
            scanner.client.head(urlsplit(link_of(mail)).path)
        assert not is_signed_in(scanner)
    browser.fill(code=code_of(mail)).send()
    assert is_signed_in(browser)


def test_the_page_asked_for_comes_after_sign_in(cases: UseCases, browser: Browser) -> None:
    sign_in_applicant(browser, cases, "reg-53", EMAIL, then="/t/reg-84/aide?a=1")
    assert browser.url == "/t/reg-84/aide?a=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://mechant.example/",
        "//mechant.example",
        "/\\mechant.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
    ],
)
def test_sign_in_leads_to_no_other_site(cases: UseCases, browser: Browser, elsewhere: str) -> None:
    sign_in_applicant(browser, cases, "reg-53", EMAIL, then=elsewhere)
    assert browser.url == "/t/reg-53/"
    assert "x" not in browser.client.cookies


def test_the_address_can_be_corrected(browser: Browser) -> None:
    ask(browser, "camile@exemple.fr").click("Corriger")
    assert browser.form().element.fields["email"] == "camile@exemple.fr"


@pytest.mark.parametrize(
    "address",
    [
        "camille",
        "camille@",
        "a@b",
        "a b@exemple.fr",
        "a@exemple.fr\nBcc: tous@exemple.fr",
        "a@exemple.fr\r\n\r\nTexte",
        "a@exemple.fr,b@exemple.fr",
        "<a@exemple.fr>",
        "a@exemple..fr",
        "é@exemple.fr",
        "x" * 300 + "@exemple.fr",
    ],
)
def test_what_is_not_an_address_gets_no_mail(cases: UseCases, browser: Browser, address: str) -> None:
    browser.go("/t/reg-53/connexion")
    browser.post("/t/reg-53/connexion", {"_csrf_token": browser.token(), "email": address})
    assert browser.status == 422
    assert "adresse électronique complète" in browser.errors()["email"]
    assert mails(cases) == []


def test_a_code_serves_once(cases: UseCases, app: WebApp, browser: Browser) -> None:
    ask(browser)
    code = code_of(last_mail(cases))
    asked = browser.cookie("guichet-connexion")
    browser.fill(code=code).send()
    with a_browser(app) as thief:
        thief.plant("guichet-connexion", asked)
        thief.go("/t/reg-53/connexion")
        thief.post("/t/reg-53/connexion/code", {"_csrf_token": thief.token(), "code": code})
        assert not is_signed_in(thief)


def test_a_link_serves_once(cases: UseCases, app: WebApp, browser: Browser) -> None:
    ask(browser)
    path = urlsplit(link_of(last_mail(cases))).path
    browser.go(path).press("Me connecter")
    with a_browser(app) as thief:
        thief.go(path).press("Me connecter")
        assert thief.status == 410
        assert thief.sees("Ce lien a déjà servi")
        assert not is_signed_in(thief)


def test_code_and_link_are_one_key(cases: UseCases, app: WebApp, browser: Browser) -> None:
    ask(browser)
    mail = last_mail(cases)
    browser.fill(code=code_of(mail)).send()
    with a_browser(app) as thief:
        thief.go(urlsplit(link_of(mail)).path).press("Me connecter")
        assert not is_signed_in(thief)


def test_a_code_lives_fifteen_minutes(cases: UseCases, browser: Browser) -> None:
    ask(browser)
    code = code_of(last_mail(cases))
    cases.clock.advance(minutes=15)
    browser.fill(code=code).send()
    assert browser.sees("Ce code ne peut plus servir")
    assert not is_signed_in(browser)


def test_codes_are_not_found_by_trying(cases: UseCases, browser: Browser) -> None:
    ask(browser)
    code = code_of(last_mail(cases))
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    left = []
    for _ in range(CODE_ATTEMPTS):
        browser.fill(code=wrong).send()
        left.append(browser.errors()["code"])
    assert "Il vous reste 4 essais" in left[0]
    assert "Il vous reste 1 essai." in left[-2]
    assert "ne peut plus servir" in left[-1]
    browser.fill(code=code).send()
    assert not is_signed_in(browser)


def test_a_code_serves_only_the_browser_that_asked(cases: UseCases, app: WebApp, browser: Browser) -> None:
    ask(browser)
    code = code_of(last_mail(cases))
    with a_browser(app) as other:
        other.go("/t/reg-53/connexion")
        other.post("/t/reg-53/connexion/code", {"_csrf_token": other.token(), "code": code})
        assert not is_signed_in(other)


def test_mails_to_one_address_are_limited(cases: UseCases, browser: Browser) -> None:
    for _ in range(5):
        assert ask(browser).title == "Entrez le code reçu"
    assert ask(browser).status == 429
    assert browser.response.headers["retry-after"]
    assert ask(browser, "autre@exemple.fr").title == "Entrez le code reçu"
    assert len(mails(cases)) == 6
    cases.clock.advance(minutes=15)
    assert ask(browser).title == "Entrez le code reçu"


def test_the_answer_is_the_same_with_and_without_an_account(cases: UseCases, app: WebApp) -> None:
    with a_browser(app) as known:
        sign_in_applicant(known, cases, "reg-53", EMAIL)
    pages = []
    for email in (EMAIL, "nouvelle@exemple.fr"):
        with a_browser(app) as browser:
            page = ask(browser, email)
            body = page.body.replace(email, "X").replace(email.replace("@", "%40"), "X").replace(page.token(), "T")
            pages.append((page.status, body))
    assert pages[0] == pages[1]


def test_no_code_lies_in_the_database(cases: UseCases, browser: Browser) -> None:
    ask(browser)
    mail = last_mail(cases)
    link = urlsplit(link_of(mail)).path.rpartition("/")[2]
    dump = b"".join(path.read_bytes() for path in cases.folder.glob("*.sqlite3*"))
    assert EMAIL.encode() in dump
    assert code_of(mail).encode() not in dump
    assert link.encode() not in dump


def test_a_mail_written_again_has_a_fresh_key(cases: UseCases, browser: Browser) -> None:
    ask(browser)
    payload = {"sign_in": browser.cookie("guichet-connexion"), "territory": "reg-53", "language": "fr"}
    run_duties(cases)
    send_sign_in(cases, payload)
    first, second = (path.read_text() for path in mails(cases))
    browser.fill(code=code_of(first.partition("\n\n")[2])).send()
    assert "n’est pas le bon" in browser.errors()["code"]
    browser.fill(code=code_of(second.partition("\n\n")[2])).send()
    assert is_signed_in(browser)


def test_a_session_planted_before_sign_in_is_worth_nothing_after(
    cases: UseCases, app: WebApp, browser: Browser
) -> None:
    planted = "0" * 64
    browser.plant("guichet", planted)
    sign_in_applicant(browser, cases, "reg-53", EMAIL)
    assert is_signed_in(browser)
    with a_browser(app) as attacker:
        attacker.plant("guichet", planted)
        assert not is_signed_in(attacker)


def test_signing_in_again_closes_the_session_before(cases: UseCases, app: WebApp, browser: Browser) -> None:
    sign_in_applicant(browser, cases, "reg-53", EMAIL)
    first = browser.cookie("guichet")
    ask_again = browser.go("/t/reg-53/connexion")
    assert ask_again.path == "/t/reg-53/"
    browser.press("Se déconnecter")
    assert browser.sees("Vous êtes déconnecté.")
    with a_browser(app) as other:
        other.plant("guichet", first)
        assert not is_signed_in(other)


def test_a_session_ends_by_idleness_and_by_age(cases: UseCases, app: WebApp, browser: Browser) -> None:
    sign_in_applicant(browser, cases, "reg-53", EMAIL)
    with a_browser(create_app(cases)) as elsewhere:  # another process, which remembers nothing
        elsewhere.plant("guichet", browser.cookie("guichet"))
        for _ in range(14):
            cases.clock.advance(minutes=50)
            alive = is_signed_in_fresh(cases, browser.cookie("guichet"))
            assert alive
        cases.clock.advance(minutes=50)
        assert not is_signed_in(elsewhere)


def test_an_idle_session_is_over(cases: UseCases, browser: Browser) -> None:
    sign_in_applicant(browser, cases, "reg-53", EMAIL)
    cases.clock.advance(minutes=61)
    assert not is_signed_in_fresh(cases, browser.cookie("guichet"))


def is_signed_in_fresh(cases: UseCases, session_id: str) -> bool:
    """Ask through an application that has just started and remembers no session."""
    with a_browser(create_app(cases)) as browser:
        browser.plant("guichet", session_id)
        return is_signed_in(browser)


def test_only_the_digest_of_a_session_is_kept(cases: UseCases, browser: Browser) -> None:
    sign_in_applicant(browser, cases, "reg-53", EMAIL)
    dump = b"".join(path.read_bytes() for path in cases.folder.glob("*.sqlite3*"))
    assert browser.cookie("guichet").encode() not in dump
    assert cases.store.read(lambda tx: sessions.by_hash(tx, browser.cookie("guichet"))) is None


def test_an_agents_session_opens_nothing_for_an_applicant(cases: UseCases, app: WebApp) -> None:
    an_agent(cases)
    with a_browser(app) as agent, a_browser(app) as other:
        sign_in_agent(agent, cases)
        other.plant("guichet", agent.cookie("guichet-agent"))
        assert "Connecté" not in other.go("/t/reg-53/").whole_text


def test_sandbox_messages_are_shown_and_a_live_site_has_none(cases: UseCases, browser: Browser, tmp_path: Path) -> None:
    ask(browser)
    code = code_of(last_mail(cases))
    assert browser.go("/bac-a-sable/messages").sees(code, EMAIL)
    with an_instance(tmp_path / "live", mode="live") as live, a_browser(create_app(live)) as elsewhere:
        assert elsewhere.go("/bac-a-sable/messages").status == 404
