"""Answers typed while a page brings its other questions at once: the page that comes back takes nothing away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from applying import PDF
from browser import PHONE, axe_violations, follow, page_of
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


Filling = tuple[Page, str, Callable[[], Any]]
"""The page, its address, and what its draft holds."""


def held(page: Page, address: str) -> list[Route]:
    """Keeps the page's own questions on the road: nothing comes back until a test lets it."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        asked = route.request.method == "POST" and "go=refresh" in (route.request.post_data or "")
        waiting.append(route) if asked else route.continue_()

    page.route(address, hold)
    return waiting


@contextmanager
def a_page_being_filled(browser: Browser, folder: Path, *, javascript: bool = True) -> Iterator[Filling]:
    """A phone on the page of a draft, come from the list of dossiers."""
    with (
        an_instance(
            folder / "here",
            schemes=["essai"],
            territories=["dep-74"],
            on=date(2020, 5, 20),
            library=a_library(folder / "declared", _SCHEME),
            base_url="http://127.0.0.1",
        ) as cases,
        served(app := create_app(cases), free_port()) as base,
        page_of(browser, viewport=PHONE, javascript=javascript, expected=("status of 422", "ERR_", "htmx:")) as page,
    ):
        account = an_account(cases)
        dossier = start_draft(cases, account, "essai", "dep-74")
        name = app.state.site.session_cookie("public")
        page.context.add_cookies([{"name": name, "value": open_session(cases, "applicant", account), "url": base}])
        page.goto(f"{base}/t/dep-74/dossiers")
        address = f"{base}/t/dep-74/dossiers/{dossier.reference}/pages/demande"
        page.goto(address)
        yield page, address, lambda: open_draft(cases, account, dossier.reference).answers


def test_what_is_typed_while_questions_come_stays_as_it_was_typed(browser: Browser, tmp_path: Path) -> None:
    proof = tmp_path / "preuve.pdf"
    proof.write_bytes(PDF)
    with a_page_being_filled(browser, tmp_path) as (page, address, answers):
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
        assert (answers()["avant"], answers()["apres"]) == (12_000_00, 3_500_50)


def cut(route: Route) -> None:
    """The line breaks under what is sent."""
    route.abort() if route.request.is_navigation_request() else route.continue_()


def test_without_a_network_nothing_leaves_and_the_page_says_so(browser: Browser, tmp_path: Path) -> None:
    with a_page_being_filled(browser, tmp_path) as (page, address, answers):
        page.fill("[name='avant']", "1 234")
        page.context.set_offline(True)
        page.locator("button[value='later']").click()
        expect(page.get_by_role("alert")).to_contain_text("Pas de connexion : rien n’est parti, rien n’est perdu.")
        assert axe_violations(page) == []
        page.context.set_offline(False)
        follow(page, page.locator("button[value='later']"))
        assert page.url != address
        assert answers()["avant"] == 1_234_00


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_line_cut_while_sending_leads_back_to_the_page_and_what_was_typed(
    browser: Browser, tmp_path: Path, *, javascript: bool
) -> None:
    with a_page_being_filled(browser, tmp_path, javascript=javascript) as (page, address, answers):
        page.fill("[name='avant']", "12 000")
        if javascript:
            page.fill("[name='apres']", "3")
            page.check("input[name='annule'][value='false']", force=True)
        page.wait_for_timeout(300)
        page.fill("[name='iban']", "FR76 3000")
        page.route(f"{address}*", cut)
        with page.expect_event("requestfailed"):
            page.locator("button[value='continue']").last.click(no_wait_after=True)
        page.wait_for_timeout(500)
        page.unroute(f"{address}*")
        page.go_back()

        assert page.url == address
        if javascript:
            expect(page.get_by_role("alert")).to_contain_text("Votre envoi n’est pas arrivé")
            expect(page.locator("[name='iban']")).to_have_value("FR76 3000")
            expect(page.locator("[name='attestation']")).to_have_count(1)
            expect(page.locator("input[name='annule'][value='false']")).to_be_checked()
            page.reload()
            expect(page.get_by_role("alert")).to_have_count(0)
        assert "iban" not in answers()


def test_who_signs_in_again_finds_what_they_sent_after_their_session_was_over(browser: Browser, tmp_path: Path) -> None:
    with a_page_being_filled(browser, tmp_path) as (page, address, answers):
        cookies = page.context.cookies()
        page.fill("[name='iban']", "FR76 3000")
        page.context.clear_cookies()
        follow(page, page.locator("button[value='continue']").last)
        expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
        page.fill("input[type=email]", "anne@exemple.fr")
        follow(page, page.get_by_role("button", name="Recevoir mon code"))
        page.context.add_cookies([one for one in cookies if one["name"] != "guichet-lang"])
        page.goto(address)

        expect(page.get_by_role("alert")).to_contain_text("Votre envoi n’est pas arrivé")
        expect(page.locator("[name='iban']")).to_have_value("FR76 3000")
        page.reload()
        expect(page.locator("[name='iban']")).to_have_value("")
        assert "iban" not in answers()
