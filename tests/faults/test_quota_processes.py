"""The quota of a service is one for all the processes of an instance, even when one of them dies."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

import asking_child
from counting_service import Counting
from databases import SteppedClock, each_address, each_database, opened, postgres_store, sqlite_url
from guichet.plugin.contracts import Call, Pace, Unavailable
from guichet.plugin.outside import Allowance
from guichet.plugin.outside.quota import Quota
from guichet.runtime import build
from guichet.services.quota_books import SharedBook
from guichet.settings import Settings
from guichet.storage import Store, Tx, outside_quotas
from sandboxes import sandbox
from shipped_plugins import shipped_plugins

PROCESSES, CALLS, LIMIT = 3, 8, 10


def asked_by_processes(url: str, book: str) -> tuple[int, Counting]:
    """Let three processes ask at the same instant; give how many answers they had, and what the service counted."""
    service = Counting(LIMIT, 1.0)
    folders = os.pathsep.join(path for path in sys.path if path)
    with sandbox(service) as served:
        made = [
            subprocess.Popen(
                [sys.executable, str(asking_child.__file__), url, served.url, str(CALLS), book],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=os.environ | {"PYTHONPATH": folders},
            )
            for _ in range(PROCESSES)
        ]
        for child in made:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        with ThreadPoolExecutor(PROCESSES) as people:
            said = list(people.map(lambda child: child.communicate("go\n", timeout=60)[0], made))
    assert [child.returncode for child in made] == [0] * PROCESSES
    return sum(map(int, said)), service


@each_address
def test_three_processes_together_never_exceed_a_quota(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        answered, service = asked_by_processes(url, "shared")
    assert answered == PROCESSES * CALLS
    assert service.worst <= LIMIT


def test_the_same_processes_each_with_its_own_book_exceed_it(tmp_path: Path) -> None:
    answered, service = asked_by_processes(sqlite_url(tmp_path), "own")
    assert answered < PROCESSES * CALLS
    assert service.worst > LIMIT


def test_an_instance_is_built_with_the_shared_count(tmp_path: Path) -> None:
    plugins, service = shipped_plugins(), Counting(1, 3600.0)
    one, other = (build(Settings(), folder=tmp_path, plugins=plugins) for _ in range(2))
    with sandbox(service) as served:
        call = Call(service="s", method="GET", url=served.url, purpose="to see")
        one.outside.within().ask(call, lambda _: None)
        with pytest.raises(Unavailable, match="quota"):
            other.outside.within().ask(call, lambda _: None)
    assert service.worst == 1
    for cases in (one, other):
        cases.store.close()


def quota_of(store: Store, clock: SteppedClock) -> Quota:
    """The quota as one more process sees it."""
    return Quota("s", SharedBook(store), clock.now, lambda seconds: clock.move(seconds=seconds))


@each_database
def test_a_process_that_dies_during_its_call_takes_its_place_with_it_only_while_that_call_may_be_out(
    database: Any, tmp_path: Path
) -> None:
    clock = SteppedClock()
    with database(tmp_path, clock=clock) as store:
        dead, other = quota_of(store, clock), quota_of(store, clock)
        dead.take(None, 0, timeout_s=10)
        with pytest.raises(Unavailable):  # nobody knows the quota yet: the first call is alone
            other.take(None, 0.05, timeout_s=10)
        clock.move(seconds=12)
        place = other.take(None, 0, timeout_s=10)
        other.give_back(place, {"ratelimit-remaining": "7", "ratelimit-reset": "60"}, 200)
        assert kept_of(store).left == 7
        assert kept_of(store).flights == ()


@each_database
def test_a_pace_is_kept_by_all_processes_together(database: Any, tmp_path: Path) -> None:
    clock, pace = SteppedClock(), Pace(2, 1.0)
    with database(tmp_path, clock=clock) as store:
        one, other = quota_of(store, clock), quota_of(store, clock)
        for quota in (one, other):
            quota.give_back(quota.take(pace, 0), {}, 200)
        with pytest.raises(Unavailable):
            one.take(pace, 0)
        clock.move(seconds=1)
        one.take(pace, 0)


def test_a_process_stopped_in_the_middle_of_its_change_holds_no_page(tmp_path: Path) -> None:
    clock = SteppedClock()
    with postgres_store(tmp_path, clock=clock) as store:
        stopped = opened(str(store.engine.url.render_as_string(hide_password=False)), clock=clock)
        quota = quota_of(store, clock)
        quota.give_back(quota.take(None, 0), {}, 200)

        def hold(tx: Tx) -> None:
            outside_quotas.change_quota(tx, "s", lambda kept: kept)
            began = perf_counter()
            with pytest.raises(Unavailable, match="quota"):
                quota.take(None, 5)
            assert timedelta(seconds=perf_counter() - began) < timedelta(seconds=3)

        stopped.act(hold)
        stopped.close()


def kept_of(store: Store) -> Allowance:
    """What the book says of the service."""
    seen: list[Allowance] = []

    def look(kept: Allowance) -> Allowance:
        seen.append(kept)
        return kept

    SharedBook(store).change("s", look)
    return seen[-1]
