"""Primary keys that sort by the moment they were made (UUID version 7, RFC 9562); clock and randomness passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from guichet.model.reference import new_reference

__all__ = ["Ids", "uuid7"]

_COUNTER_END = 1 << 12


def uuid7(milliseconds: int, random_bytes: bytes, counter: int | None = None) -> str:
    """Give the UUIDv7 of an instant and ten random bytes; a counter takes the place of the first twelve random bits."""
    random = int.from_bytes(random_bytes[:10], "big")
    high = (random >> 64) & 0xFFF if counter is None else counter
    low = random & ((1 << 62) - 1)
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Ids:
    """Gives keys that never go back within a process, references and salts."""

    def __init__(self, now: Callable[[], datetime], random_bytes: Callable[[int], bytes]) -> None:
        self._now = now
        self._random_bytes = random_bytes
        self._lock = Lock()
        self._last = 0
        self._counter = 0

    def new(self) -> str:
        """Give a fresh primary key, greater than every earlier one of this process."""
        milliseconds = int(self._now().timestamp() * 1000)
        with self._lock:
            if milliseconds > self._last:
                self._last, self._counter = milliseconds, 0
            else:
                self._counter += 1
                if self._counter == _COUNTER_END:
                    self._last, self._counter = self._last + 1, 0
            milliseconds, counter = self._last, self._counter
        return uuid7(milliseconds, self._random_bytes(10), counter)

    def reference(self) -> str:
        """Give a fresh public reference."""
        return new_reference(self._random_bytes)

    def salt(self) -> str:
        """Give sixteen random bytes in hexadecimal."""
        return self._random_bytes(16).hex()

    def secret(self, size: int = 32) -> str:
        """Give random bytes in hexadecimal, for links and session ids."""
        return self._random_bytes(size).hex()
