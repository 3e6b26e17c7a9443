"""What is over is forgotten as long as the site serves, whatever a turn came to."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from sqlalchemy import text

from guichet.services.cases import UseCases
from guichet.storage import outbox
from guichet.worker.sweeper import sweep_until
from worked import an_instance


def rename(cases: UseCases, before: str, after: str) -> None:
    cases.store.act(lambda tx: tx.run(text(f"ALTER TABLE {before} RENAME TO {after}")))


def owe_nothing_any_more(cases: UseCases) -> None:
    """A duty done a year ago."""
    cases.store.act(lambda tx: outbox.put(tx, "receipt", {"dossier": "x"}))
    (row,) = cases.store.act(lambda tx: outbox.claim(tx, "w"))
    cases.store.act(lambda tx: outbox.done(tx, row))
    cases.clock.move(days=365)  # type: ignore[attr-defined]  a test's clock


def gone(cases: UseCases) -> bool:
    limit = monotonic() + 5
    while cases.store.read(outbox.counts) and monotonic() < limit:
        sleep(0.02)
    return cases.store.read(outbox.counts) == {}


def test_a_turn_that_fails_is_followed_by_the_next(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        rename(cases, "prefilled", "elsewhere")  # read by the first turn, after all else
        owe_nothing_any_more(cases)
        stop = Event()
        sweeping = Thread(target=sweep_until, args=(cases, stop, 0.02))
        sweeping.start()
        assert gone(cases)
        sleep(0.2)
        owe_nothing_any_more(cases)
        assert gone(cases)
        stop.set()
        sweeping.join(10)
        assert not sweeping.is_alive()
