"""What commands about declarations share: the library of the folder one works in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from guichet.errors import Problem, ProblemsFound
from guichet.loader.instances import DATA, data_folder, find_instance
from guichet.loader.library import Library, load_library
from guichet.runtime import DATABASE_FILE, read_library
from guichet.settings import Settings
from guichet_cli.terminal import Terminal

__all__ = ["instance_here", "library_of", "settings_here"]


def _data_here() -> Path | None:
    """The folder where one stands, when the data lies right in it, as in a demonstration's."""
    return Path.cwd() if (Path.cwd() / DATABASE_FILE).is_file() else None


def library_of(
    terminal: Terminal, only: Sequence[str] | None = None, read: Callable[..., Library] = load_library
) -> Library:
    """Reads the declarations of the instance one stands in, the shipped ones below."""
    return read_library(settings_here(terminal), only=only, shown_from=Path.cwd(), read=read)


def settings_here(terminal: Terminal) -> Settings:
    """The settings, with the instance one stands in: the nearest with an `instance.yaml`, or what lies right here."""
    settings = terminal.settings
    if settings.instance is not None:
        return settings
    found = find_instance(Path.cwd())
    here = found or Path.cwd()
    files = [here / name for name in ("schemes", "regions") if (here / name).is_file()]
    if files:
        raise ProblemsFound([Problem("file_not_folder", {"value": path.name}) for path in files])
    if found is not None or (here / "schemes").is_dir() or (here / "regions").is_dir():
        return replace(settings, instance=here)
    return settings


def instance_here(terminal: Terminal, folder: Path | None = None) -> tuple[Settings, Path]:
    """The settings of the instance one works with, and the folder of its data: `var/` where one stands by default.

    Args:
        folder: The one named by an option, which wins.
    """
    settings = terminal.settings
    own = folder or settings.instance or find_instance(Path.cwd()) or _data_here()
    if own is not None:
        return replace(settings, instance=own), data_folder(own)
    data = Path.cwd() / DATA
    return replace(settings, instance=settings_here(terminal).instance or data), data
