"""A hostile command: it runs alone, for who typed it; the plugin is named, and the instance stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from databases import sqlite_url
from guichet import hookimpl
from guichet.plugin import guards, manager
from guichet.settings import Settings
from guichet_cli.main import run
from hostile_plugins import AT_WORK, COMMAND_LET, COMMAND_NAMED, HOSTILE, prints
from hostile_story import filed_digests
from worked import a_filed_dossier, an_instance

Capture = pytest.CaptureFixture[str]


def install(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Install a plugin whose command does harm with all it is handed."""

    @click.command("hostile-work")
    @click.pass_context
    def command(ctx: click.Context) -> Any:
        return {**AT_WORK, "print to stdout": prints}[fault](lambda: 0, (ctx.obj, ctx.params))

    module = ModuleType(HOSTILE)
    vars(module)["register_commands"] = hookimpl(lambda: [command])
    monkeypatch.setattr(EntryPoint, "load", lambda self: module)
    point = EntryPoint(name=HOSTILE, value=HOSTILE, group=manager.GROUP)
    monkeypatch.setattr(manager, "entry_points", lambda group: (point,))


def left_by(work: Callable[[], int]) -> int:
    """The code a program leaves with, however it leaves."""
    try:
        return work()
    except SystemExit as left:
        return int(str(left.code))


@pytest.mark.parametrize("fault", [*COMMAND_NAMED, *COMMAND_LET])
def test_the_plugin_is_named_and_no_dossier_changes(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    install(monkeypatch, fault)
    with an_instance(tmp_path, sqlite_url(tmp_path)) as cases:
        a_filed_dossier(cases)
        before = filed_digests(cases)
        code = left_by(lambda: run(["hostile-work"], Settings(language="en")))
        told = capsys.readouterr().err
        assert code == (1 if fault in COMMAND_NAMED else 3 if fault == "SystemExit" else 0)
        assert ('plugin "hostile": it failed at work (' in told) == (fault in COMMAND_NAMED)
        assert "Traceback" not in told
        assert filed_digests(cases) == before


def test_without_the_guard_the_program_breaks_and_nobody_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The sabotage."""
    install(monkeypatch, "raise")
    monkeypatch.setattr(guards, "_guarded_command", lambda command, plugin, health: command)
    with pytest.raises(ZeroDivisionError):
        run(["hostile-work"], Settings(language="en"))
    assert HOSTILE not in capsys.readouterr().err
