"""A worker says that it lives while it works, and leaves no sign when it stops as it should."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from guichet.services.cases import UseCases
from guichet.services.diagnosis.work import look_at_work
from guichet.services.heartbeats import beat, workers
from guichet.services.sweeping import sweep
from guichet.storage import outbox
from guichet.worker.heart import Heart
from guichet.worker.loop import run
from instances import an_instance


def states(cases: UseCases) -> dict[str, tuple[str, str]]:
    return {one.item: (one.state, one.problem.code) for one in look_at_work(cases)}


def test_a_worker_is_seen_while_it_runs_and_forgotten_when_it_stops(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        stop = Event()
        thread = Thread(target=run, args=(cases, stop), kwargs={"worker_name": "machine-1"})
        thread.start()
        until = time.monotonic() + 5
        while not workers(cases).alive and time.monotonic() < until:
            time.sleep(0.01)
        assert [one.name for one in workers(cases).alive] == ["machine-1"]
        assert states(cases)["workers"] == ("green", "doctor.workers_alive")
        stop.set()
        thread.join()
        assert workers(cases).alive == workers(cases).silent == ()


def test_it_beats_in_the_middle_of_a_duty_and_says_which(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases, Heart(cases, "machine-1", every_s=0.01) as heart, heart.at("letter"):
        until = time.monotonic() + 5
        while not (found := workers(cases).alive[0]).doing and time.monotonic() < until:
            time.sleep(0.01)
        assert (found.doing, found.doing_since) == ("letter", cases.clock.now())


def test_a_worker_that_was_killed_is_late_then_told_by_the_doctor(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        assert states(cases)["workers"] == ("green", "doctor.no_worker")
        beat(cases, "machine-1", cases.clock.now(), None, None)
        cases.clock.advance(seconds=46)
        assert [one.name for one in workers(cases).silent] == ["machine-1"]
        assert states(cases)["workers"] == ("amber", "doctor.worker_silent")
        cases.clock.advance(days=2)
        assert sweep(cases).workers == 1


def test_a_plugin_that_a_living_worker_calls_no_more_is_told_by_the_doctor(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        beat(cases, "machine-1", cases.clock.now(), None, None)
        assert "plugin:rules" not in states(cases)
        cases.plugins.health.set_aside("rules", "boom (rules.py:3)")
        beat(cases, "machine-1", cases.clock.now(), None, None)
        assert states(cases)["plugin:rules"] == ("red", "doctor.plugin_aside")
        cases.clock.advance(seconds=46)  # the process is gone, and what it called no more with it
        assert "plugin:rules" not in states(cases)


def test_a_worker_at_one_duty_for_too_long_is_told(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        now = cases.clock.now()
        beat(cases, "machine-1", now - timedelta(hours=1), "letter", now - timedelta(minutes=11))
        assert states(cases)["workers"] == ("amber", "doctor.worker_stuck")


def test_nobody_while_work_waits_is_told_before_it_is_late(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "letter", {}))
        assert states(cases)["workers"] == ("amber", "doctor.no_worker")
