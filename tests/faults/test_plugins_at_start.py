"""What a plugin may do wrong at start, for every hook: it is refused by its name."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from guichet import hookimpl
from guichet.errors import ProblemsFound, render
from guichet.plugin import load_plugins, manager
from guichet.plugin.registry import FAMILIES
from shipped_plugins import shipped_modules, shipped_plugins

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
    "SystemExit": (lambda hook: a_module(**{hook: hookimpl(lambda: end())}), "failed at start (SystemExit: 3)"),
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


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_plugin_that_is_wrong_at_start_is_refused_by_name(family: Any, fault: str) -> None:
    make, told = FAULTS[fault]
    with pytest.raises(ProblemsFound) as refused:
        load_plugins(extra={**shipped_modules(), BAD: make(family.hook)}, start_s=0.5)
    assert [problem.data["plugin"] for problem in refused.value.problems] == [BAD]
    assert told in render(refused.value.problems[0], "en")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("raise RuntimeError('no')", "cannot be imported (RuntimeError: no)"),
        ("import sys; sys.exit(3)", "cannot be imported (SystemExit: 3)"),
        ("import time; time.sleep(60)", "does not finish starting (over 0.5 seconds)"),
        ("while True: pass", "does not finish starting (over 0.5 seconds)"),
        ("import os; os.fork()", "cannot be imported (it copied the process (fork))"),
        ("def (", "cannot be imported (SyntaxError"),
    ],
)
def test_a_module_that_misbehaves_when_it_is_loaded_is_refused_by_name(
    source: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"hostile_{abs(hash(source))}"
    ended = "while not os.path.exists('ended'): time.sleep(.01)"  # so that no thread of the tests turns for ever
    body = source.replace("while True: pass", f"import os, time\n{ended}")
    (tmp_path / f"{name}.py").write_text(body, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    point = EntryPoint(name=BAD, value=name, group="guichet.plugins")
    monkeypatch.setattr(manager, "entry_points", lambda group: (point,))
    with pytest.raises(ProblemsFound) as refused:
        load_plugins(start_s=0.5)
    (tmp_path / "ended").touch()
    assert [problem.data["plugin"] for problem in refused.value.problems] == [BAD]
    assert told in render(refused.value.problems[0], "en")


def test_switched_off_by_name_the_others_start() -> None:
    raising, _ = FAULTS["raise"]
    modules = {**shipped_modules(), BAD: raising("register_exporters")}
    assert set(load_plugins(disabled=[BAD], extra=modules).exporters) == set(shipped_plugins().exporters)
