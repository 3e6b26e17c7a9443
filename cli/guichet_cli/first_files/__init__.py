"""The first files of an instance and of a scheme: templates, filled and laid in a folder of their own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from string import Template

from guichet.errors import Problem, ProblemsFound

__all__ = ["filled", "in_yaml", "refuse_taken", "write_files"]


def filled(template: str, words: Mapping[str, str]) -> str:
    """Gives the text of a template with its words; an unknown word is a mistake of ours."""
    text = (Path(__file__).parent / f"{template}.tmpl").read_text(encoding="utf-8")
    return Template(text).substitute(words)


def refuse_taken(folder: Path) -> None:
    """Refuses a folder that holds something, or a path that is no folder; nothing is ever written over."""
    if folder.exists() and not folder.is_dir():
        raise ProblemsFound([Problem("new.not_a_folder", {"path": folder})])
    found = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    if found:
        data = {"folder": folder, "holds": found[:5], "more": "…" if len(found) > 5 else ""}
        raise ProblemsFound([Problem("new.folder_not_empty", data)])


def write_files(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Writes files by path inside a folder, and gives their paths; cut short, it leaves no new file behind."""
    paths = [folder / name for name in files]
    new = [path for path in paths if not path.exists()]
    try:
        for path, text in zip(paths, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except BaseException:  # a full disk, Ctrl-C: the same command must find its place free
        _take_away(folder, new)
        raise
    return paths


def _take_away(folder: Path, new: list[Path]) -> None:
    for path in new:
        with suppress(OSError):  # it was never there
            path.unlink()
    for place in sorted({path.parent for path in new} | {folder}, reverse=True):
        with suppress(OSError):  # it holds something else
            place.rmdir()


def in_yaml(text: str) -> str:
    """Gives a text as YAML takes it, whatever it holds, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
