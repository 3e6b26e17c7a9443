"""A service's quota is counted down here and never exceeded, whatever it says and however many ask."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from counting_service import Counting
from databases import SteppedClock
from guichet.plugin.contracts import Call, Pace, Unavailable
from guichet.plugin.outside import Allowance
from guichet.plugin.outside.quota import OwnBook, Quota
from guichet.services.clocks import SystemClock
from sandboxes import Sandbox, a_door, sandbox


def a_call(served: Sandbox, **changes: Any) -> Call:
    return Call(**{"service": "s", "method": "GET", "url": served.url, "purpose": "to see", **changes})


@pytest.mark.parametrize("epoch", [True, False])
def test_a_quota_is_never_exceeded_by_eight_threads(epoch: bool):
    service = Counting(20, 1.0, epoch=epoch)
    door = a_door(clock=SystemClock(), wait=time.sleep)  # type: ignore[arg-type]  the machine's clock
    with sandbox(service) as served, ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: door.ask(a_call(served, patience_s=30), lambda r: r.status), range(50)))
    assert done == [200] * 50
    assert service.worst <= 20


def test_without_counting_down_the_same_threads_exceed_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Allowance, "wait_s", lambda self, now, pace: 0.0)
    service = Counting(20, 1.0)
    door = a_door(clock=SystemClock(), wait=time.sleep)  # type: ignore[arg-type]  the machine's clock

    def ask(_: int) -> None:
        with suppress(Unavailable):
            door.ask(a_call(served, repeatable=False), lambda r: r.status)

    with sandbox(service) as served, ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(50)))
    assert service.worst > 20


def test_when_nothing_remains_a_call_waits_for_the_next_window_or_says_so():
    clock = SteppedClock()
    service = Counting(1, 60.0, now=clock.now)
    door = a_door(clock=clock)
    with sandbox(service) as served:
        door.ask(a_call(served), lambda r: None)
        with pytest.raises(Unavailable, match="quota"):
            door.ask(a_call(served, patience_s=2), lambda r: None)
        assert served.requests == 1
        door.ask(a_call(served, patience_s=90), lambda r: None)
        assert served.requests == 2
    assert service.worst == 1


@pytest.mark.parametrize("as_date", [False, True])
def test_a_429_closes_the_service_for_as_long_as_it_says(as_date: bool):
    clock = SteppedClock()
    again = format_datetime(clock.now() + timedelta(seconds=40), usegmt=True) if as_date else "40"
    asked: list[datetime] = []

    def busy(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(clock.now())
        first = len(asked) == 1
        start_response("429 Too Many Requests" if first else "200 OK", [("Retry-After", again)] if first else [])
        return [b"{}"]

    door = a_door(clock=clock)
    with sandbox(busy) as served:
        with pytest.raises(Unavailable):
            door.ask(a_call(served), lambda r: None)
        with pytest.raises(Unavailable):
            door.ask(a_call(served), lambda r: None)
        assert len(asked) == 1
        door.ask(a_call(served, patience_s=60), lambda r: None)
    assert asked[1] - asked[0] >= timedelta(seconds=40)


def test_a_declared_pace_is_kept_where_the_service_says_nothing():
    clock = SteppedClock()
    asked: list[datetime] = []

    def silent(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(clock.now())
        start_response("200 OK", [])
        return [b"{}"]

    door = a_door(clock=clock)
    with sandbox(silent) as served:
        for _ in range(10):
            door.ask(a_call(served, pace=Pace(3, 1.0), patience_s=5), lambda r: None)
    assert len(asked) == 10
    assert all(later - early >= timedelta(seconds=1) for early, later in zip(asked, asked[3:], strict=False))


@pytest.mark.parametrize("told", ["milliseconds", "999999999999", "99999999999999999"])
def test_a_reset_in_milliseconds_or_past_any_calendar_stops_nobody_for_ever(told: str):
    clock = SteppedClock()
    quota = Quota("s", OwnBook(), clock.now, lambda seconds: clock.move(seconds=seconds))
    reset = str(int(clock.now().timestamp() + 60) * 1000) if told == "milliseconds" else told
    quota.give_back(quota.take(None, 0), {"ratelimit-remaining": "0", "ratelimit-reset": reset}, 200)
    clock.move(seconds=61)
    quota.take(None, 0)


def test_calls_of_others_on_the_same_quota_are_taken_into_account():
    clock = SteppedClock()
    quota = Quota("s", OwnBook(), clock.now, lambda seconds: clock.move(seconds=seconds))
    place = quota.take(None, 0)
    quota.give_back(place, {"ratelimit-remaining": "10", "ratelimit-reset": "60"}, 200)
    quota.give_back(quota.take(None, 0), {"ratelimit-remaining": "0", "ratelimit-reset": "60"}, 200)
    with pytest.raises(Unavailable):
        quota.take(None, 1)


def test_an_answer_of_the_window_before_changes_nothing():
    clock = SteppedClock()
    quota = Quota("s", OwnBook(), clock.now, lambda seconds: clock.move(seconds=seconds))
    old = str(int(clock.now().timestamp()))
    new = str(int(clock.now().timestamp()) + 60)
    quota.give_back(quota.take(None, 0), {"ratelimit-remaining": "3", "ratelimit-reset": new}, 200)
    quota.give_back(quota.take(None, 0), {"ratelimit-remaining": "0", "ratelimit-reset": old}, 200)
    quota.take(None, 0)


@pytest.mark.parametrize("told", ["", "soon", "-1", "99999999999999999"])
def test_a_retry_after_that_says_nothing_closes_for_a_short_while(told: str):
    clock = SteppedClock()
    quota = Quota("s", OwnBook(), clock.now, lambda seconds: clock.move(seconds=seconds))
    place = quota.take(None, 0)
    quota.give_back(place, {"retry-after": told}, 429)
    with pytest.raises(Unavailable):
        quota.take(None, 1)
    clock.move(hours=1)
    quota.take(None, 0)
