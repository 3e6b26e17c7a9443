"""The loop: does what is due, keeps a bad duty apart, stops cleanly, holds what it works on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

from databases import SteppedClock, each_address, sqlite_url
from guichet import DocumentRenderer, Letter, NoOptions, hookimpl
from guichet.model.records import OutboxRow
from guichet.services.cases import UseCases
from guichet.services.clocks import SystemClock
from guichet.services.duties import MOST_KILLS
from guichet.storage import dossiers, files, journal, outbox
from guichet.storage.errors import StoreClosedError
from guichet.worker.keeper import Keeper
from guichet.worker.loop import LEASE, Drained, drain, run
from shipped_plugins import shipped_plugins
from worked import DAY, a_filed_dossier, an_instance


def owe_intake(cases: UseCases) -> str:
    dossier = a_filed_dossier(cases)
    cases.store.act(lambda tx: outbox.put(tx, "pre_instruct", {"dossier": dossier.id}))
    return dossier.id


def phase(cases: UseCases, dossier: str) -> str:
    return cases.store.read(lambda tx: dossiers.by_id(tx, dossier)).phase


def states(cases: UseCases) -> dict[tuple[str, str], int]:
    return cases.store.read(outbox.counts)


class Slow(DocumentRenderer[NoOptions]):
    """A renderer that takes its time, and says when it begins."""

    key = "typst_letter"
    Options = NoOptions
    media_type = "application/pdf"
    extension = "pdf"

    def __init__(self) -> None:
        self.begun, self.go_on = Event(), Event()

    def render(self, letter: Letter, options: NoOptions, context: Any) -> bytes:
        self.begun.set()
        assert self.go_on.wait(20)
        return b"%PDF-1.7"


def with_slow_renderer(cases: UseCases) -> tuple[UseCases, Slow]:
    slow = Slow()

    class Plugin:
        @hookimpl
        def register_document_renderers(self) -> list[Slow]:
            return [slow]

    return replace(cases, plugins=shipped_plugins(disabled=["typst_letter"], extra={"slow": Plugin()})), slow


@each_address
def test_a_drain_does_what_is_due_and_what_that_puts(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        made = [a_filed_dossier(cases) for _ in range(3)]
        for one in made:
            cases.store.act(lambda tx, one=one: outbox.put(tx, "receipt", {"dossier": one.id}))
        assert drain(cases, threads=2) == Drained(done=6)
        assert states(cases) == {("receipt", "done"): 3, ("notice", "done"): 3}


def test_a_drain_stops_at_its_limit_and_at_its_kinds(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        for _ in range(5):
            owe_intake(cases)
        assert drain(cases, limit=2).done == 2
        assert drain(cases, kinds=["receipt"]) == Drained()
        assert drain(cases).done == 3


def test_a_bad_duty_stops_no_other(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "pre_instruct", {}))
        cases.store.act(lambda tx: outbox.put(tx, "teleport", {}))
        cases.store.act(lambda tx: outbox.put(tx, "receipt", {"dossier": "nobody"}))
        cases.store.act(lambda tx: outbox.put(tx, "write_back", {"dossier": "nobody", "decision": "none"}))
        good = owe_intake(cases)
        assert drain(cases) == Drained(done=1, failed=2, dead=2)
        assert phase(cases, good) == "instruction"
        told, receipt = cases.store.read(outbox.dead)
        assert (told.kind, receipt.kind) == ("write_back", "receipt")  # and its giving up, which finds no dossier
        assert "not_found" in (receipt.last_error or "")


def test_a_duty_that_fails_is_tried_later_and_later_then_shown_dead(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, clock=clock) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "teleport", {}))
        tries = 0
        for _ in range(60):
            went = drain(cases)
            tries += went.failed + went.dead
            clock.move(minutes=10)
        assert states(cases) == {("teleport", "dead"): 1}
        assert tries == outbox.SOON.most


def test_a_message_waits_for_a_mail_server_down_from_friday_to_monday(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, clock=clock) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "notice", {}))
        cases.store.act(lambda tx: outbox.put(tx, "pre_instruct", {}))
        for _ in range(62):
            drain(cases)
            clock.move(hours=1)
        assert states(cases) == {("notice", "queued"): 1, ("pre_instruct", "dead"): 1}
        for _ in range(40):
            drain(cases)
            clock.move(hours=1)
        assert states(cases)["notice", "dead"] == 1


def test_a_duty_that_killed_every_worker_is_given_up_beside_its_dossier(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, clock=clock) as cases:
        dossier = a_filed_dossier(cases)
        owed = {"dossier": dossier.id, "decision": "none"}
        cases.store.act(lambda tx: outbox.put(tx, "write_back", owed))
        for _ in range(MOST_KILLS):
            assert len(cases.store.act(lambda tx: outbox.claim(tx, "killed"))) == 1
            clock.move(minutes=6)
        assert drain(cases) == Drained(dead=1)
        (dead,) = cases.store.read(outbox.dead)
        assert "KilledItsWorkers" in (dead.last_error or "")
        assert cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))[-1].kind == "decision_not_written_back"


def test_a_failure_told_between_two_kills_counts_them_anew(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, clock=clock) as cases:
        cases.store.act(lambda tx: outbox.put(tx, "write_back", {}))
        for _ in range(2 * MOST_KILLS):
            cases.store.act(lambda tx: outbox.claim(tx, "killed"))
            clock.move(hours=3)
            assert drain(cases) == Drained(failed=1)
            clock.move(hours=3)


def test_told_to_stop_it_finishes_what_it_does_and_gives_back_the_rest(tmp_path: Path) -> None:
    with an_instance(tmp_path, clock=SystemClock(DAY.date())) as plain:
        cases, slow = with_slow_renderer(plain)
        for _ in range(3):
            dossier = a_filed_dossier(cases)
            cases.store.act(lambda tx, dossier=dossier: outbox.put(tx, "receipt", {"dossier": dossier.id}))
        stop = Event()
        worker = Thread(target=run, args=(cases, stop), kwargs={"worker_name": "one", "schedule": False})
        worker.start()
        assert slow.begun.wait(20)
        stop.set()
        slow.go_on.set()
        worker.join(20)
        assert not worker.is_alive()
        assert states(cases) == {("receipt", "done"): 1, ("receipt", "queued"): 2, ("notice", "queued"): 1}
        taken = cases.store.act(lambda tx: outbox.claim(tx, "another", kinds=["receipt"]))
        assert [row.attempts for row in taken] == [1, 1]


def test_a_worker_does_what_comes_while_it_waits_and_ends_with_its_store(tmp_path: Path) -> None:
    with an_instance(tmp_path, clock=SystemClock(DAY.date())) as cases:
        stop = Event()
        worker = Thread(target=run, args=(cases, stop), kwargs={"worker_name": "one"})
        worker.start()
        dossier, start = owe_intake(cases), monotonic()
        while phase(cases, dossier) == "filed" and monotonic() - start < 20:
            sleep(0.02)
        assert phase(cases, dossier) == "instruction"
    worker.join(20)
    assert not worker.is_alive()


def test_a_duty_longer_than_its_lease_is_held(tmp_path: Path) -> None:
    clock = SystemClock(DAY.date())
    with an_instance(tmp_path, clock=clock) as cases:
        owe_intake(cases)
        short = timedelta(seconds=0.3)
        rows: list[OutboxRow] = cases.store.act(lambda tx: outbox.claim(tx, "one", lease=short))
        with Keeper(cases.store, rows, short):
            sleep(0.7)
            assert cases.store.act(lambda tx: outbox.claim(tx, "two")) == []
        sleep(0.4)
        assert len(cases.store.act(lambda tx: outbox.claim(tx, "two"))) == 1


def test_a_duty_whose_worker_died_is_done_by_another_once_the_lease_is_over(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, clock=clock) as cases:
        dossier = owe_intake(cases)
        cases.store.act(lambda tx: outbox.claim(tx, "dead", lease=LEASE))
        assert drain(cases) == Drained()
        clock.move(seconds=LEASE.total_seconds() + 1)
        assert drain(cases) == Drained(done=1)
        assert phase(cases, dossier) == "instruction"


def test_a_worker_on_a_closed_store_ends(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with an_instance(tmp_path, url) as cases:
        pass
    run(cases, Event(), worker_name="one")
    try:
        drain(cases)
    except StoreClosedError:
        return
    raise AssertionError("a drain says that the store is closed")


def test_a_document_is_on_disk_before_its_row(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        cases.store.act(lambda tx: outbox.put(tx, "receipt", {"dossier": dossier.id}))
        drain(cases)
        (document,) = cases.store.read(lambda tx: files.documents(tx, dossier.id))
        assert (cases.folder / "files" / document.stored_as).stat().st_size == document.bytes
