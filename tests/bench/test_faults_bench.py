"""Filing while every outside service is dead or slow, beside filing while all is well.

The collector of Python is set as `guichet serve` sets it: a pause of the process would be counted to whoever files
just then. The stand-in allows as many calls as it is asked, so that each filing really has asked it.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox
from outside_world import a_world

FILINGS = int(os.environ.get("GUICHET_BENCH_FILINGS", "400"))
ROUNDS = 4
AT_MOST = 1.5


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(10_000, 20, 50)
    yield
    gc.set_threshold(*before)


def p99(seconds: list[float]) -> float:
    """Give the time that ninety-nine in a hundred stay within."""
    return sorted(seconds)[int(len(seconds) * 0.99) - 1]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["5xx", "reset", "latency"])
def test_filing_takes_no_longer_when_services_are_silent(kind: str, tmp_path: Path) -> None:
    with a_world(tmp_path, api_entreprise=ApiEntrepriseSandbox(quota=1_000_000)) as world:
        world.file_many(20)  # the first ones open files and connections
        gc.collect()
        gc.freeze()
        times: dict[str, list[float]] = {"none": [], kind: []}
        calls: dict[str, int] = {"none": 0, kind: 0}
        number = 20
        for fault in ("none", kind) * ROUNDS:
            world.order(fault, seconds=0.2)
            world.filing_s.clear()
            before = len(world.calls.kept)
            world.file_many(FILINGS // ROUNDS, first=number)
            times[fault] += world.filing_s
            calls[fault] += len(world.calls.kept) - before
            number += FILINGS // ROUNDS
            world.later(minutes=2)
        gc.unfreeze()
    nominal, faulty = p99(times["none"]), p99(times[kind])
    said = {
        "fault": kind,
        "filings": len(times[kind]),
        "calls": calls[kind],
        "p99_ms": round(nominal * 1000),
        "p99_faulty_ms": round(faulty * 1000),
    }
    print(json.dumps({**said, "times": round(faulty / nominal, 2)}))
    assert len(times[kind]) == FILINGS // ROUNDS * ROUNDS
    assert calls[kind] > 0
    if kind == "latency":
        assert calls[kind] >= len(times[kind]), "a service that is only slow is asked for each filing"
    assert faulty <= AT_MOST * nominal
