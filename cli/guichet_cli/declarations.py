"""What commands about declarations share: the library of the folder one works in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.loader.library import Library
from guichet.runtime import read_library
from guichet.settings import Settings
from guichet_cli.terminal import Terminal

__all__ = ["instance_folder", "library_of", "settings_here"]


def library_of(terminal: Terminal, only: Sequence[str] | None = None) -> Library:
    """Reads the declarations of the instance one stands in, the shipped ones below."""
    return read_library(settings_here(terminal), only=only, shown_from=Path.cwd())


def settings_here(terminal: Terminal) -> Settings:
    """The settings, with the folder one stands in as the instance when it holds declarations."""
    settings, here = terminal.settings, Path.cwd()
    files = [here / name for name in ("schemes", "regions") if (here / name).is_file()]
    if settings.instance is not None:
        return settings
    if files:
        raise ProblemsFound([Problem("file_not_folder", {"value": path.name}) for path in files])
    if (here / "schemes").is_dir() or (here / "regions").is_dir():
        return replace(settings, instance=here)
    return settings


def instance_folder(terminal: Terminal) -> Path:
    """The folder of the instance one works with: the setting's, or `var/` where one stands."""
    return terminal.settings.instance or Path.cwd() / "var"
