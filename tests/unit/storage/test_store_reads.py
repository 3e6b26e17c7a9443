"""Reads: apart from acts, nested only where that cannot wait for itself."""

from concurrent.futures import ThreadPoolExecutor
from os import urandom
from threading import Barrier

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.exc import DBAPIError

from databases import SteppedClock, each_database
from guichet.model.identifiers import Ids
from guichet.storage import Store, Tx, idempotency
from guichet.storage.errors import StoreUnavailableError
from guichet.storage.postgres import PostgresStore
from guichet.storage.tables import instance

AS_MANY_AS_A_POOL = 20


@each_database
def test_readers_who_all_look_aside_at_once_do_not_wait_for_each_other(store: Store) -> None:
    everyone_reads = Barrier(AS_MANY_AS_A_POOL, timeout=20)

    def read_then_look_aside(_: int) -> str:
        def read(_tx: object) -> str:
            everyone_reads.wait()
            return store.aside(lambda tx: tx.value(select(instance.c.mode)))

        return store.read(read)

    with ThreadPoolExecutor(AS_MANY_AS_A_POOL) as threads:
        assert set(threads.map(read_then_look_aside, range(AS_MANY_AS_A_POOL))) == {store.mode}


@each_database
def test_a_read_sees_what_was_committed_before_it_and_nothing_after(store: Store) -> None:
    def keep(key: str) -> None:
        store.act(lambda tx: idempotency.once(tx, "s", key, lambda: "kept"))

    def look_twice(tx: Tx) -> tuple[object, object]:
        before = idempotency.recall(tx, "s", "second")
        with ThreadPoolExecutor(1) as aside:
            aside.submit(keep, "second").result()
        return before, idempotency.recall(tx, "s", "second")

    keep("first")
    assert store.read(lambda tx: idempotency.recall(tx, "s", "first")) == "kept"
    assert store.read(look_twice) == (None, None)
    assert store.read(lambda tx: idempotency.recall(tx, "s", "second")) == "kept"


@each_database
def test_a_read_that_raises_leaves_the_next_one_a_view_of_its_own(store: Store) -> None:
    def look_and_raise(tx: Tx) -> None:
        assert idempotency.recall(tx, "s", "key") is None
        raise LookupError

    for _ in range(AS_MANY_AS_A_POOL + 1):
        with pytest.raises(LookupError):
            store.read(look_and_raise)

    store.act(lambda tx: idempotency.once(tx, "s", "key", lambda: "kept"))
    assert store.read(lambda tx: idempotency.recall(tx, "s", "key")) == "kept"


@each_database
def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises((StoreUnavailableError, DBAPIError)):
        store.read(lambda tx: idempotency.once(tx, "s", "key", lambda: "kept"))

    assert store.read(lambda tx: idempotency.recall(tx, "s", "key")) is None


def test_a_look_aside_at_a_server_that_is_away_says_so_as_a_read_does() -> None:
    clock = SteppedClock()
    address = make_url("postgresql://nobody@127.0.0.1:1/nothing")
    store = PostgresStore(address, clock=clock, ids=Ids(clock.now, urandom), mode="sandbox")
    with pytest.raises(StoreUnavailableError):
        store.aside(lambda tx: tx.value(select(instance.c.mode)))
