"""Public pages, both sign-ins and the errors in a real browser: axe, 320 px, large targets, no script needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pyotp.totp import TOTP

from browser import PHONE, axe_violations, follow, page_of, screenshot_folder, scrolls_sideways, small_targets
from guichet.services.cases import UseCases
from guichet.services.organisations import reset_agent
from guichet.web.app import create_app
from instances import an_instance
from served import free_port, served
from signing_in import an_agent, code_of, last_mail, link_of

pytestmark = pytest.mark.browser
REFUSED = ("status of 404", "status of 422", "Applying inline style")
"""What the console may say: an answer was refused; taking a picture hides the caret by a style."""
PAGES = {
    "home": "/",
    "territory": "/t/reg-53/",
    "accessibility": "/t/reg-53/accessibilite",
    "legal": "/t/reg-53/mentions-legales",
    "data": "/t/reg-53/donnees-personnelles",
    "help": "/t/reg-53/aide",
    "address": "/t/reg-53/connexion",
    "agent-password": "/agents/connexion",
    "sandbox": "/bac-a-sable/messages",
    "missing": "/nulle-part",
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UseCases]:
    folder = tmp_path_factory.mktemp("pages")
    with an_instance(folder, schemes=["aide-simple"], territories=["reg-53", "reg-84", "dep-74"]) as made:
        yield made


@pytest.fixture(scope="module")
def site(cases: UseCases) -> Iterator[str]:
    with served(create_app(cases), free_port()) as address:
        yield address


def look(page: Page, name: str) -> None:
    """Measure the page, and keep a picture of it when a folder is named."""
    if folder := screenshot_folder():
        page.screenshot(path=Path(folder) / f"sign-in-{name}.png", full_page=True)
    assert not scrolls_sideways(page), name
    assert small_targets(page, 24) == [], name
    assert axe_violations(page) == [], name


@pytest.mark.parametrize("window", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_at_any_width(browser: Browser, site: str, name: str, window: dict[str, int]) -> None:
    with page_of(browser, viewport=window, expected=REFUSED) as page:
        page.goto(site + PAGES[name])
        look(page, f"{name}-{window['width']}")


def test_an_applicant_signs_in_on_a_phone(browser: Browser, site: str, cases: UseCases) -> None:
    with page_of(browser, viewport=PHONE, expected=REFUSED) as page:
        page.goto(f"{site}/t/reg-53/connexion")
        page.fill("[name=email]", "pas une adresse")
        follow(page, page.get_by_role("button", name="Recevoir mon code"))
        look(page, "address-error")
        page.fill("[name=email]", "camille@exemple.fr")
        follow(page, page.get_by_role("button", name="Recevoir mon code"))
        look(page, "code")
        page.fill("[name=code]", "000000")
        follow(page, page.get_by_role("button", name="Me connecter"))
        look(page, "code-error")
        mail = last_mail(cases)
        page.goto(site + "/t/" + link_of(mail).partition("/t/")[2])
        look(page, "link")
        page.goto(f"{site}/t/reg-53/connexion/code")
        page.fill("[name=code]", code_of(mail))
        follow(page, page.get_by_role("button", name="Me connecter"))
        look(page, "signed-in")
        assert page.get_by_text("camille@exemple.fr").is_visible()
        follow(page, page.get_by_role("button", name="Se déconnecter"))
        look(page, "signed-out")


def test_an_agent_enters_for_the_first_time(browser: Browser, site: str, cases: UseCases) -> None:
    an_agent(cases)
    first = reset_agent(cases, "agent@exemple.fr").password
    with page_of(browser, viewport=PHONE, expected=REFUSED) as page:
        page.goto(f"{site}/agents/connexion")
        page.fill("[name=email]", "agent@exemple.fr")
        page.fill("[name=password]", first)
        follow(page, page.get_by_role("button", name="Continuer"))
        look(page, "enrolment")
        secret = page.locator("code").inner_text().replace(" ", "")
        image = page.locator("main img")
        assert image.evaluate("node => node.complete && node.naturalWidth > 0")
        page.fill("[name=code]", TOTP(secret).at(cases.clock.now()))
        page.fill("[name=password]", "les genêts fleurissent")
        page.fill("[name=again]", "les genêts fanent")
        follow(page, page.get_by_role("button", name="Enregistrer"))
        look(page, "enrolment-error")
        page.fill("[name=code]", TOTP(secret).at(cases.clock.now()))
        page.fill("[name=password]", "les genêts fleurissent")
        page.fill("[name=again]", "les genêts fleurissent")
        follow(page, page.get_by_role("button", name="Enregistrer"))
        page.goto(f"{site}/bac-a-sable/messages")
        look(page, "sandbox-codes")
        page.context.clear_cookies()
        page.goto(f"{site}/agents/connexion")
        page.fill("[name=email]", "agent@exemple.fr")
        page.fill("[name=password]", "les genêts fleurissent")
        follow(page, page.get_by_role("button", name="Continuer"))
        look(page, "agent-code")
