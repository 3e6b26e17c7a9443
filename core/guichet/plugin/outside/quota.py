"""A service's quota, kept in a book: a call takes its place there before it goes out, so that none is exceeded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Condition, Lock
from typing import Protocol
from uuid import uuid4

from guichet.plugin.contracts.outside import Pace
from guichet.plugin.contracts.saying_no import Unavailable
from guichet.plugin.outside.allowance import GLANCE_S, Allowance, Told, lasting, told_by

__all__ = ["Change", "OwnBook", "Quota", "QuotaBook"]

Change = Callable[[Allowance], Allowance]


class QuotaBook(Protocol):
    """Keeps what each service allows, for all who read the same book; safe from any thread."""

    def change(self, service: str, change: Change) -> None:
        """Put what `change` gives in place of what is kept; nobody changes it meanwhile, and it may be called again.

        Raises:
            Unavailable: The book does not answer.
        """
        ...

    def change_soon(self, service: str, change: Change) -> None:
        """Do as `change`, after those asked before and without waiting; it may be lost when the book is."""
        ...


class OwnBook:
    """The book of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, Allowance] = {}

    def change(self, service: str, change: Change) -> None:
        """Put what `change` gives in place of what is kept."""
        with self._lock:
            self._kept[service] = change(self._kept.get(service, Allowance()))

    change_soon = change


class Quota:
    """The calls left of one service, as its book says; safe from any thread.

    Args:
        sleep: Lets seconds pass.
    """

    def __init__(
        self, service: str, book: QuotaBook, now: Callable[[], datetime], sleep: Callable[[float], None]
    ) -> None:
        self._service = service
        self._book = book
        self._now = now
        self._sleep = sleep
        self._turn = Condition()

    def take(self, pace: Pace | None, patience_s: float, timeout_s: float = 10.0) -> str:
        """Take one call that ends within `timeout_s`, waiting for it if need be; gives the key to `give_back`.

        Raises:
            Unavailable: None will be left within the patience.
        """
        key, waited = uuid4().hex, 0.0
        while True:
            wait = self._reserve(key, pace, timeout_s)
            if wait <= 0:
                return key
            if waited + wait > patience_s:
                raise self._exhausted()
            waited += wait
            self._pause(wait)

    def give_back(self, key: str, headers: Mapping[str, str] | None, status: int) -> Told:
        """Say that a call has ended and give what its reply told; headers are None when there was no reply."""
        told = told_by(headers, status, self._now())
        self._book.change_soon(self._service, lambda kept: kept.returned(key, told))
        with self._turn:
            self._turn.notify_all()
        return told

    def _reserve(self, key: str, pace: Pace | None, timeout_s: float) -> float:
        wait = 0.0

        def change(kept: Allowance) -> Allowance:
            nonlocal wait
            now = self._now()
            current = kept.at(now, pace)
            wait = current.wait_s(now, pace)
            return kept if wait > 0 else current.reserved(key, now, lasting(now, timeout_s), pace)

        self._book.change(self._service, change)
        return wait

    def _pause(self, seconds: float) -> None:
        if seconds > GLANCE_S:
            self._sleep(seconds)
            return
        with self._turn:  # a reply that comes back to this process is heard at once, another's at the next glance
            self._turn.wait(seconds)

    def _exhausted(self) -> Unavailable:
        return Unavailable(
            fr=f"Le quota du service « {self._service} » est atteint : il sera rappelé plus tard.",
            en=f'The quota of the service "{self._service}" is reached: it will be called again later.',
        )
