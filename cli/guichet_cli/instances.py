"""What commands that work on an instance share: it must be there, and its own refusals are shown as ours."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.loader.instances import DATA, INSTANCE_FILE
from guichet.plugin import Marks
from guichet.runtime import DATABASE_FILE
from guichet.services.cases import UseCases
from guichet.storage.errors import StorageError
from guichet_cli.declarations import instance_here
from guichet_cli.opening import an_open_instance
from guichet_cli.terminal import Terminal

__all__ = ["open_instance"]


@contextmanager
def open_instance(
    terminal: Terminal, base_url: str = "", marks: Marks | None = None, *, folder: Path | None = None
) -> Generator[UseCases]:
    """Gives the use cases of the instance one works with, closed at the end; refuses a folder that holds none."""
    settings, data = instance_here(terminal, folder)
    declared = settings.instance is not None and (settings.instance / INSTANCE_FILE).is_file()
    if settings.database_url is None and not declared and not (data / DATABASE_FILE).exists():
        raise ProblemsFound([Problem("run.no_instance", {"folder": data.parent if data.name == DATA else data})])
    try:
        with an_open_instance(terminal, folder, base_url, marks) as cases:
            yield cases
    except StorageError as error:
        raise ProblemsFound([error.problem]) from error
