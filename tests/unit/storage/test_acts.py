"""An act is committed whole before its value comes back, or leaves nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Event

import pytest

from databases import SteppedClock, each_address, each_database, opened, sqlite_store, sqlite_url
from guichet.storage import Store, Tx, dossiers, instances, journal, outbox
from guichet.storage.errors import (
    ModeMismatchError,
    NestedActError,
    StoreClosedError,
    StoreUnavailableError,
    UnknownDatabaseError,
)
from stored import a_dossier


@each_database
def test_the_value_of_an_act_comes_back_after_its_commit(store: Store) -> None:
    made = store.act(a_dossier)

    assert store.read(lambda tx: dossiers.by_id(tx, made.id)) == made


@each_database
def test_an_act_that_raises_leaves_neither_change_nor_duty_nor_journal_line(store: Store) -> None:
    def half(tx: Tx) -> None:
        a_dossier(tx)
        outbox.put(tx, "receipt", {})
        tx.journal("reg-53", "dossier.filed")
        raise LookupError("on the way")

    with pytest.raises(LookupError):
        store.act(half)

    assert store.read(outbox.counts) == {}
    assert store.read(lambda tx: journal.page(tx, "reg-53")) == []
    assert store.read(lambda tx: dossiers.find(tx, "goff", places=[("reg-53", None)])) == []


@each_database
def test_a_savepoint_that_raises_takes_its_journal_lines_along(store: Store) -> None:
    def mass(tx: Tx) -> None:
        tx.journal("reg-53", "first")
        with suppress(LookupError), tx.savepoint():
            outbox.put(tx, "lost", {})
            tx.journal("reg-53", "second")
            raise LookupError
        outbox.put(tx, "kept", {})
        tx.journal("reg-53", "third")

    store.act(mass)

    assert store.read(outbox.counts) == {("kept", "queued"): 1}
    assert [line.kind for line in store.read(lambda tx: journal.page(tx, "reg-53"))] == ["first", "third"]


@each_database
def test_nested_acts_and_reads_are_refused(store: Store) -> None:
    for inner in (store.act, store.read):
        for outer in (store.act, store.read):
            with pytest.raises(NestedActError):
                outer(lambda _tx, inner=inner: inner(instances.get))

    assert store.act(instances.get) == store.read(instances.get)


@each_database
def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"read-?only"):
        store.read(lambda tx: outbox.put(tx, "kind", {}))
    with pytest.raises(RuntimeError):
        store.read(lambda tx: tx.journal("reg-53", "kind"))


@each_database
def test_a_read_sees_one_unchanging_database(store: Store) -> None:
    def reading(tx: Tx) -> tuple[object, object]:
        before = outbox.counts(tx)
        with ThreadPoolExecutor(1) as other:
            other.submit(store.act, lambda tx: outbox.put(tx, "kind", {})).result()
        return before, outbox.counts(tx)

    assert store.read(reading) == ({}, {})
    assert store.read(outbox.counts) == {("kind", "queued"): 1}


@each_database
def test_business_and_real_time_are_told_apart(store: Store, clock: SteppedClock) -> None:
    clock.put_business(clock.now().replace(year=2019))

    assert store.read(lambda tx: (tx.now.year, tx.real_now.year)) == (2019, 2020)


@each_database
def test_a_closed_store_takes_nothing(store: Store) -> None:
    store.close()

    for ask in (store.act, store.read):
        with pytest.raises(StoreClosedError):
            ask(instances.get)


def test_closing_finishes_every_accepted_act(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    store = opened(url)
    started, go_on = Event(), Event()

    def slow(_tx: Tx) -> None:
        started.set()
        go_on.wait(10)

    with ThreadPoolExecutor(21) as people:
        first = people.submit(store.act, slow)
        started.wait(10)
        later = [people.submit(store.act, lambda tx: outbox.put(tx, "kind", {})) for _ in range(20)]
        while store._writer._queue.qsize() < 20:
            pass
        closing = people.submit(store.close)
        go_on.set()
        closing.result(10)
        first.result(10)
        assert all(act.result(10) for act in later)
    again = opened(url)
    assert again.read(outbox.counts) == {("kind", "queued"): 20}
    again.close()


def test_acts_that_share_a_commit_fail_alone(tmp_path: Path) -> None:
    with sqlite_store(tmp_path) as store:
        together = Barrier(40)

        def act(number: int) -> str:
            together.wait()

            def work(tx: Tx) -> None:
                outbox.put(tx, "kind", {}, key=str(number))
                tx.journal("reg-53", "put", str(number))
                if number % 2:
                    raise LookupError(number)

            try:
                store.act(work)
            except LookupError as error:
                return f"refused {error.args[0] == number}"
            return "done"

        with ThreadPoolExecutor(40) as people:
            answers = list(people.map(act, range(40)))

        assert answers == ["done", "refused True"] * 20
        assert store.read(outbox.counts) == {("kind", "queued"): 20}
        assert store.read(lambda tx: journal.verify(tx, "reg-53").faults) == []


def test_an_act_that_ends_the_transaction_itself_is_the_only_one_lost(tmp_path: Path) -> None:
    with sqlite_store(tmp_path) as store:
        started, go_on = Event(), Event()

        def slow(_tx: Tx) -> None:
            started.set()
            go_on.wait(10)

        def broken(tx: Tx) -> None:
            tx.connection.exec_driver_sql("ROLLBACK")

        with ThreadPoolExecutor(3) as people:
            people.submit(store.act, slow)
            started.wait(10)
            good = people.submit(store.act, lambda tx: outbox.put(tx, "kind", {}))
            bad = people.submit(store.act, broken)
            while store._writer._queue.qsize() < 2:
                pass
            go_on.set()
            assert good.result(10)
            with pytest.raises(StoreUnavailableError):
                bad.result(10)

        assert store.read(outbox.counts) == {("kind", "queued"): 1}


@each_address
def test_the_mode_is_fixed_when_the_database_is_created(address, tmp_path: Path) -> None:
    with address(tmp_path) as url:
        opened(url, mode="sandbox").close()

        with pytest.raises(ModeMismatchError):
            opened(url, mode="live")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "nothing", ""])
def test_an_address_guichet_cannot_open_is_refused(url: str) -> None:
    with pytest.raises(UnknownDatabaseError):
        opened(url)


def test_a_password_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownDatabaseError) as refused:
        opened("mysql://someone:s3cret@host/name")

    assert "s3cret" not in str(refused.value)
