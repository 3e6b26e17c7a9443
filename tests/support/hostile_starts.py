"""What a plugin may do wrong at start, by any hook, and what the refusal says."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from guichet import hookimpl
from shipped_plugins import shipped_modules

__all__ = ["BAD", "FAULTS"]

BAD = "hostile"


def given(hook: str) -> list[Any]:
    """What the shipped plugins give to a hook."""
    return [
        thing for module in shipped_modules().values() if hasattr(module, hook) for thing in getattr(module, hook)()
    ]


def a_module(**functions: Any) -> ModuleType:
    module = ModuleType(BAD)
    for name, function in functions.items():
        setattr(module, name, function)
    return module


def end(*_: Any) -> Any:
    sys.exit(3)


async def wait() -> list[Any]:
    await asyncio.sleep(0)
    return []


def loop() -> list[Any]:
    limit = time.monotonic() + 5  # long past its time, yet no thread of the tests turns for ever
    while time.monotonic() < limit:
        time.sleep(0.01)
    return []


def nothing() -> list[Any]:
    return []


def copied() -> list[Any]:
    os.fork()
    return []


# fault → the hook's function, and what the refusal says
FAULTS: dict[str, tuple[Callable[[str], ModuleType], str]] = {
    "raise": (lambda hook: a_module(**{hook: hookimpl(lambda: 1 // 0)}), "failed at start (ZeroDivisionError"),
    "SystemExit": (
        lambda hook: a_module(**{hook: hookimpl(lambda: end())}),
        "failed at start (SystemExit: 3 (hostile_starts.py:",
    ),
    "endless loop": (lambda hook: a_module(**{hook: hookimpl(loop)}), "does not finish starting (over 0.5 seconds)"),
    "fork": (lambda hook: a_module(**{hook: hookimpl(copied)}), "failed at start (it copied the process (fork))"),
    "wrong type": (lambda hook: a_module(**{hook: hookimpl(lambda: [object()])}), "gives an object object"),
    "nothing": (lambda hook: a_module(**{hook: hookimpl(lambda: None)}), "gives nothing"),
    "coroutine": (lambda hook: a_module(**{hook: hookimpl(wait)}), "is asynchronous, it would never run"),
    "misspelt hook": (
        lambda hook: a_module(**{hook.replace("register", "registr"): hookimpl(nothing)}),
        "there is no hook",
    ),
    "mutated arguments": (
        lambda hook: a_module(**{hook: hookimpl(lambda context: [])}),
        "takes nothing, yet it declares: context",
    ),
    "duplicate key": (
        lambda hook: a_module(**{hook: hookimpl(lambda: given(hook)[:1])}),
        "is already taken by the plugin",
    ),
}
