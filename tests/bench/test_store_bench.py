"""Acts a second: with the commit shared, and with one commit each. Run: pytest tests/bench/test_store_bench.py -s"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import pytest

from databases import SteppedClock, postgres_store, sqlite_url
from guichet.model.identifiers import Ids
from guichet.storage import Store, Tx, dossiers, outbox
from guichet.storage.sqlite import SqliteStore
from guichet.storage.writer import GROUP
from stored import a_dossier, a_snapshot

ACTS = 3_000
THREADS = 64


def filing(tx: Tx, number: int) -> None:
    """Do what a filing does: a dossier, its duty, its journal line."""
    made = dossiers.start(
        tx, scheme="s", territory="reg-53", snapshot_hash="0" * 64, by="anne", phase="filed", filed_at=tx.now
    )
    outbox.put(tx, "pre_instruct", {"dossier": made.id}, key=f"pre-{number}")
    tx.journal("reg-53", "dossier.filed", made.id, "anne", {"reference": made.reference})


def rate(store: Store) -> float:
    """Give the filings a second of many people at once."""
    store.act(a_snapshot)
    with ThreadPoolExecutor(THREADS) as people:
        start = perf_counter()
        list(people.map(lambda number: store.act(lambda tx: filing(tx, number)), range(ACTS)))
        return ACTS / (perf_counter() - start)


def a_store(folder: Path, group: int) -> SqliteStore:
    clock = SteppedClock()
    path = Path(sqlite_url(folder).removeprefix("sqlite:///"))
    store = SqliteStore(path, clock=clock, ids=Ids(clock.now, os.urandom), mode="sandbox", group=group)
    store.start()
    return store


@pytest.mark.timeout(600)
def test_sharing_the_commit_makes_filings_faster(tmp_path: Path) -> None:
    rates: dict[int, float] = {}
    for group in (1, GROUP):
        store = a_store(tmp_path, group)
        rates[group] = rate(store)
        store.close()
    with postgres_store() as store:
        postgres = rate(store)

    print(
        f"\nfilings/s  SQLite one commit each {rates[1]:,.0f}  group commit {rates[GROUP]:,.0f}"
        f"  ratio {rates[GROUP] / rates[1]:.2f}  PostgreSQL {postgres:,.0f}"
    )
    assert rates[GROUP] >= rates[1]


@pytest.mark.timeout(600)
def test_finding_a_dossier_does_not_slow_with_their_number(tmp_path: Path) -> None:
    store = a_store(tmp_path, GROUP)
    few = store.act(lambda tx: [a_dossier(tx) for _ in range(100)])
    times: list[float] = []
    for _ in range(2):
        start = perf_counter()
        for made in few * 5:
            store.read(lambda tx, made=made: dossiers.by_reference(tx, made.reference))
        times.append(perf_counter() - start)
        store.act(lambda tx: [a_dossier(tx) for _ in range(5_000)])
    store.close()

    print(f"\n500 look-ups among 100 dossiers {times[0]:.3f} s, among 5,100 {times[1]:.3f} s")
    assert times[1] < 3 * times[0]
