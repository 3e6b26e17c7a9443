"""Pages that plugins bring, in a real browser: axe, a narrow phone, the keyboard's way to a dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from access_cells import a_dossier
from browser import DESK, axe_violations, follow, page_of, screenshot_folder, scrolls_sideways, small_targets
from guichet.plugin.contracts import LoggedCall
from guichet.services import heartbeats
from guichet.services.cases import UseCases
from guichet.storage import outbox, outside_calls
from guichet.web.app import create_app
from instances import an_instance
from served import free_port, served
from signing_in import PASSWORD, an_agent, totp_of

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[UseCases, str]]:
    port = free_port()
    where = f"http://127.0.0.1:{port}"
    folder = tmp_path_factory.mktemp("screens")
    with (
        an_instance(folder, schemes=["aide-simple"], territories=["reg-53"], base_url=where) as cases,
        served(create_app(cases), port) as address,
    ):
        now = cases.clock.now()
        found = a_dossier(cases, "instruction")
        call = LoggedCall(now, "registre", "h", "GET", "adresse du siège", "reg-53", found.id, "answered", 200, 41)
        cases.store.act(lambda tx: outside_calls.log(tx, call))
        broken = replace(call, outcome="timeout", status=None, breaker_open=True, milliseconds=5000)
        cases.store.act(lambda tx: outside_calls.log(tx, broken))
        cases.store.act(lambda tx: outbox.put(tx, "letter", {}))
        heartbeats.beat(cases, "machine-1", now, None, None)
        for role in ("admin", "supervisor"):
            an_agent(cases, "agent@exemple.fr", role=role)
        yield cases, address


@pytest.mark.parametrize("window", [NARROW, DESK], ids=["narrow", "desk"])
def test_the_pages_are_accessible_and_lead_to_dossiers(
    browser: Browser, place: tuple[UseCases, str], window: dict[str, int]
) -> None:
    cases, address = place
    with page_of(browser, viewport=window) as page:

        def look(name: str) -> None:
            if folder := screenshot_folder():
                page.screenshot(path=Path(folder) / f"screens-{name}-{window['width']}.png", full_page=True)
            assert not scrolls_sideways(page), name
            assert small_targets(page, 24) == [], name
            assert axe_violations(page) == [], name

        page.goto(f"{address}/agents/connexion")
        page.fill("[name=email]", "agent@exemple.fr")
        page.fill("[name=password]", PASSWORD)
        follow(page, page.locator("main button[type=submit]"))
        cases.clock.advance(seconds=30)
        page.fill("[name=code]", totp_of(cases))
        follow(page, page.locator("main button[type=submit]"))
        page.goto(f"{address}/agents/ecrans")
        look("list")
        follow(page, page.get_by_role("link", name="Travail de fond"))
        look("work")
        page.goto(f"{address}/agents/ecrans/t/reg-53/outside_calls")
        look("calls")
        follow(page, page.locator("main table a").first)
        follow(page, page.get_by_role("link", name="Appels extérieurs de ce dossier"))
        look("dossier")
