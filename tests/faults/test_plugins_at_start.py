"""What a plugin may do wrong at start, for every hook: it is refused by its name."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from guichet.errors import ProblemsFound, render
from guichet.plugin import load_plugins, manager
from guichet.plugin.registry import FAMILIES
from hostile_starts import BAD, FAULTS
from shipped_plugins import shipped_modules, shipped_plugins


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_plugin_that_is_wrong_at_start_is_refused_by_name(family: Any, fault: str) -> None:
    make, told = FAULTS[fault]
    others = shipped_modules() if fault == "duplicate key" else {}
    start_s = 0.5 if fault == "endless loop" else 30.0  # the honest ones have their time on a busy machine
    with pytest.raises(ProblemsFound) as refused:
        load_plugins(extra={**others, BAD: make(family.hook)}, installed=False, start_s=start_s)
    assert [problem.data["plugin"] for problem in refused.value.problems] == [BAD]
    assert told in render(refused.value.problems[0], "en")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("raise RuntimeError('no')", "cannot be imported (RuntimeError: no (hostile_"),
        ("import sys; sys.exit(3)", "cannot be imported (SystemExit: 3 (hostile_"),
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
