"""Places of files as the protocol counts them: lines from 0, characters in the units agreed with the editor."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from guichet.editor.workspace import Workspace
from guichet.errors import Position

__all__ = ["Places"]


class Places:
    """Turns places of the protocol into ours, and back.

    Args:
        wide: Whether a character outside the first plane counts for two, as it does in most editors.
    """

    def __init__(self, workspace: Workspace, *, wide: bool = True) -> None:
        self._workspace = workspace
        self.wide = wide

    def path(self, uri: str) -> Path | None:
        """The file of an address; None for what is no file."""
        found = to_fs_path(uri) if uri.startswith("file:") else None
        return Path(found) if found else None

    def uri(self, path: Path) -> str:
        """The address of a file."""
        return from_fs_path(str(path)) or path.as_uri()

    def column(self, path: Path, place: types.Position) -> int:
        """The column of a place, counted from 1 in characters; the end of the line for one beyond it."""
        line, units = self._line(path, place.line), 0
        for number, sign in enumerate(line):
            if units >= place.character:
                return number + 1
            units += self._width(sign)
        return len(line) + 1

    def place(self, path: Path, line: int, column: int) -> types.Position:
        """The place of a line and column counted from 1."""
        before = self._line(path, line - 1)[: column - 1]
        return types.Position(max(line - 1, 0), sum(map(self._width, before)))

    def range(self, path: Path, where: Position) -> types.Range:
        """The range of a position."""
        start = self.place(path, where.line, where.column)
        return types.Range(start, self.place(path, where.line, where.column + where.length))

    def whole(self, path: Path) -> types.Range:
        """The range of a whole file."""
        lines = self.lines(path)
        return types.Range(types.Position(0, 0), types.Position(len(lines), 0))

    def lines(self, path: Path) -> list[str]:
        """The lines of a file as it now stands."""
        return self._workspace.files.text(path).split("\n")

    def _line(self, path: Path, number: int) -> str:
        lines = self.lines(path)
        return lines[number] if 0 <= number < len(lines) else ""

    def _width(self, sign: str) -> int:
        return 2 if self.wide and ord(sign) > 0xFFFF else 1
