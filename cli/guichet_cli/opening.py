"""Opening an instance: its folder, its mode as fixed at creation, its business day if it has one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.loader.instances import DATA
from guichet.plugin import Marks
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.settings import Settings
from guichet.storage import instances
from guichet.storage.errors import ModeMismatchError, StorageError
from guichet_cli.declarations import instance_here
from guichet_cli.terminal import Terminal

__all__ = ["an_open_instance"]


@contextmanager
def an_open_instance(
    terminal: Terminal, folder: Path | None = None, base_url: str = "", marks: Marks | None = None
) -> Generator[UseCases]:
    """Gives the use cases of an instance, and closes its store at the end.

    Its database is made at need, where an instance is declared or named; nowhere else.

    Raises:
        ProblemsFound: No instance is here and none is named, or its database refuses.
    """
    settings, data = instance_here(terminal, folder)
    if data == settings.instance == Path.cwd() / DATA and settings.database_url is None and not data.exists():
        raise ProblemsFound([Problem("run.no_instance", {"folder": Path.cwd()})])
    try:
        cases = _opened(settings, data, base_url, marks)
    except StorageError as error:
        raise ProblemsFound([error.problem]) from error
    try:
        yield cases
    finally:
        cases.store.close()


def _opened(settings: Settings, data: Path, base_url: str, marks: Marks | None) -> UseCases:
    make = partial(build, settings, folder=data, base_url=base_url, marks=marks)
    try:
        cases = make()
    except ModeMismatchError:  # no instance.yaml says the mode: the database does
        make = partial(make, mode="live")
        cases = make()
    day = cases.store.read(instances.get).business_day
    if day is None:
        return cases
    cases.store.close()
    return make(business_day=day)
