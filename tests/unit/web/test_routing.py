"""A quick handler runs where it is asked; what it leaves for later holds nobody up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, current_thread, main_thread

import httpx
from litestar import Request

from guichet.web.access import Rule
from guichet.web.app import create_app
from guichet.web.pages import Page, html
from guichet.web.routing import Later, get
from instances import an_instance
from served import free_port, served

ANYONE = Rule(frozenset({"anonymous"}))
PATIENCE_S = 20


def test_what_a_quick_page_leaves_for_later_holds_no_other_page(tmp_path: Path) -> None:
    others_answered = Event()

    @get("/lente", name="slow", quick=True)
    def slow(request: Request) -> Page | Later:
        def rest() -> Page:
            return html("entendue" if others_answered.wait(PATIENCE_S) else "seule")

        return Later(rest)

    @get("/vive", name="quick", quick=True)
    def quick(request: Request) -> Page:
        return html(current_thread().name)

    with an_instance(tmp_path) as cases:
        app = create_app(cases, handlers=(slow, quick), rules={"slow": ANYONE, "quick": ANYONE})
        with served(app, free_port()) as address, ThreadPoolExecutor(1) as aside:
            waiting = aside.submit(httpx.get, f"{address}/lente", timeout=2 * PATIENCE_S)
            where = {httpx.get(f"{address}/vive").text for _ in range(3)}
            others_answered.set()
            assert waiting.result().text == "entendue"
    assert len(where) == 1, "a quick handler has no thread of its own"
    assert where != {main_thread().name}
    assert not next(iter(where)).startswith("guichet-web")
