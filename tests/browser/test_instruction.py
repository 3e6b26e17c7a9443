"""Agents at their desk and on a phone, in a real Chromium: every page is accessible, fits, and works by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser import (
    DESK,
    PHONE,
    axe_violations,
    chromium,
    follow,
    page_of,
    screenshot_folder,
    scrolls_sideways,
    small_targets,
)
from databases import SteppedClock
from guichet.services.decisions import decide_all
from guichet.services.helpdesk import note_call
from guichet.services.messages import write_as_agent
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.services.sessions import open_session
from guichet.storage import dossiers
from guichet.web.app import create_app
from instructing import dossiers_to_instruct, head_of_act, instructing, selected
from served import free_port, served
from worked import DAY

pytestmark = pytest.mark.browser
TABLE = "/agents/t/reg-53/fds-volet-2"
OPINION = f"{TABLE}?phase=instruction&etape=opinion&a_completer=non"
DECISION = f"{TABLE}?phase=instruction&etape=decision&a_completer=non"
UNFAVOURABLE = Answers(False, checks={"pret_raisonnable": False}, reasons={"pret_raisonnable": "sans_rapport_besoin"})


@dataclass
class Office:
    """A running site with a stock of dossiers, and who works there."""

    base: str
    cookie: str
    sessions: dict[str, str]
    judged: str
    decided: str
    browser: Browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = SteppedClock(DAY)
    with instructing(tmp_path_factory.mktemp("office"), clock=clock) as (secure, people), chromium() as browser:
        cases = replace(secure, base_url="http://127.0.0.1")
        made = dossiers_to_instruct(cases, 20, iban_hash="same")
        clock.move(days=7)
        made += dossiers_to_instruct(cases, 20, first=21, answers={"actif_disponible": 50_000})
        give_opinions(cases, people.instructor, selected(made[:8]), Answers(favourable=True))
        give_opinions(cases, people.instructor, selected(made[8:10]), UNFAVOURABLE)
        done = cases.store.read(lambda tx: [dossiers.by_id(tx, one.id) for one in made[:2]])
        decide_all(cases, people.decider, selected(done), Ruling("grant"), head_of_act(cases))
        write_as_agent(cases, people.instructor, made[12].id, "Bonjour,\nune précision ?")
        note_call(cases, people.helpdesk, made[12].reference, "Demande le délai.")
        app = create_app(cases)
        who = ("instructor", "decider", "helpdesk", "finance")
        sessions = {name: open_session(cases, "agent", getattr(people, name)) for name in who}
        with served(app, free_port()) as base:
            cookie = app.state.site.session_cookie("agents")
            yield Office(base, cookie, sessions, made[12].reference, made[0].reference, browser)


def signed_in(office: Office, page: Page, who: str) -> Page:
    page.context.add_cookies([{"name": office.cookie, "value": office.sessions[who], "url": office.base}])
    return page


def look(page: Page, name: str) -> None:
    """Check the page under their eyes, and keep a picture of it when a folder is named."""
    if folder := screenshot_folder():
        page.screenshot(path=folder / f"agents-{page.viewport_size['width']}-{name}.png", full_page=True)
    assert axe_violations(page) == [], name
    assert not scrolls_sideways(page), name
    assert small_targets(page, 24) == [], name


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1280", "320"])
def test_every_page_is_accessible_and_fits(office: Office, viewport: dict[str, int]) -> None:
    pages: dict[str, list[tuple[str, str]]] = {
        "instructor": [
            ("home", "/agents"),
            ("table", f"{OPINION}&selection=tout"),
            ("filtered", f"{TABLE}?q=atelier&retard=oui"),
            ("empty", f"{TABLE}?q=personne"),
            ("dossier", f"/agents/dossiers/{office.judged}"),
            ("search", "/agents/recherche?q=atelier"),
        ],
        "decider": [("to-decide", f"{DECISION}&selection=page")],
        "finance": [("granted", f"/agents/dossiers/{office.decided}")],
        "helpdesk": [("helpdesk", "/agents/accueil?q=atelier"), ("call", f"/agents/accueil/{office.judged}")],
    }
    for who, addresses in pages.items():
        with page_of(office.browser, viewport=viewport) as page:
            signed_in(office, page, who)
            for name, address in addresses:
                answer = page.goto(f"{office.base}{address}")
                assert answer is not None
                assert answer.status == 200, name
                look(page, name)
                if name == "dossier":
                    assert page.locator(".i-why").evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")


@pytest.mark.parametrize(
    ("viewport", "javascript"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without script"]
)
def test_a_decision_is_prepared_checked_and_left_at_that(
    office: Office, viewport: dict[str, int], javascript: bool
) -> None:
    with page_of(office.browser, viewport=viewport, javascript=javascript) as page:
        signed_in(office, page, "decider")
        page.goto(f"{office.base}{DECISION}&selection=page")
        follow(page, page.get_by_role("button", name="Décider…"))
        if javascript:
            look(page, "decision")
        page.check("input[value=grant]", force=True)
        page.select_option("[name=signataire]", index=1)
        page.fill("[name=numero]", "2020-53-018")
        follow(page, page.get_by_role("button", name="Vérifier avant de décider"))

        assert page.locator("h1").inner_text() == "Vérifier avant de décider"
        assert "Accorder 6 dossiers" in page.locator("main").inner_text()
        if javascript:
            look(page, "summary")


def test_the_grid_is_answered_by_keyboard_alone(office: Office) -> None:
    with page_of(office.browser) as page:
        signed_in(office, page, "instructor")
        page.goto(f"{office.base}{OPINION}&par_page=25")
        first = page.locator("input[name=dossier]").first
        first.focus()
        page.keyboard.press("Space")
        assert page.locator("[data-selected]").inner_text() == "1 ligne sélectionnée"
        page.get_by_role("button", name="Donner un avis…").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/avis")
        look(page, "opinions")
        page.locator("input[value=unfavourable]").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        assert page.locator("select[name='critere.pret_raisonnable']").input_value() == "oui"


def test_shift_ticks_a_range_and_the_count_follows(office: Office) -> None:
    with page_of(office.browser) as page:
        signed_in(office, page, "instructor")
        page.goto(f"{office.base}{OPINION}")
        boxes = page.locator("input[name=dossier]")
        boxes.nth(1).click()
        boxes.nth(5).click(modifiers=["Shift"])

        assert page.locator("[data-selected]").inner_text() == "5 lignes sélectionnées"


def test_acts_stay_in_sight_while_the_table_scrolls(office: Office, tmp_path: Path) -> None:
    with page_of(office.browser) as page:
        signed_in(office, page, "instructor")
        page.goto(f"{office.base}{OPINION}")
        page.mouse.wheel(0, 900)
        page.wait_for_function("window.scrollY > 200")
        box: Any = page.get_by_role("button", name="Donner un avis…").bounding_box()

        assert 0 <= box["y"] < 100
