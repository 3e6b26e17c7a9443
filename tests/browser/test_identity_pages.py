"""Sign-in through providers in a real browser: the whole way there and back, on a phone without script, axe, 320 px."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser import (
    DESK,
    PHONE,
    axe_violations,
    follow,
    page_of,
    screenshot_folder,
    scrolls_sideways,
    small_targets,
)
from guichet.web.app import create_app
from identity_site import IdentitySite, an_identity_site
from served import free_port, served
from signing_in import an_agent, code_of, last_mail

pytestmark = pytest.mark.browser
REFUSED = ("status of 400", "status of 422", "status of 503", "status of 404", "Applying inline style")
WINDOWS = [PHONE, DESK]


@dataclass(frozen=True)
class Place:
    site: IdentitySite
    address: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    port = free_port()
    folder = tmp_path_factory.mktemp("providers")
    both = {"proconnect": {"audience": "both"}}
    where = f"http://127.0.0.1:{port}"
    with (
        an_identity_site(folder, ["franceconnect", "proconnect"], options=both, base_url=where) as site,
        served(create_app(site.cases), port) as address,
    ):
        an_agent(site.cases)
        yield Place(site, address)


def look(page: Page, name: str) -> None:
    """Measure the page with scripts (axe needs them), and keep a picture of it when a folder is named."""
    if folder := screenshot_folder():
        page.screenshot(path=Path(folder) / f"identity-{name}.png", full_page=True)
    assert not scrolls_sideways(page), name
    assert small_targets(page, 24) == [], name
    assert axe_violations(page) == [], name


@pytest.mark.parametrize("window", WINDOWS, ids=["phone", "desk"])
def test_every_page_of_the_way_is_accessible(browser: Browser, place: Place, window: dict[str, int]) -> None:
    width = window["width"]
    email = f"ecran-{width}@exemple.fr"
    with page_of(browser, viewport=window, expected=REFUSED) as page:
        page.goto(f"{place.address}/t/reg-53/connexion")
        look(page, f"buttons-{width}")
        page.get_by_role("button", name="S’identifier avec FranceConnect").click()
        page.wait_for_url("**/authorize**")
        page.fill("[name=_email]", email)
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/connexion/identite")
        look(page, f"arrival-{width}")
        page.fill("[name=email]", "pas une adresse")
        follow(page, page.get_by_role("button", name="Recevoir mon code"))
        page.fill("[name=email]", email)
        follow(page, page.get_by_role("button", name="Recevoir mon code"))
        look(page, f"code-{width}")
        page.fill("[name=code]", code_of(last_mail(place.site.cases)))
        page.get_by_role("button", name="Me connecter").click()
        page.wait_for_url("**/t/reg-53/")
        page.goto(f"{place.address}/t/reg-53/dossiers")
        look(page, f"account-{width}")
        page.get_by_role("button", name="Se déconnecter").click()
        page.wait_for_url("**/t/reg-53/")
        assert page.get_by_text("Vous êtes déconnecté").is_visible()


def test_an_identity_is_unlinked_on_a_narrow_phone(browser: Browser, place: Place) -> None:
    narrow = {"width": 320, "height": 640}
    with page_of(browser, viewport=narrow, expected=REFUSED) as page:
        page.goto(f"{place.address}/t/reg-53/connexion")
        page.get_by_role("button", name="S’identifier avec FranceConnect").click()
        page.wait_for_url("**/authorize**")
        page.fill("[name=_email]", "delie@exemple.fr")
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/connexion/identite")
        follow(page, page.get_by_role("button", name="Recevoir mon code"))
        page.fill("[name=code]", code_of(last_mail(place.site.cases)))
        page.get_by_role("button", name="Me connecter").click()
        page.wait_for_url("**/t/reg-53/")
        page.goto(f"{place.address}/t/reg-53/compte")
        look(page, "ways-in-320")
        follow(page, page.get_by_role("link", name="Délier FranceConnect"))
        look(page, "unlink-320")
        follow(page, page.get_by_role("button", name="Délier"))
        assert page.get_by_text("FranceConnect n’est plus relié à ce compte").is_visible()
        look(page, "unlinked-320")


@pytest.mark.parametrize("window", WINDOWS, ids=["phone", "desk"])
def test_the_pages_that_say_no_are_accessible(browser: Browser, place: Place, window: dict[str, int]) -> None:
    with page_of(browser, viewport=window, expected=REFUSED) as page:
        page.goto(f"{place.address}/connexion/franceconnect/retour?code=x&state=y")
        look(page, f"refused-{window['width']}")
        page.goto(f"{place.address}/agents/connexion")
        look(page, f"agents-{window['width']}")
        page.get_by_role("button", name="S’identifier avec ProConnect").click()
        page.wait_for_url("**/authorize**")
        page.get_by_role("button", name="Malo Riou").click()
        page.wait_for_url("**/agents/connexion/proconnect/retour**")
        look(page, f"no-agent-{window['width']}")


def test_an_agent_confirms_in_a_browser(browser: Browser, place: Place) -> None:
    with page_of(browser, expected=REFUSED) as page:
        page.goto(f"{place.address}/agents/connexion")
        page.get_by_role("button", name="S’identifier avec ProConnect").click()
        page.wait_for_url("**/authorize**")
        page.get_by_role("button", name="Nolwenn Tanguy").click()
        page.wait_for_url("**/agents/connexion/identite")
        look(page, "confirm")
        page.get_by_role("button", name="Confirmer et entrer").click()
        page.wait_for_url("**/agents")
        page.get_by_role("button", name="Se déconnecter").click()
        page.wait_for_url("**/agents/connexion")
        assert page.get_by_text("Vous êtes déconnecté").is_visible()


def test_a_phone_without_scripts_goes_there_and_back(browser: Browser, place: Place) -> None:
    """Our policy forbids forms to lead elsewhere: the page between opens the provider by itself, without a script."""
    with page_of(browser, viewport=PHONE, javascript=False, expected=REFUSED) as page:
        page.goto(f"{place.address}/t/reg-53/connexion")
        page.get_by_role("button", name="S’identifier avec FranceConnect").click()
        page.wait_for_url("**/authorize**")
        page.fill("[name=_email]", "sans-script@exemple.fr")
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/connexion/identite")
        follow(page, page.get_by_role("button", name="Recevoir mon code"))
        page.fill("[name=code]", code_of(last_mail(place.site.cases)))
        page.get_by_role("button", name="Me connecter").click()
        page.wait_for_url("**/t/reg-53/")
        page.get_by_role("button", name="Se déconnecter").click()
        page.wait_for_url("**/t/reg-53/")
        assert page.get_by_text("Vous êtes déconnecté").is_visible()
