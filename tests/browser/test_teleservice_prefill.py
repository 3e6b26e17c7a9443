"""A page that other administrations fill, on a phone of 320 px: with a script at once, without one by its buttons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import PHONE, axe_violations, follow, page_of, screenshot_folder, scrolls_sideways, small_targets
from guichet.web.app import create_app
from prefilling import COMPANY, FIELDS, PREFILL, a_prefilling, scheme_with
from served import free_port, served
from signing_in import code_of, last_mail

pytestmark = pytest.mark.browser
EXPECTED = ("Applying inline style",) if screenshot_folder() else ()
SEARCH = """\
  annuaire:
    plugin: recherche_entreprises
    label: Cherchez votre entreprise
    fields: {siret: siret}
"""


@pytest.mark.parametrize("javascript", [False, True], ids=["no-script", "script"])
def test_a_company_found_by_its_name_fills_the_page(browser: Browser, tmp_path: Path, javascript: bool) -> None:
    port = free_port()
    with a_prefilling(tmp_path, scheme_with(PREFILL + SEARCH, FIELDS)) as at:
        cases = replace(at.cases, base_url=f"http://127.0.0.1:{port}")
        with (
            served(create_app(cases), port) as address,
            page_of(browser, viewport=PHONE, javascript=javascript, expected=EXPECTED) as page,
            page_of(browser, viewport=PHONE, expected=EXPECTED) as twin,
        ):

            def look(what: str) -> None:
                if folder := screenshot_folder():
                    page.screenshot(path=folder / f"prefill-{javascript}-{what}.png", full_page=True)
                url, content = page.url, page.content()
                twin.route(url, lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8"))
                twin.goto(url)
                twin.unroute(url)
                assert not scrolls_sideways(twin), what
                assert small_targets(twin, 24) == [], what
                assert axe_violations(twin) == [], what

            page.goto(f"{address}/t/dep-74/connexion?suite=/t/dep-74/essai/demande")
            page.fill("[name=email]", "yann@exemple.fr")
            follow(page, page.locator("main button[type=submit]"))
            page.fill("[name=code]", code_of(last_mail(cases)))
            follow(page, page.locator("main button[type=submit]").first)
            follow(page, page.get_by_role("button", name="Je commence"))
            look("blank")
            page.fill("[name='search.annuaire.text']", "essai")
            follow(page, page.get_by_role("button", name="Chercher"))
            look("found")
            page.check(f"input[value='{COMPANY}']", force=True)
            follow(page, page.get_by_role("button", name="Reprendre ce choix"))
            assert page.input_value("[name=nom]") == "SOCIETE D'ESSAI DES TRANSPORTS"
            look("filled")
            page.fill("[name=siret]", "478 464 803 00319")
            if javascript:
                page.press("[name=siret]", "Tab")
                page.wait_for_selector("[name=nom][value='CAMILLE MARTIN']")
            else:
                follow(page, page.get_by_role("button", name="Remplir avec ce numéro"))
            assert page.input_value("[name=nom]") == "CAMILLE MARTIN"
            look("another")
