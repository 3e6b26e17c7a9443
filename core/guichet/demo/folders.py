"""The folders of demonstrations: begun afresh when a demonstration made them, never when somebody else did."""

from __future__ import annotations

import shutil
from pathlib import Path

from guichet.errors import Problem, ProblemsFound

__all__ = ["PLAYED", "fresh_folder"]

PLAYED = "demo-headless"
"""The file that marks a folder in which a run without a screen was played."""


def fresh_folder(folder: Path, mark: str) -> None:
    """Make a folder empty and marked.

    Raises:
        ProblemsFound: It holds something that no demonstration with this mark put there.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / mark).is_file():
            raise ProblemsFound([Problem("demo.folder_not_empty", {"folder": folder})])
        for path in folder.iterdir():
            if path.name != mark:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / mark).touch()
