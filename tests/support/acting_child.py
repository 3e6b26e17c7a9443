"""A process that acts on a store and says what was acknowledged, until it is killed.

    python acting_child.py URL HONEST

Each act writes two outbox rows and a journal line. An honest child says its number after `act` has returned; the
other one says it before the commit, as a store that fakes its commits would.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from itertools import count
from threading import Lock, Thread
from time import sleep

from guichet.model.identifiers import Ids
from guichet.storage import Store, Tx, open_store, outbox


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def business(self) -> datetime:
        return datetime.now(UTC)


def main(url: str, *, honest: bool) -> None:
    clock = SystemClock()
    store = open_store(url, clock=clock, ids=Ids(clock.now, os.urandom), mode="sandbox")
    numbers, lock = count(), Lock()
    for _ in range(7):
        Thread(target=act_forever, args=(store, numbers, lock, honest), daemon=True).start()
    act_forever(store, numbers, lock, honest)


def act_forever(store: Store, numbers: count[int], lock: Lock, honest: bool) -> None:
    for number in numbers:

        def act(tx: Tx, number: int = number) -> None:
            outbox.put(tx, "first", {}, key=f"{number}-first")
            tx.journal("reg-53", "acted", str(number))
            outbox.put(tx, "second", {}, key=f"{number}-second")
            if not honest:
                say(number, lock)
                sleep(0.02)

        store.act(act)
        if honest:
            say(number, lock)


def say(number: int, lock: Lock) -> None:
    with lock:
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], honest=sys.argv[2] == "honest")
