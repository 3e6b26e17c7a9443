"""Answers typed while a page brings its other questions at once: the page that comes back takes nothing away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from applying import PDF
from browser import PHONE, page_of
from declarations import a_library, with_change
from drafting import an_account
from guichet.services.drafts import open_draft, start_draft
from guichet.services.sessions import open_session
from guichet.web.app import create_app
from instances import an_instance
from served import free_port, served

pytestmark = pytest.mark.browser

_SCHEME = with_change(
    "      iban: {type: iban, label: IBAN}\n",
    """\
      iban: {type: iban, label: IBAN}
      avant: {type: money, label: Chiffre d'affaires avant}
      apres: {type: money, label: Chiffre d'affaires après}
      attestation: {type: attachment, label: Attestation, asked_when: avant - apres > 1 000 €}
      preuve: {type: attachment, label: Preuve}
""",
)


def held(page: Page, address: str) -> list[Route]:
    """Keeps the page's own questions on the road: nothing comes back until a test lets it."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        asked = route.request.method == "POST" and "go=refresh" in (route.request.post_data or "")
        waiting.append(route) if asked else route.continue_()

    page.route(address, hold)
    return waiting


def test_what_is_typed_while_questions_come_stays_as_it_was_typed(browser: Browser, tmp_path: Path) -> None:
    proof = tmp_path / "preuve.pdf"
    proof.write_bytes(PDF)
    with (
        an_instance(
            tmp_path / "here",
            schemes=["essai"],
            territories=["dep-74"],
            on=date(2020, 5, 20),
            library=a_library(tmp_path / "declared", _SCHEME),
            base_url="http://127.0.0.1",
        ) as cases,
        served(app := create_app(cases), free_port()) as base,
        page_of(browser, viewport=PHONE, expected=("status of 422",)) as page,
    ):
        account = an_account(cases)
        dossier = start_draft(cases, account, "essai", "dep-74")
        name = app.state.site.session_cookie("public")
        page.context.add_cookies([{"name": name, "value": open_session(cases, "applicant", account), "url": base}])
        address = f"{base}/t/dep-74/dossiers/{dossier.reference}/pages/demande"
        page.goto(address)
        waiting = held(page, address)

        page.focus("[name='avant']")
        page.keyboard.type("12 000")
        page.keyboard.press("Tab")
        page.wait_for_timeout(100)
        page.keyboard.type("3 5")
        page.set_input_files("[name='preuve']", proof)
        page.check("input[name='annule'][value='false']", force=True)
        page.focus("[name='apres']")
        page.keyboard.press("End")
        assert len(waiting) == 1
        with page.expect_response(address):
            waiting.pop().continue_()
        page.wait_for_timeout(100)
        expect(page.locator("[name='apres']")).to_have_value("3 5")
        page.keyboard.type("00,50")
        page.keyboard.press("Tab")
        page.wait_for_timeout(100)
        while waiting:
            waiting.pop().continue_()
            page.wait_for_timeout(200)

        expect(page.locator("[name='attestation']")).to_have_count(1)
        expect(page.locator("[name='avant']")).to_have_value("12 000")
        expect(page.locator("[name='apres']")).to_have_value("3 500,50")
        expect(page.locator("input[name='annule'][value='false']")).to_be_checked()
        assert page.eval_on_selector("[name='preuve']", "one => one.files.length") == 1
        page.locator("button[value='continue']").last.click()
        page.wait_for_load_state()
        answers = open_draft(cases, account, dossier.reference).answers
        assert (answers["avant"], answers["apres"]) == (12_000_00, 3_500_50)
