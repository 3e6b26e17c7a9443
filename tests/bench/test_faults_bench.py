"""Filing while every outside service is dead or slow, beside filing while all is well."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from outside_world import a_world

FILINGS = int(os.environ.get("GUICHET_BENCH_FILINGS", "200"))
AT_MOST = 1.5


def p99(seconds: list[float]) -> float:
    """Give the time that ninety-nine in a hundred stay within."""
    return sorted(seconds)[int(len(seconds) * 0.99) - 1]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["5xx", "reset", "latency"])
def test_filing_takes_no_longer_when_services_are_silent(kind: str, tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.file_many(20)  # the first ones open files and connections
        times: dict[str, list[float]] = {"none": [], kind: []}
        number = 20
        for fault in ("none", kind) * 4:
            world.order(fault, seconds=0.2)
            world.filing_s.clear()
            world.file_many(FILINGS // 4, first=number)
            times[fault] += world.filing_s
            number += FILINGS // 4
            world.later(minutes=2)
    nominal, faulty = p99(times["none"]), p99(times[kind])
    said = {
        "fault": kind,
        "filings": len(times[kind]),
        "p99_ms": round(nominal * 1000),
        "p99_faulty_ms": round(faulty * 1000),
    }
    print(json.dumps({**said, "times": round(faulty / nominal, 2)}))
    assert len(times[kind]) == FILINGS // 4 * 4
    assert faulty <= AT_MOST * nominal
