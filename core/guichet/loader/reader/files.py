"""Where declarations are read from: the disk, unless who reads brings something else, such as an editor's own texts."""

from __future__ import annotations

from pathlib import Path

from guichet.loader.reader.nodes import Node, Scalar
from guichet.loader.reader.read import read_file, read_verbatim

__all__ = ["DISK", "Files"]


class Files:
    """The files of declarations as they lie on the disk."""

    def node(self, path: Path, shown_as: str) -> Node:
        """The tree of a file; raises ProblemsFound."""
        return read_file(path, shown_as)

    def verbatim(self, path: Path, shown_as: str) -> Scalar:
        """A whole file as one text; raises ProblemsFound."""
        return read_verbatim(path, shown_as)


DISK = Files()
