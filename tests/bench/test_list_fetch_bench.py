"""Fetching a list of a hundred thousand rows, beside the same pages asked for with bare httpx.

GUICHET_BENCH_ROWS sets another size. `ready` answers are made beforehand: then only the two clients are compared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import pytest

from guichet.model.scheme import ReferenceList
from guichet.runtime import build
from guichet.services.list_fetches import fetch_list
from guichet.settings import Settings
from guichet_plugins.connect.demarches import questions
from list_service import KINDS, OPTIONS
from shipped_plugins import shipped_plugins

ROWS = int(os.environ.get("GUICHET_BENCH_ROWS", "100000"))
SERVICE = Path(__file__).parents[1] / "support" / "list_service.py"
AT_MOST = 2.0


@contextmanager
def a_service(*words: str) -> Iterator[str]:
    """Give the address of the stand-in in a process of its own."""
    command = [sys.executable, str(SERVICE), str(ROWS), *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield json.loads(process.stdout.readline())
        process.stdin.close()


def by_httpx(url: str) -> tuple[float, int]:
    """Ask for every page in turn, reading of each only what leads to the next."""
    start, rows = perf_counter(), 0
    with httpx.Client(headers={"Authorization": "Bearer any"}, timeout=60) as client:
        after = None
        while True:
            asked = {"demarcheNumber": 7, "first": 100, "after": after, "state": "accepte", "updatedSince": None}
            body = {"query": questions.DOSSIERS, "variables": asked, "operationName": "getDemarche"}
            page = client.post(f"{url}/api/v2/graphql", json=body).json()["data"]["demarche"]["dossiers"]
            rows += len(page["nodes"])
            if not page["pageInfo"]["hasNextPage"]:
                return perf_counter() - start, rows
            after = page["pageInfo"]["endCursor"]


def by_guichet(url: str, folder: Path) -> tuple[float, int]:
    """Fetch the list, stage it, merge it."""
    declared = ReferenceList.model_validate(
        {
            "plugin": "demarches_simplifiees",
            "key": "siren",
            "columns": KINDS,
            "options": dict(OPTIONS),
        }
    )
    plain = build(Settings(), folder=folder, plugins=shipped_plugins(), secrets={"ds": "any"})
    service = {"base_url": url, "token": "secret:ds", "per_minute": OPTIONS["per_minute"]}  # what the operator sets
    cases = replace(plain, services={"demarches_simplifiees": service})
    try:
        start = perf_counter()
        ledger = fetch_list(cases, "s", "l", declared).ledger
        return perf_counter() - start, ledger.added
    finally:
        cases.store.close()


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("words", [(), ("ready",)], ids=["as served", "ready"])
def test_a_list_is_fetched_in_twice_the_time_of_its_pages_alone(words: tuple[str, ...], tmp_path: Path) -> None:
    with a_service(*words) as url:
        if words:
            by_httpx(url)  # answers are made
        bare, rows = by_httpx(url)
        ours, added = by_guichet(url, tmp_path)
    said: dict[str, Any] = {"rows": rows, "httpx_s": round(bare, 2), "guichet_s": round(ours, 2)}
    print(json.dumps({**said, "times": round(ours / bare, 2), "rows_per_s": round(rows / ours)}))
    assert rows == added == ROWS
    if not words:
        assert ours <= AT_MOST * bare
