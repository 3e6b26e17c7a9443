"""Starting plugins: what is imported and asked at start has its time, and cannot stop the program."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from guichet.plugin.health import HealthBook, PluginFailed, told_of
from guichet.plugin.marks import Marks

__all__ = ["START_S", "StartsTooSlowly", "begun", "said_of"]

T = TypeVar("T")

START_S = 30.0
"""How long a plugin may take to be imported, and to answer a hook; a slow disk takes one or two."""


class StartsTooSlowly(Exception):  # noqa: N818  reads as the fact it states
    """The plugin has not come back in its time."""


def begun(plugin: str, work: Callable[[], T], seconds: float = START_S, marks: Marks | None = None) -> T:
    """Do what a plugin does at start, in a thread that is left behind when it does not come back.

    Args:
        marks: Where a watchdog reads who was being started when the process died.

    Raises:
        StartsTooSlowly: It does not come back.
        PluginFailed: It raised, tried to leave the program, or copied it; the cause is chained.
    """
    given: list[T] = []
    raised: list[BaseException] = []

    def start() -> None:
        try:
            given.append(HealthBook(logs=False).call(plugin, work))
        except BaseException as error:  # noqa: BLE001  the plugin border: carried to who asked
            raised.append(error)

    thread = Thread(target=start, name=f"guichet-start-{plugin}", daemon=True)
    slot = marks.begin(plugin, starting=True) if marks is not None else -1
    thread.start()
    thread.join(seconds)
    if marks is not None:
        marks.end(slot)
    if raised:
        raise raised[0]
    if not given:
        raise StartsTooSlowly(plugin)
    return given[0]


def said_of(error: BaseException) -> str:
    """Give what a plugin raised at start, in short."""
    return error.error if isinstance(error, PluginFailed) else told_of(error)
