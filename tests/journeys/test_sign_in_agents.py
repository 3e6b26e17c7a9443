"""An agent enters with a password and the code of a phone; guesses, replays and ended assignments stay out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from browsing import Browser, a_browser
from guichet.services.agent_files import read_agent_file
from guichet.services.cases import UseCases
from guichet.services.organisations import close_agent, first_passwords, import_agents, reset_agent
from guichet.storage import journal
from guichet.web.app import WebApp, create_app
from guichet.web.security.visits import csrf_of
from instances import an_instance
from signing_in import PASSWORD, an_agent, sign_in_agent, totp_of

EMAIL = "agent@exemple.fr"
OUTSIDE = "/agents/connexion"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53"]) as made:
        yield made


@pytest.fixture
def app(cases: UseCases) -> WebApp:
    return create_app(cases)


@pytest.fixture
def browser(app: WebApp) -> Iterator[Browser]:
    with a_browser(app) as made:
        yield made


def is_inside(browser: Browser) -> bool:
    """Whether the sign-in page sends on: it does so to who has given both factors, and to nobody else."""
    return browser.go(OUTSIDE).path != OUTSIDE


def give_password(browser: Browser, password: str = PASSWORD, email: str = EMAIL) -> Browser:
    return browser.go(OUTSIDE).fill(email=email, password=password).send()


def test_password_then_code_let_an_agent_in(cases: UseCases, browser: Browser) -> None:
    an_agent(cases)
    give_password(browser)
    assert browser.title == "Entrez le code de votre téléphone"
    assert not is_inside(browser)
    browser.go("/agents/connexion/code").fill(code=totp_of(cases)).send()
    assert is_inside(browser)


def test_a_password_alone_opens_nothing(cases: UseCases, browser: Browser) -> None:
    an_agent(cases)
    give_password(browser)
    assert not is_inside(browser)


def test_the_code_page_needs_the_password_first(cases: UseCases, browser: Browser) -> None:
    an_agent(cases)
    assert browser.go("/agents/connexion/code").path == OUTSIDE
    browser.post("/agents/connexion/code", {"_csrf_token": browser.token(), "code": totp_of(cases)})
    assert not is_inside(browser)


def test_wrong_unknown_closed_and_resting_answer_alike(cases: UseCases, app: WebApp) -> None:
    an_agent(cases)
    an_agent(cases, "ferme@exemple.fr")
    an_agent(cases, "repos@exemple.fr")
    close_agent(cases, "ferme@exemple.fr")
    with a_browser(app) as browser:
        for _ in range(5):
            give_password(browser, "mauvais mot de passe", "repos@exemple.fr")
    pages = []
    tries = [
        (EMAIL, "mauvais"),
        ("personne@exemple.fr", "x"),
        ("ferme@exemple.fr", PASSWORD),
        ("repos@exemple.fr", PASSWORD),
    ]
    for email, password in tries:
        with a_browser(app) as browser:
            page = give_password(browser, password, email)
            pages.append((page.status, page.body.replace(page.token(), "T").replace(email, "X")))
    assert len(set(pages)) == 1
    assert "Ces informations ne permettent pas d’entrer" in pages[0][1]


def test_an_account_rests_longer_and_longer(cases: UseCases, browser: Browser) -> None:
    an_agent(cases)
    for _ in range(5):
        give_password(browser, "mauvais mot de passe")
    assert give_password(browser).path == OUTSIDE
    cases.clock.advance(seconds=31)
    give_password(browser, "mauvais mot de passe")
    cases.clock.advance(seconds=31)
    assert give_password(browser).path == OUTSIDE
    cases.clock.advance(seconds=30)
    assert give_password(browser).path == "/agents/connexion/code"


def test_codes_are_not_found_by_trying(cases: UseCases, browser: Browser) -> None:
    an_agent(cases)
    give_password(browser)
    wrong = f"{(int(totp_of(cases)) + 500) % 1_000_000:06d}"
    for _ in range(4):
        browser.fill(code=wrong).send()
    browser.fill(code=totp_of(cases)).send()
    assert not is_inside(browser)


def test_a_code_serves_once_even_within_its_half_minute(cases: UseCases, app: WebApp, browser: Browser) -> None:
    an_agent(cases)
    give_password(browser)
    code = totp_of(cases)
    browser.fill(code=code).send()
    assert is_inside(browser)
    with a_browser(app) as thief:
        give_password(thief)
        thief.fill(code=code).send()
        assert not is_inside(thief)


def test_an_earlier_code_is_worth_nothing_once_a_later_one_was_used(cases: UseCases, app: WebApp) -> None:
    an_agent(cases)
    earlier = totp_of(cases)
    cases.clock.advance(seconds=30)
    with a_browser(app) as browser:
        sign_in_agent(browser, cases)
    with a_browser(app) as thief:
        give_password(thief)
        thief.fill(code=earlier).send()
        assert not is_inside(thief)


def test_the_session_changes_at_each_step(cases: UseCases, app: WebApp, browser: Browser) -> None:
    an_agent(cases)
    browser.plant("guichet-agent", "0" * 64)
    give_password(browser)
    half = browser.cookie("guichet-agent")
    browser.fill(code=totp_of(cases)).send()
    whole = browser.cookie("guichet-agent")
    assert len({half, whole, "0" * 64}) == 3
    for stale in (half, "0" * 64):
        with a_browser(app) as attacker:
            attacker.plant("guichet-agent", stale)
            assert not is_inside(attacker)


def test_an_agent_whose_assignments_have_ended_stays_out(cases: UseCases, browser: Browser) -> None:
    an_agent(cases, ends_on=date(2020, 4, 19))
    give_password(browser)
    browser.fill(code=totp_of(cases)).send()
    assert browser.sees("Votre habilitation a pris fin")
    assert not is_inside(browser)


def test_an_agent_may_still_enter_on_the_last_day(cases: UseCases, browser: Browser) -> None:
    an_agent(cases, ends_on=date(2020, 4, 20))
    sign_in_agent(browser, cases)
    assert is_inside(browser)


def test_an_agent_closed_meanwhile_is_out_within_seconds(cases: UseCases, browser: Browser) -> None:
    an_agent(cases)
    sign_in_agent(browser, cases)
    close_agent(cases, EMAIL)
    with a_browser(create_app(cases)) as elsewhere:
        elsewhere.plant("guichet-agent", browser.cookie("guichet-agent"))
        assert not is_inside(elsewhere)


def test_signing_out_closes_the_session(cases: UseCases, app: WebApp, browser: Browser) -> None:
    an_agent(cases)
    sign_in_agent(browser, cases)
    whole = browser.cookie("guichet-agent")
    browser.post("/agents/deconnexion", {"_csrf_token": csrf_of(whole)})
    assert browser.path == OUTSIDE
    browser.plant("guichet-agent", whole)
    assert not is_inside(browser)


def test_an_agent_from_a_file_chooses_password_and_phone(cases: UseCases, browser: Browser) -> None:
    content = "email;name;role;organisation;body;territory\na@exemple.fr;Nolwenn Tanguy;decider;R;collectivite;reg-53\n"
    import_agents(cases, *read_agent_file(cases, content.encode(), "agents.csv"))
    (first,) = first_passwords(cases)
    give_password(browser, first.password, "a@exemple.fr")
    assert browser.title == "Première connexion"
    secret = browser.document.xpath("string(//code)").replace(" ", "")
    assert browser.document.xpath("string(//main//img/@src)").startswith("data:image/svg+xml;base64,")
    chosen = "les genêts fleurissent en mai"
    browser.fill(code=TOTP(secret).at(cases.clock.now()), password=chosen, again=chosen).send()
    assert is_inside(browser)
    with_old = first.password
    with a_browser(create_app(cases)) as thief:
        assert give_password(thief, with_old, "a@exemple.fr").path == OUTSIDE


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("court", "court", "trop court"),
        ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "se devine"),
        ("nolwenn est mon prenom", "nolwenn est mon prenom", "se devine"),
        ("les genêts fleurissent", "les genêts fanent", "pas les mêmes"),
        ("x1" * 80, "x1" * 80, "trop long"),
        (None, None, "autre mot de passe"),
    ],
)
def test_a_weak_password_is_refused(
    cases: UseCases, browser: Browser, password: str | None, again: str | None, said: str
) -> None:
    an_agent(cases)
    first = reset_agent(cases, EMAIL).password
    give_password(browser, first)
    secret = browser.document.xpath("string(//code)").replace(" ", "")
    code = TOTP(secret).at(cases.clock.now())
    browser.fill(code=code, password=password or first, again=again or first).send()
    assert said in browser.errors()["password"]
    assert not is_inside(browser)


def test_a_first_look_at_the_phones_key_is_worth_nothing_later(cases: UseCases, app: WebApp, browser: Browser) -> None:
    an_agent(cases)
    first = reset_agent(cases, EMAIL).password
    with a_browser(app) as thief:
        give_password(thief, first)
        seen = thief.document.xpath("string(//code)").replace(" ", "")
    give_password(browser, first)
    assert browser.document.xpath("string(//code)").replace(" ", "") != seen
    browser.fill(
        code=TOTP(seen).at(cases.clock.now()), password="les genêts fleurissent", again="les genêts fleurissent"
    )
    browser.form().send()
    assert not is_inside(browser)


def test_an_enrolled_agent_is_not_enrolled_twice(cases: UseCases, browser: Browser) -> None:
    an_agent(cases)
    give_password(browser)
    assert browser.go("/agents/connexion/inscription").path == "/agents/connexion/code"
    weak = {"_csrf_token": browser.token(), "code": totp_of(cases), "password": "autre phrase", "again": "autre phrase"}
    browser.post("/agents/connexion/inscription", weak)
    assert not is_inside(browser)


def test_sign_ins_are_journaled(cases: UseCases, browser: Browser) -> None:
    agent_id = an_agent(cases)
    sign_in_agent(browser, cases)
    kinds = [(event.kind, event.subject) for event in cases.store.read(lambda tx: journal.of_subject(tx, agent_id))]
    assert kinds == [("agent_signed_in", agent_id)]
