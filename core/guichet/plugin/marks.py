"""Which plugins are at work, noted where a watchdog can read it after the process has died.

A shared page of memory, made before the process that works is forked: a mark costs two writes, no system call.
"""

from __future__ import annotations

import mmap
import struct
from collections import deque
from dataclasses import dataclass
from time import monotonic

__all__ = ["AtWork", "Marks"]

_SLOTS = 256
_SIZE = 80
_STARTING = "\x01"  # no name of a plugin begins with it
_STARTED = struct.Struct("d")
_NAME = struct.Struct(f"{_SIZE - _STARTED.size}s")


@dataclass(frozen=True, slots=True)
class AtWork:
    """A plugin in the middle of a call, for how many seconds, and whether it is being started."""

    plugin: str
    seconds: float
    starting: bool = False


class Marks:
    """The marks of one working process; every call takes a slot and gives it back."""

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, _SLOTS * _SIZE)
        self._free = deque(range(0, _SLOTS * _SIZE, _SIZE))

    def begin(self, plugin: str, *, starting: bool = False) -> int:
        """Note that a plugin is called, or started, and give the slot; below zero when none is free."""
        try:
            slot = self._free.pop()
        except IndexError:
            return -1
        name = f"{_STARTING}{plugin}" if starting else plugin
        _NAME.pack_into(self._page, slot + _STARTED.size, name.encode())
        _STARTED.pack_into(self._page, slot, monotonic())
        return slot

    def end(self, slot: int) -> None:
        """Note that the call of a slot is over."""
        if slot >= 0:
            _STARTED.pack_into(self._page, slot, 0.0)
            self._free.append(slot)

    def at_work(self) -> list[AtWork]:
        """Give the calls under way, the longest first; from any process that shares the page."""
        found: list[AtWork] = []
        now = monotonic()
        for slot in range(0, _SLOTS * _SIZE, _SIZE):
            (started,) = _STARTED.unpack_from(self._page, slot)
            if started:
                (name,) = _NAME.unpack_from(self._page, slot + _STARTED.size)
                said = bytes(name).rstrip(b"\0").decode(errors="replace")
                found.append(AtWork(said.removeprefix(_STARTING), now - started, said.startswith(_STARTING)))
        return sorted(found, key=lambda one: -one.seconds)

    def clear(self) -> None:
        """Forget every mark: the process that made them is gone."""
        self._page[:] = bytes(_SLOTS * _SIZE)
        self._free = deque(range(0, _SLOTS * _SIZE, _SIZE))
