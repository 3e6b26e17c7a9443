"""The first files of an instance and of a scheme: templates, filled and laid in a folder of their own."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Writes files by path inside a folder, and gives their paths."""
    paths: list[Path] = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def in_yaml(text: str) -> str:
    """Gives a text as YAML takes it, whatever it holds, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
