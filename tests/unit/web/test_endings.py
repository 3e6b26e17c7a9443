"""The event loop waits for acts without a thread: those that end together wake it once, and none is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from guichet.web.endings import Endings

MANY = 40


def test_acts_that_end_together_wake_the_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait_for_all() -> int:
        woken = _counting(monkeypatch)
        acts: list[Future[None]] = [Future() for _ in range(MANY)]
        waiting = asyncio.gather(*(endings.of(act) for act in acts))
        await asyncio.sleep(0)
        for act in acts:
            act.set_result(None)
        await waiting
        return len(woken)

    endings = Endings()
    assert asyncio.run(wait_for_all()) == 1


def test_every_act_that_ends_in_another_thread_is_heard_of() -> None:
    async def wait_for_all(thread: ThreadPoolExecutor) -> None:
        for _ in range(MANY):
            await asyncio.wait_for(asyncio.gather(*(endings.of(thread.submit(int)) for _ in range(MANY))), 10)

    endings = Endings()
    for _ in range(2):  # a second loop, as of an application started again
        with ThreadPoolExecutor(1) as thread:
            asyncio.run(wait_for_all(thread))


def test_who_stops_waiting_leaves_the_others_their_answer() -> None:
    async def leave_one() -> str:
        act: Future[str] = Future()
        gone, stays = asyncio.ensure_future(endings.of(act)), asyncio.ensure_future(endings.of(act))
        gone.cancel()
        act.set_result("done")
        await asyncio.wait_for(stays, 10)
        return act.result()

    endings = Endings()
    assert asyncio.run(leave_one()) == "done"


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[Callable[..., Any]]:
    """The calls that wake the running loop from now on."""
    loop, woken = asyncio.get_running_loop(), list[Callable[..., Any]]()
    wake = loop.call_soon_threadsafe

    def counted(callback: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        woken.append(callback)
        return wake(callback, *arguments, **options)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    return woken
