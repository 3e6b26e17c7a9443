"""A process killed while it fetches a list loses no page, and asks for none twice but the one it was on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import fetching_child
from fetched_lists import Ledger
from fetching_child import a_process, fetch
from guichet.storage import list_fetches, lists
from sandboxes import sandbox

PAGES, PER_PAGE = 12, 3


def a_service() -> Ledger:
    rows = ((n, {"siren": f"S{n}", "name": f"n{n}", "amount": n}) for n in range(1, PAGES * PER_PAGE + 1))
    return Ledger(rows, page=PER_PAGE)


def kill_at(service: Ledger, folder: Path, url: str, request: int) -> None:
    """Start a process that fetches, and kill it as a request arrives."""
    command = [sys.executable, fetching_child.__file__, str(folder), url]
    with subprocess.Popen(command) as child:
        service.told = lambda number: os.kill(child.pid, signal.SIGKILL) if number == request else None
        assert child.wait(60) == -signal.SIGKILL
    service.told = lambda _: None


def held(folder: Path) -> int:
    cases = a_process(folder)
    try:
        return cases.store.read(lambda tx: lists.size(tx, "s", "l"))
    finally:
        cases.store.close()


@pytest.mark.parametrize("request_", [1, 2, 7, PAGES])
def test_a_killed_fetch_goes_on_and_ends_with_every_row(request_: int, tmp_path: Path) -> None:
    service = a_service()
    with sandbox(service) as served:
        kill_at(service, tmp_path, served.url, request_)
        assert held(tmp_path) == 0
        cases = a_process(tmp_path)
        try:
            assert fetch(cases, served.url) == (PAGES * PER_PAGE, PAGES * PER_PAGE, 0)
        finally:
            cases.store.close()
    # The page asked for as it died, and the one that it had no time to keep.
    assert PAGES <= len(service.asked) <= PAGES + 2


def test_without_the_cursor_kept_every_page_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage of the test above."""
    service = a_service()
    with sandbox(service) as served:
        kill_at(service, tmp_path, served.url, 7)
        monkeypatch.setattr(list_fetches, "_left_open", lambda *_: None)
        cases = a_process(tmp_path)
        try:
            fetch(cases, served.url)
        finally:
            cases.store.close()
    assert len(service.asked) > PAGES + 2
