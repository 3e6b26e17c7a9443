"""Opening an instance: its folder, its mode as fixed at creation, its business day if it has one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from guichet.plugin.contracts.base import Mode
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.storage import instances
from guichet.storage.errors import ModeMismatchError
from guichet_cli.declarations import instance_folder
from guichet_cli.terminal import Terminal

__all__ = ["an_open_instance"]


@contextmanager
def an_open_instance(terminal: Terminal, folder: Path | None = None, base_url: str = "") -> Generator[UseCases]:
    """Gives the use cases of an instance, made at need as a sandbox, and closes its store at the end."""
    cases = _opened(terminal, folder or instance_folder(terminal), base_url)
    try:
        yield cases
    finally:
        cases.store.close()


def _opened(terminal: Terminal, folder: Path, base_url: str) -> UseCases:
    settings = replace(terminal.settings, instance=folder if folder.is_dir() else terminal.settings.instance)
    mode: Mode = "sandbox"
    try:
        cases = build(settings, folder=folder, mode=mode, base_url=base_url)
    except ModeMismatchError:
        mode = "live"
        cases = build(settings, folder=folder, mode=mode, base_url=base_url)
    day = cases.store.read(instances.get).business_day
    if day is None:
        return cases
    cases.store.close()
    return build(settings, folder=folder, mode=mode, base_url=base_url, business_day=day)
