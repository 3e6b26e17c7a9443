"""Alive and ready are two things: a process without its database is alive, and nobody must be sent to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from browsing import a_browser
from databases import postgres_url
from guichet.services import heartbeats
from guichet.settings import Settings
from guichet.storage import outbox, restorations
from guichet.web.app import create_app
from instances import an_instance


def test_a_process_whose_database_answers_is_ready(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, a_browser(create_app(cases)) as browser:
        assert browser.client.get("/sante").json() == {"status": "ok"}
        told = {"status": "ok", "mode": "sandbox", "workers": 0, "work": "nobody", "oldest_duty_s": 0}
        assert browser.client.get("/sante/pret").json() == told


def test_readiness_counts_the_workers_and_tells_how_long_the_oldest_duty_waits(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, a_browser(create_app(cases)) as browser:
        heartbeats.beat(cases, "machine-1", cases.clock.now(), None, None)
        cases.store.act(lambda tx: outbox.put(tx, "letter", {}))
        cases.clock.advance(seconds=40)
        told = browser.client.get("/sante/pret").json()
        assert (told["workers"], told["work"], told["oldest_duty_s"]) == (1, "done", 40)
        cases.clock.advance(seconds=10)
        told = browser.client.get("/sante/pret").json()
        assert (told["status"], told["workers"], told["work"]) == ("ok", 0, "nobody")


def test_a_closed_store_is_alive_and_not_ready(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, a_browser(create_app(cases)) as browser:
        cases.store.close()
        assert browser.client.get("/sante").status_code == 200
        found = browser.client.get("/sante/pret")
        assert (found.status_code, found.headers["retry-after"]) == (503, "60")


def test_a_restored_instance_is_not_ready_until_it_is_released(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, a_browser(create_app(cases)) as browser:
        cases.store.act(lambda tx: restorations.enter(tx, backup="b", backup_at=tx.now))
        found = browser.client.get("/sante/pret")
        assert (found.status_code, found.json()["status"]) == (503, "quarantine")
        held = cases.store.read(restorations.standing)
        assert held is not None
        cases.store.act(lambda tx: restorations.release(tx, held.id, by="x", on=tx.now.date(), files=0))
        assert browser.client.get("/sante/pret").status_code == 200


@pytest.mark.postgres
def test_a_postgresql_server_that_goes_away_makes_it_not_ready_and_pages_light(tmp_path: Path) -> None:
    with (
        postgres_url() as url,
        an_instance(tmp_path, settings=Settings(database_url=url)) as cases,
        a_browser(create_app(cases)) as browser,
    ):
        assert browser.client.get("/sante/pret").status_code == 200
        _shut(url)
        assert browser.client.get("/sante/pret").status_code == 503
        assert browser.client.get("/sante").status_code == 200
        _open(url)
        assert browser.client.get("/sante/pret").status_code == 200


def _shut(url: str) -> None:
    _say(url, "ALTER DATABASE {name} ALLOW_CONNECTIONS false", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity")


def _open(url: str) -> None:
    _say(url, "ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def _say(url: str, *statements: str) -> None:
    address = make_url(url)
    engine = create_engine(
        address.set(drivername="postgresql+psycopg", database="postgres"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for statement in statements:
            where = f" WHERE datname = '{address.database}'" if statement.startswith("SELECT") else ""
            connection.execute(text(statement.format(name=address.database) + where))
    engine.dispose()
