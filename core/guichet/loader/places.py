"""How messages name a file: relative to the folder its author works in."""

from __future__ import annotations

from pathlib import Path


def shown(path: Path, shown_from: Path | None) -> str:
    """A path as messages show it: relative to the folder the author works in, when it lies inside."""
    if shown_from is not None and path.is_relative_to(shown_from):
        return path.relative_to(shown_from).as_posix()
    return path.as_posix()
