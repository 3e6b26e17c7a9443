"""What commands about declarations share: the library of the folder one works in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from guichet.loader.library import Library
from guichet.runtime import read_library
from guichet_cli.terminal import Terminal

__all__ = ["instance_folder", "library_of"]


def library_of(terminal: Terminal, only: Sequence[str] | None = None) -> Library:
    """Reads the declarations of the instance one stands in, the shipped ones below."""
    settings = terminal.settings
    here = Path.cwd()
    if settings.instance is None and ((here / "schemes").is_dir() or (here / "regions").is_dir()):
        settings = replace(settings, instance=here)
    return read_library(settings, only=only, shown_from=here)


def instance_folder(terminal: Terminal) -> Path:
    """The folder of the instance one works with: the setting's, or `var/` where one stands."""
    return terminal.settings.instance or Path.cwd() / "var"
