"""What commands that work on an instance share: its use cases, in its own mode and on its own business day."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from guichet.errors import Problem, ProblemsFound
from guichet.plugin.contracts.base import Mode
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.storage import instances
from guichet.storage.errors import ModeMismatchError, StorageError
from guichet_cli.declarations import instance_folder
from guichet_cli.terminal import Terminal

__all__ = ["open_instance"]


@contextmanager
def open_instance(terminal: Terminal) -> Generator[UseCases]:
    """Gives the use cases of the instance one works with, closed at the end; refuses a folder that holds none."""
    folder = instance_folder(terminal)
    if terminal.settings.database_url is None and not (folder / "guichet.sqlite3").exists():
        raise ProblemsFound([Problem("run.no_instance", {"folder": folder})])
    try:
        cases = _opened(terminal)
    except StorageError as error:
        raise ProblemsFound([error.problem]) from error
    try:
        yield cases
    finally:
        cases.store.close()


def _opened(terminal: Terminal) -> UseCases:
    folder, mode = instance_folder(terminal), _mode(terminal)
    cases = build(terminal.settings, folder=folder, mode=mode)
    day = cases.store.read(instances.get).business_day
    if day is None:
        return cases
    cases.store.close()
    return build(terminal.settings, folder=folder, mode=mode, business_day=day)


def _mode(terminal: Terminal) -> Mode:
    """The mode the database was created in."""
    try:
        cases = build(terminal.settings, folder=instance_folder(terminal), mode="sandbox")
    except ModeMismatchError:
        return "live"
    cases.store.close()
    return "sandbox"
