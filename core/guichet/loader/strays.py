"""Files and folders that nothing would read: misplaced or misspelt, they are refused instead of left aside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from guichet.errors import Position, Problem, guess, nearest
from guichet.loader.places import shown

_WRITTEN = frozenset({"", ".yaml", ".yml", ".md", ".txt", ".json"})
"""How what a consultant writes ends; a spreadsheet or an image kept beside is nobody's mistake."""


def strays(
    folder: Path, shown_as: str, files: Collection[str], folders: Collection[str] = (), ending: str = ""
) -> Iterator[Problem]:
    """Each entry of a folder that is none of these files and folders, nor a file that ends so."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        name, is_folder = entry.name, entry.is_dir()
        if _aside(name) or name in files or (ending and name.endswith(ending)):
            continue
        place = Position(f"{shown_as}/{name}", 1, 1)
        if is_folder and name in folders:
            continue
        if name in folders:
            yield Problem("file_not_folder", {"value": name}, place)
        elif is_folder or ending or entry.suffix in _WRITTEN:
            choices = [f"*{ending}"] if ending else [*sorted(files), *(f"{known}/" for known in folders)]
            yield Problem("unknown_file", guess(f"{name}/" if is_folder else name, choices), place)


def misplaced_schemes(roots: Sequence[Path], shown_from: Path | None) -> Iterator[Problem]:
    """What lies in a `schemes/` folder and is no scheme: a folder without `scheme.yaml`, a file."""
    for root in roots:
        for entry in sorted(root.iterdir()) if root.is_dir() and root.name == "schemes" else ():
            if _aside(entry.name):
                continue
            place = Position(shown(entry, shown_from), 1, 1)
            if entry.is_file() and entry.suffix in _WRITTEN:
                yield Problem("scheme_outside_folder", {"value": entry.name}, place)
            elif entry.is_dir() and not (entry / "scheme.yaml").is_file():
                inside = [path.name for path in entry.iterdir() if path.is_file() and path.stem.casefold() != "rules"]
                data = {"value": entry.name, "nearest": nearest("scheme.yaml", inside)}
                yield Problem("folder_without_scheme", data, place)


def _aside(name: str) -> bool:
    return name[0] in "._" or name.startswith("README") or name.endswith("~")
