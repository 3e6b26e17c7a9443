"""Acts that the event loop waits for without a thread: those that end together wake it once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable
from concurrent.futures import Future
from typing import Any, TypeAlias

__all__ = ["Endings"]

_Waiting: TypeAlias = "asyncio.Future[None]"


class Endings:
    """What the loop of an application waits for; acts of one commit end together, and waking a loop costs a call."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: deque[_Waiting] = deque()

    def of(self, act: Future[Any]) -> Awaitable[None]:
        """Gives what the loop awaits until an act has ended, well or not; who stops waiting undoes nothing."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # an application started again
            self._loop, self._ended = loop, deque()
        ended, waiting = self._ended, loop.create_future()

        def end(_: Future[Any]) -> None:
            ended.append(waiting)
            if len(ended) == 1:  # otherwise the loop has been woken and has not looked yet
                loop.call_soon_threadsafe(_release, ended)

        act.add_done_callback(end)
        return waiting


def _release(ended: deque[_Waiting]) -> None:
    while ended:
        waiting = ended.popleft()
        if not waiting.done():  # who asked may have left
            waiting.set_result(None)
