"""A process of an instance that asks a service many times: `python asking_child.py URL SERVICE NUMBER BOOK`.

It starts asking when a line comes on its input, with the quotas counted in the instance's book (`shared`), or, with
that protection switched off, in one of its own (`own`).
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from databases import opened
from guichet.plugin.contracts import Call, Unavailable
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.plugin.outside.quota import OwnBook
from guichet.services.clocks import SystemClock
from guichet.services.quota_books import SharedBook

__all__: list[str] = []


def main(url: str, service: str, number: str, book: str) -> None:
    """Open the instance, say so, wait for the word, ask from two threads, say how many answers came."""
    store = opened(url)
    kept = SharedBook(store) if book == "shared" else OwnBook()
    door = OutsideClient(AllowedHosts((), "sandbox"), SystemClock(), lambda _: None, book=kept).within()
    call = Call(service="s", method="GET", url=service, purpose="to see", patience_s=60, repeatable=False)

    def ask(_: int) -> int:
        with suppress(Unavailable):
            return door.ask(call, lambda reply: reply.status == 200)
        return 0

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(2) as pool:
        print(sum(pool.map(ask, range(int(number)))), flush=True)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:5])
