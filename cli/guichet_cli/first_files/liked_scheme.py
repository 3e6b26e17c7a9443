"""A scheme begun from another: its files as they are, with what one asked for changed where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from guichet.errors import Position
from guichet.loader.declaration import find
from guichet.loader.reader import Scalar, Sequence
from guichet.loader.schemes import SchemeSource
from guichet_cli.first_files import in_yaml

__all__ = ["liked_files"]

_LEFT_OUT = frozenset({"demo.yaml"})
_HEAD = "# Repris de {like} par guichet new scheme : relisez tout, textes de loi et dates d'abord.\n"


def liked_files(
    source: SchemeSource, id_: str, changes: Mapping[tuple[str, ...], str]
) -> tuple[dict[str, str], list[str]]:
    """Gives the files of a scheme like another, and what could not be changed because a block says it.

    Args:
        changes: The new text by path of the scheme; `territories` takes ids joined by commas.
    """
    files = {
        path.relative_to(source.folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(source.folder.rglob("*"))
        if path.is_file() and path.name not in _LEFT_OUT and path.name[0] != "."
    }
    left: list[str] = []
    for path, text in {("id",): id_, **changes}.items():
        changed = _list_changed if path == ("territories",) else _text_changed
        if not changed(files, source, path, text):
            left.append(".".join(path))
    files["scheme.yaml"] = _HEAD.format(like=source.id) + files["scheme.yaml"]
    return files, left


def _text_changed(files: dict[str, str], source: SchemeSource, path: tuple[str, ...], text: str) -> bool:
    node = find(source.node, path)
    name = _own_file(files, source, node.position) if isinstance(node, Scalar) else None
    if name is None or not isinstance(node, Scalar) or node.style not in ("plain", "single", "double"):
        return False
    written = text if path == ("id",) or path[0] == "calendar" else in_yaml(text)
    files[name] = _replaced(files[name], node.position, written)
    return True


def _list_changed(files: dict[str, str], source: SchemeSource, path: tuple[str, ...], text: str) -> bool:
    """A list on one line replaced, or added below the title where there was none."""
    node = find(source.node, path)
    line = f"territories: [{text}]"
    if node is None:
        files["scheme.yaml"] = re.sub(r"(?m)^(title: .*)$", rf"\1\n{line}", files["scheme.yaml"], count=1)
        return True
    found, count = re.subn(r"(?m)^territories: \[.*\]", line, files["scheme.yaml"], count=1)
    files["scheme.yaml"] = found
    return isinstance(node, Sequence) and count == 1


def _own_file(files: Mapping[str, str], source: SchemeSource, position: Position) -> str | None:
    """The file of the scheme's own folder where something stands; None when a block holds it."""
    name = position.file.removeprefix(f"{source.shown_as}/")
    return name if name in files and (Path(source.shown_as) / name).as_posix() == position.file else None


def _replaced(text: str, position: Position, written: str) -> str:
    lines = text.splitlines(keepends=True)
    line = lines[position.line - 1]
    start = position.column - 1
    lines[position.line - 1] = line[:start] + written + line[start + position.length :]
    return "".join(lines)
