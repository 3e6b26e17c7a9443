"""Reads: apart from acts, nested only where that cannot wait for itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from databases import each_database
from guichet.storage import Store
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
