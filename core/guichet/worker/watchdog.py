"""Watches over the process that works: when a plugin hangs or kills it, it is started again without that plugin.

The watching process forks the working one before anything is open, and does nothing but wait. It knows which plugins
were at work from the marks, a page of memory both share. A listening socket bound before stays open in between: who
calls meanwhile waits, and is answered.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic, sleep
from types import FrameType
from typing import Literal

from guichet.plugin import HealthBook, Marks

__all__ = ["Ended", "Limits", "Watched", "watch"]

_LOOK_EVERY_S = 0.2
_FINISHING_S = 3.0
_SUSPECTED_TWICE = 2
_CRASHES = 5
_REFUSED = 2
_CRASHES_WITHIN_S = 60.0
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call of a plugin may take."""

    seconds: float = 120.0
    memory_mb: int | None = None
    """What the whole process may take; asking for more fails, and the plugin that asked is counted as failing."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a working process ended, and the plugins blamed for it: they are set aside, or refused at start."""

    how: Literal["hung", "died", "started"]
    blamed: tuple[str, ...]
    suspected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """What the working process knows of its watchdog."""

    marks: Marks | None = None
    """None where nobody watches."""
    aside: Mapping[str, str] = field(default_factory=dict[str, str])
    """Plugins set aside since the watchdog began, and why."""
    news: Mapping[str, str] = field(default_factory=dict[str, str])
    """Those of the last end."""

    def tell(self, health: HealthBook) -> None:
        """Note the calls of plugins for the watchdog, and call those no more that ended a process before."""
        if self.marks is not None:
            health.noted_in(self.marks)
        for plugin, reason in self.aside.items():
            health.set_aside(plugin, reason)


def watch(limits: Limits, note: Callable[[Ended], None]) -> Watched | int:
    """Split this process in two: the one that works gets its Watched, the one that watches an exit code at the end.

    Args:
        note: Told of each end that is followed by a new start, and of a plugin that ends the process at each start.
    """
    watchdog = _Watchdog(limits, note)
    return watchdog.run()


class _Watchdog:
    def __init__(self, limits: Limits, note: Callable[[Ended], None]) -> None:
        self._limits = limits
        self._note = note
        self._marks = Marks()
        self._aside: dict[str, str] = {}
        self._news: dict[str, str] = {}
        self._suspicions: Counter[str] = Counter()
        self._crashes: deque[float] = deque(maxlen=_CRASHES)
        self._told = 0
        self._child = 0

    def run(self) -> Watched | int:
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        while True:
            self._marks.clear()
            alive, watching = os.pipe()  # closed by the system when the watching process is gone
            sys.stdout.flush()
            sys.stderr.flush()
            self._child = os.fork()
            if not self._child:
                os.close(watching)
                for number, handler in before.items():
                    signal.signal(number, handler)
                _end_with(alive)
                _limit_memory(self._limits.memory_mb)
                return Watched(self._marks, dict(self._aside), dict(self._news))
            os.close(alive)
            for number in before:
                signal.signal(number, self._pass_on)
            code = self._waited()
            os.close(watching)
            if code is not None:
                for number, handler in before.items():
                    signal.signal(number, handler)
                return code

    def _pass_on(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  the signature of a handler
        self._told = number
        try:
            os.kill(self._child, number)
        except ProcessLookupError:
            return

    def _waited(self) -> int | None:
        """Wait for the end of the working process; gives the exit code, None when another is to be started."""
        while True:
            found, status = os.waitpid(self._child, os.WNOHANG)
            if found:
                return self._judged(status)
            hung = [one.plugin for one in self._marks.at_work() if one.seconds > self._limits.seconds]
            if hung:
                self._stop()
                return self._again("hung", set(hung), f"a call lasted more than {self._limits.seconds:g} seconds")
            sleep(_LOOK_EVERY_S)

    def _judged(self, status: int) -> int | None:
        code = os.waitstatus_to_exitcode(status)
        marked = self._marks.at_work()
        at_work = {one.plugin for one in marked}
        if self._told or -code in (signal.SIGTERM, signal.SIGINT):
            return 0 if -code == signal.SIGTERM else 130 if -code == signal.SIGINT else max(code, 0)
        if code >= 0 and not at_work:
            return code
        starting = tuple(sorted({one.plugin for one in marked if one.starting}))
        if starting:  # it would do so again at each start
            self._note(Ended("started", starting))
            return _REFUSED
        if not at_work:
            self._crashes.append(monotonic())
            if len(self._crashes) == _CRASHES and self._crashes[-1] - self._crashes[0] < _CRASHES_WITHIN_S:
                return 1
        return self._again("died", at_work, f"the process ended in the middle of its call ({_said(code)})")

    def _again(self, how: Literal["hung", "died"], plugins: Iterable[str], reason: str) -> None:
        suspects = sorted(plugins)
        for plugin in suspects:
            # Alone at work, or past its time, it did it; one of several at work did, and is known the second time.
            self._suspicions[plugin] += _SUSPECTED_TWICE if how == "hung" or len(suspects) == 1 else 1
        blamed = tuple(plugin for plugin in suspects if self._suspicions[plugin] >= _SUSPECTED_TWICE)
        self._news = dict.fromkeys(blamed, reason)
        self._aside |= self._news
        self._note(Ended(how, blamed, tuple(suspects)))

    def _stop(self) -> None:
        """End a process one of whose threads does not come back: the others may finish what they are at."""
        os.kill(self._child, signal.SIGTERM)
        limit = monotonic() + _FINISHING_S
        while monotonic() < limit:
            if os.waitpid(self._child, os.WNOHANG)[0]:
                return
            sleep(0.05)
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


def _end_with(alive: int) -> None:
    """End the working process, gracefully, when the watching one is gone."""

    def wait() -> None:
        os.read(alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, name="guichet-watched", daemon=True).start()


def _limit_memory(megabytes: int | None) -> None:
    if megabytes is None:
        return
    import resource  # not on Windows, where there is no watchdog either

    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))


def _said(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
