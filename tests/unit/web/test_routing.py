"""A quick handler runs where it is asked; what it leaves for later holds nobody up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event, current_thread, main_thread

import httpx
from litestar import Request
from litestar.params import FromPath

from guichet.storage import Tx, idempotency
from guichet.web.access import Rule
from guichet.web.app import create_app
from guichet.web.pages import Page, html
from guichet.web.routing import Acting, Later, get
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


def test_an_act_that_waits_for_its_commit_holds_no_page(tmp_path: Path) -> None:
    others_answered, heard = Event(), Event()

    def act(tx: Tx) -> bool:
        heard.set()
        return others_answered.wait(PATIENCE_S)

    @get("/agir", name="acting", quick=True)
    def acting(request: Request) -> Acting:
        return Acting(act, lambda ended: html(f"{ended.result()} {current_thread().name}"))

    @get("/vive", name="quick", quick=True)
    def quick(request: Request) -> Page:
        return html(f"True {current_thread().name}")

    with an_instance(tmp_path) as cases:
        app = create_app(cases, handlers=(acting, quick), rules={"acting": ANYONE, "quick": ANYONE})
        with served(app, free_port()) as address, ThreadPoolExecutor(1) as aside:
            waiting = aside.submit(httpx.get, f"{address}/agir", timeout=2 * PATIENCE_S)
            assert heard.wait(PATIENCE_S)
            seen = httpx.get(f"{address}/vive").text
            others_answered.set()
            assert waiting.result().text == seen, "answered where it was asked, once the act had ended"


def test_what_an_act_refuses_reaches_who_asked_and_nobody_else(tmp_path: Path) -> None:
    def act_of(number: int) -> Callable[[Tx], int]:
        def act(tx: Tx) -> int:
            idempotency.once(tx, "acts", str(number), lambda: number)
            if number % 3 == 0:
                raise LookupError(number)
            return number

        return act

    def say(ended: Future[int]) -> Page | Later:
        try:
            return html(str(ended.result()))
        except LookupError as error:
            why = str(error)
            return Later(lambda: html(f"refused {why}"))

    @get("/actes/{number:int}", name="acting", quick=True)
    def acting(request: Request, number: FromPath[int]) -> Acting:
        return Acting(act_of(number), say)

    with an_instance(tmp_path) as cases:
        app = create_app(cases, handlers=(acting,), rules={"acting": ANYONE})
        with served(app, free_port()) as url, httpx.Client(base_url=url) as client, ThreadPoolExecutor(12) as people:
            said = list(people.map(lambda number: client.get(f"/actes/{number}").text, range(60)))
        kept = cases.store.read(lambda tx: [idempotency.recall(tx, "acts", str(number)) for number in range(60)])
    assert said == [str(number) if number % 3 else f"refused {number}" for number in range(60)]
    assert kept == [number if number % 3 else None for number in range(60)]
