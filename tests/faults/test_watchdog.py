"""`guichet serve` under its watchdog: killed, it answers again at the same address; orphaned, it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from databases import sqlite_url
from guichet.settings import Settings
from instances import an_instance

_PATIENCE_S = 60


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server, as the process that watches, and its address."""
    url = sqlite_url(tmp_path)
    (tmp_path / url.rpartition("/")[2]).rename(tmp_path / "guichet.sqlite3")
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53"], settings=Settings()):
        pass
    folders = os.pathsep.join(path for path in sys.path if path)
    program = "from guichet_cli.main import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0", "--folder", str(tmp_path), "--lang", "fr"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": folders, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip().removeprefix("Site : ").rstrip("/")
        finally:
            process.kill()


def test_a_killed_site_answers_again_at_the_same_address(serving: tuple[subprocess.Popen[str], str]) -> None:
    process, url = serving
    assert answer(url) == 200
    first = worker_of(process)
    os.kill(first, signal.SIGKILL)
    assert answer(url) == 200
    assert worker_of(process) != first
    process.send_signal(signal.SIGTERM)
    assert process.wait(_PATIENCE_S) == 0


def test_a_site_whose_watchdog_is_gone_ends(serving: tuple[subprocess.Popen[str], str]) -> None:
    process, url = serving
    assert answer(url) == 200
    process.kill()
    limit = monotonic() + _PATIENCE_S
    while monotonic() < limit:
        try:
            httpx.get(url, timeout=2)
        except httpx.TransportError:
            return
        sleep(0.1)
    raise AssertionError("the site still answers")


def worker_of(process: subprocess.Popen[str]) -> int:
    """The process that works, as the system tells it."""
    limit = monotonic() + _PATIENCE_S
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while monotonic() < limit:
        found = children.read_text(encoding="ascii").split()
        if found:
            return int(found[0])
        sleep(0.05)
    raise AssertionError("nobody works")


def answer(url: str) -> int:
    """The status of the readiness page: a call made while nobody works waits for who comes next."""
    limit = monotonic() + _PATIENCE_S
    while True:
        try:
            return httpx.get(f"{url}/sante", timeout=_PATIENCE_S).status_code
        except httpx.TransportError:
            if monotonic() > limit:
                raise
            sleep(0.1)
