"""A real server process: only declared proxies are believed, and what is under way is finished when it stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

CHILD = Path(__file__).parents[2] / "support/serving_child.py"
_PATIENCE_S = 30


@contextmanager
def serving(folder: Path, proxies: str = "127.0.0.1") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a server of its own and its address."""
    paths = os.pathsep.join(path for path in sys.path if path)
    with subprocess.Popen(
        [sys.executable, str(CHILD), proxies, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        assert process.stdout is not None
        try:
            url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
            _wait(lambda: httpx.get(url).status_code == 200)
            yield process, url
        finally:
            process.kill()


def _wait(ready: object) -> None:
    limit = monotonic() + _PATIENCE_S
    while monotonic() < limit:
        try:
            if callable(ready) and ready():
                return
        except httpx.TransportError:
            pass
        sleep(0.05)
    raise AssertionError("the server does not answer")


FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


def test_a_declared_proxy_says_for_whom_it_speaks(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, url):
        assert httpx.get(url, headers=FORWARDED).json() == {"client": "203.0.113.9", "scheme": "https"}


def test_what_a_visitor_wrote_before_the_proxy_is_not_believed(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, url):
        told = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
        assert httpx.get(url, headers=told).json()["client"] == "203.0.113.9"


@pytest.mark.parametrize("proxies", ["192.0.2.1", "192.0.2.0/24,2001:db8::/32", ""])
def test_anybody_else_is_believed_nothing(tmp_path: Path, proxies: str) -> None:
    with serving(tmp_path, proxies) as (_, url):
        assert httpx.get(url, headers=FORWARDED).json() == {"client": "127.0.0.1", "scheme": "http"}


def test_a_network_of_proxies_may_be_declared(tmp_path: Path) -> None:
    with serving(tmp_path, "127.0.0.0/8") as (_, url):
        assert httpx.get(url, headers=FORWARDED).json()["client"] == "203.0.113.9"


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_request_and_a_work_under_way_are_finished_and_new_ones_are_not_taken(
    tmp_path: Path, told: signal.Signals
) -> None:
    with serving(tmp_path) as (process, url), ThreadPoolExecutor(1) as pool:
        slow = pool.submit(httpx.get, f"{url}/slow", timeout=10)
        _wait((tmp_path / "begun").exists)
        process.send_signal(told)
        assert slow.result().status_code == 200
        process.wait(_PATIENCE_S)
        assert (tmp_path / "done").exists()
        with pytest.raises(httpx.TransportError):
            httpx.get(url)


def test_killed_outright_nothing_under_way_is_finished(tmp_path: Path) -> None:
    """The twin of the test above: without the graceful stop, both are lost."""
    with serving(tmp_path) as (process, url), ThreadPoolExecutor(1) as pool:
        slow = pool.submit(httpx.get, f"{url}/slow", timeout=10)
        _wait((tmp_path / "begun").exists)
        process.kill()
        with pytest.raises(httpx.TransportError):
            slow.result()
        process.wait(_PATIENCE_S)
        assert not (tmp_path / "done").exists()
