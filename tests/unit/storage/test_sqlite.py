"""SQLite is prepared as the design asks, and an old library is said and kept to one process."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from databases import SteppedClock, opened, sqlite_url
from guichet.model.identifiers import Ids
from guichet.storage import Store, outbox
from guichet.storage.errors import StoreInUseError, StoreUnopenedError
from guichet.storage.migrate import migrate
from guichet.storage.sqlite import SAFE_FOR_SEVERAL, SqliteStore, sqlite_driver


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 30000)],
)
def test_every_connection_is_prepared(store: Store, pragma: str, expected: object) -> None:
    asked = text(f"PRAGMA {pragma}")

    assert store.act(lambda tx: tx.value(asked)) == expected
    assert store.read(lambda tx: tx.value(asked)) == expected


def test_a_purged_name_does_not_stay_in_the_file(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    store = opened(url)
    store.act(lambda tx: tx.journal("reg-53", "filed", data={"name": "Zacharie Quimperlé" * 40}))
    from guichet.storage import journal  # beside its one use

    store.act(lambda tx: journal.purge(tx, "reg-53", 1))
    store.close()

    assert b"Zacharie" not in Path(url.removeprefix("sqlite:///")).read_bytes()


def _old_store(path: Path, version: tuple[int, int, int] = (3, 40, 1)) -> SqliteStore:
    names = {name: getattr(sqlite3, name) for name in dir(sqlite3)}
    driver = SimpleNamespace(**(names | {"sqlite_version_info": version}))
    clock = SteppedClock()
    store = SqliteStore(path, clock=clock, ids=Ids(clock.now, bytes), mode="sandbox", driver=driver)
    migrate(store.engine)
    store.start()
    return store


def test_an_old_sqlite_warns_and_still_works(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "guichet.storage"):
        store = _old_store(tmp_path / "old.sqlite3")

    assert "accepts one process only" in caplog.text
    assert store.act(lambda tx: outbox.put(tx, "kind", {}))
    store.close()


def test_an_old_sqlite_refuses_a_second_process(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    hold = "import fcntl, sys; f = open(sys.argv[1], 'wb'); fcntl.flock(f, 2); print(1, flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, f"{path}.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        holder.stdout.readline()
        with pytest.raises(StoreInUseError):
            _old_store(path)
        holder.stdin.close()


def test_the_installed_library_is_safe_for_several_processes() -> None:
    driver = sqlite_driver()
    if driver.__name__.startswith("sqlite3"):
        pytest.skip("pysqlite3 has no wheel here; Guichet then keeps to one process")

    assert driver.sqlite_version_info >= SAFE_FOR_SEVERAL


def test_a_database_that_does_not_open_is_said_as_such(tmp_path: Path) -> None:
    (tmp_path / "guichet.sqlite3").mkdir()
    with pytest.raises(StoreUnopenedError) as refused:
        opened(f"sqlite:///{tmp_path}/guichet.sqlite3")
    assert "unable to open" in str(refused.value.data["reason"])
