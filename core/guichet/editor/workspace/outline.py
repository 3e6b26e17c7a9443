"""The outline of a file: what it declares, as a tree an editor shows beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guichet.editor.workspace.workspace import Workspace
from guichet.errors import Position
from guichet.loader.reader import Mapping, Node, Scalar, Sequence

__all__ = ["Entry", "outline"]

_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with what people read of it, where it stands, how far what it holds goes, what stands below."""

    name: str
    detail: str
    position: Position
    last_line: int
    inside: tuple[Entry, ...]


def outline(workspace: Workspace, path: Path) -> tuple[Entry, ...]:
    """The keys of a file that hold something, down to its fields, criteria and examples."""
    node = workspace.tree(path)
    return _entries(node, 1) if node is not None else ()


def _entries(node: Node, depth: int) -> tuple[Entry, ...]:
    if not isinstance(node, Mapping) or depth > _DEEPEST:
        return ()
    found: list[Entry] = []
    for key, entry in node.entries.items():
        if isinstance(entry.value, Mapping | Sequence) or depth <= 1:
            inside = _entries(entry.value, depth + 1)
            found.append(Entry(key, _label(entry.value), entry.key.position, _last_line(entry.value), inside))
    return tuple(found)


def _label(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text.split("\n", maxsplit=1)[0][:60]
    for key in ("label", "title") if isinstance(node, Mapping) else ():
        entry = node.entries.get(key) if isinstance(node, Mapping) else None
        if entry is not None and isinstance(entry.value, Scalar):
            return entry.value.text
    return ""


def _last_line(node: Node) -> int:
    if isinstance(node, Mapping):
        return max((_last_line(entry.value) for entry in node.entries.values()), default=node.position.line)
    if isinstance(node, Sequence):
        return max((_last_line(item) for item in node.items), default=node.position.line)
    return node.locate(max(len(node.text) - 1, 0)).line
