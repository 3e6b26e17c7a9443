"""What the benches of the web compare: Guichet served as it is, and bare Litestar routes that do the least."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from litestar import Litestar, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from minijinja import Environment, load_from_path
from sqlalchemy import text

from browsing import a_browser
from guichet.locale import Language, Texts
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.settings import Settings
from guichet.storage.sqlite import sqlite_driver, sqlite_engine
from guichet.storage.writer import Writer
from guichet.web.app import create_app
from guichet.web.rendering import PACKAGED_TEMPLATES, Renderer, StaticFiles
from instances import MovableClock, the_plugins
from web_load import run_app

__all__ = [
    "DAY",
    "Made",
    "bare_inserts",
    "bare_json_inserts",
    "bare_pages",
    "grouped_inserts",
    "grouped_json_inserts",
    "opened",
    "recorded",
    "served_guichet",
]

DAY = datetime(2020, 4, 20, 10, tzinfo=UTC)
Made = tuple[str, dict[str, Any]]
Keep = Callable[[str], None]
Taking = Callable[[Keep], Any]
"""Makes the handler that keeps what it takes."""
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


def opened(url: str, folder: Path) -> UseCases:
    """Give the use cases of an instance prepared for a bench."""
    clock = MovableClock(DAY, DAY)
    return build(
        Settings(database_url=url), folder=folder, clock=clock, plugins=the_plugins(), base_url="http://b.local"
    )


def served_guichet(port: int, url: str, folder: Path) -> None:
    """Serve the whole application."""
    run_app(create_app(opened(url, folder), most_at_once=10_000), port)


class _Recorder(Renderer):
    """A renderer that keeps what it was asked last."""

    last: Made = ("", {})

    def render(self, name: str, /, language: Language = "fr", **context: Any) -> str:
        """Render as ever."""
        self.last = (name, context)
        return super().render(name, language, **context)


def recorded(cases: UseCases, path: str, cookie: str) -> Made:
    """Give the template and the context of a page, taken from the page as the application makes it."""
    app = create_app(cases)
    site = app.state.site
    recorder = _Recorder(static=site.assets.urls)
    app.state.site = replace(site, renderer=recorder)
    with a_browser(app) as browser:
        browser.go(path, cookie=cookie)
        assert browser.status == 200, browser.text
    return recorder.last


def bare_pages(port: int, pages: dict[str, Made]) -> None:
    """Serve templates with the contexts they are given, and nothing else: no session, no header, no database."""
    environment = Environment(
        loader=load_from_path([str(PACKAGED_TEMPLATES)]),
        undefined_behavior="strict",
        auto_escape_callback=lambda _name: "html",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.add_global("language", "fr")
    environment.add_global("t", Texts("fr"))
    environment.add_global("static", StaticFiles().url)
    environment.add_global("unknown_widget", lambda name: name)
    environment.add_global("more_script", "")

    def route(path: str, template: str, context: dict[str, Any]) -> Any:
        @get(path, name=path)
        async def page() -> Response[str]:
            return Response(environment.render_template(template, **context), media_type="text/html")

        return page

    handlers = [route(f"/{name}", *made) for name, made in pages.items()]
    run_app(Litestar(handlers, openapi_config=None, logging_config=None), port)


def bare_inserts(port: int, path: Path) -> None:
    """Keep each posted form in one row and one commit, on a connection set as ours is."""
    _serve_alone(port, path, _forms)


def bare_json_inserts(port: int, path: Path) -> None:
    """Keep each posted JSON in one row and one commit, on a connection set as ours is."""
    _serve_alone(port, path, _json_bodies)


def grouped_inserts(port: int, path: Path) -> None:
    """Keep each posted form, the commits shared as the store of Guichet shares them."""
    _serve_grouped(port, path, _forms)


def grouped_json_inserts(port: int, path: Path) -> None:
    """Keep each posted JSON, the commits shared as the store of Guichet shares them."""
    _serve_grouped(port, path, _json_bodies)


def _serve_alone(port: int, path: Path, taking: Taking) -> None:
    engine = sqlite_engine(path, sqlite_driver(), writes=True, size=1)
    raw: Any = engine.raw_connection().driver_connection
    lock = Lock()

    def keep(body: str) -> None:
        with lock:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO filed (body) VALUES (?)", (body,))
            raw.execute("COMMIT")

    _serve_inserts(port, raw, taking(keep))


def _serve_grouped(port: int, path: Path, taking: Taking) -> None:
    engine = sqlite_engine(path, sqlite_driver(), writes=True, size=2)
    writer = Writer(engine.connect())
    statement = text("INSERT INTO filed (body) VALUES (:body)")

    def keep(body: str) -> None:
        writer.run(lambda connection: connection.execute(statement, {"body": body}))

    _serve_inserts(port, engine.raw_connection().driver_connection, taking(keep))


def _serve_inserts(port: int, raw: Any, handler: Any) -> None:
    raw.execute("CREATE TABLE IF NOT EXISTS filed (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    run_app(Litestar([handler], openapi_config=None, logging_config=None), port)


def _forms(keep: Keep) -> Any:
    @post("/file", sync_to_thread=True, status_code=303)
    def file(data: Form) -> Response[str]:
        keep(json.dumps(data))
        return Response("", status_code=303, headers={"Location": "/receipt"}, media_type="text/plain")

    return file


def _json_bodies(keep: Keep) -> Any:
    @post("/file", sync_to_thread=True, status_code=201)
    def file(data: dict[str, Any]) -> dict[str, str]:
        keep(json.dumps(data))
        return {"reference": "0000000000"}

    return file
