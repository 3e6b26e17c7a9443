"""The files of declarations as the editor holds them, unsaved; each is read again only when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guichet.errors import Position, Problem, ProblemsFound
from guichet.loader.reader import Files, Node, Scalar, read_file, read_text, read_verbatim, verbatim

__all__ = ["OpenFiles"]

Version = tuple[object, ...]
_ROUNDS = 5


class OpenFiles(Files):
    """Texts being written over what lies on the disk, and the trees already read."""

    def __init__(self) -> None:
        self._open: dict[Path, tuple[int, str]] = {}
        self._count = 0
        self._trees: dict[Path, tuple[Version, Node | ProblemsFound]] = {}
        self._good: dict[Path, Node] = {}
        self._named: dict[str, Path] = {}

    def put(self, path: Path, text: str) -> None:
        """Takes the text of a file as it now stands in the editor."""
        self._count += 1
        self._open[path] = (self._count, text)

    def drop(self, path: Path) -> None:
        """Leaves a file to the disk again."""
        self._open.pop(path, None)

    def is_open(self, path: Path) -> bool:
        """Whether the editor holds the file."""
        return path in self._open

    def text(self, path: Path) -> str:
        """The text of a file, empty when it cannot be read."""
        if path in self._open:
            return self._open[path][1]
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def version(self, path: Path) -> Version:
        """What changes when the file does."""
        if path in self._open:
            return ("open", self._open[path][0])
        try:
            state = path.stat()
        except OSError:
            return ("absent",)
        return ("disk", state.st_mtime_ns, state.st_size)

    def path_of(self, shown_as: str) -> Path | None:
        """The file that positions name so."""
        return self._named.get(shown_as)

    def node(self, path: Path, shown_as: str) -> Node:
        """The tree of a file; raises ProblemsFound."""
        self._named[shown_as] = path
        version = (*self.version(path), shown_as)
        known = self._trees.get(path)
        if known is None or known[0] != version:
            known = (version, self._read(path, shown_as))
            self._trees[path] = known
        if isinstance(known[1], ProblemsFound):
            raise ProblemsFound(known[1].problems)
        self._good[path] = known[1]
        return known[1]

    def good(self, path: Path, shown_as: str) -> Node | None:
        """The tree of a file, or the last one that could be read while it is being written; None before any."""
        try:
            return self.node(path, shown_as)
        except ProblemsFound as error:
            if path not in self._good:
                guessed = _without_lines(self.text(path), shown_as, error.problems)
                if guessed is not None:
                    self._good[path] = guessed
            return self._good.get(path)

    def last(self, path: Path, shown_as: str) -> Node | None:
        """The last tree of a file that could be read, whatever was typed since; read now when there is none."""
        return self._good.get(path) or self.good(path, shown_as)

    def verbatim(self, path: Path, shown_as: str) -> Scalar:
        """A whole file as one text; raises ProblemsFound."""
        self._named[shown_as] = path
        return verbatim(self._open[path][1], shown_as) if path in self._open else read_verbatim(path, shown_as)

    def _read(self, path: Path, shown_as: str) -> Node | ProblemsFound:
        try:
            return read_text(self._open[path][1], shown_as) if path in self._open else read_file(path, shown_as)
        except ProblemsFound as error:
            return error
        except RecursionError:  # an editor sends anything: a mistake of one text never ends the server
            return ProblemsFound([Problem("yaml.too_deep", {"max": 32}, Position(shown_as, 1, 1))])


def _without_lines(text: str, shown_as: str, problems: Sequence[Problem]) -> Node | None:
    """The tree of a text whose lines at fault are left out, every other one where it stands; None when too many are."""
    lines = text.split("\n")
    for _ in range(_ROUNDS):
        for problem in problems:
            if problem.position is not None and problem.position.line <= len(lines):
                lines[problem.position.line - 1] = ""
        try:
            return read_text("\n".join(lines), shown_as)
        except ProblemsFound as error:
            problems = error.problems
        except RecursionError:
            return None
    return None
