"""A YAML text to its tree, or every problem that can be found in it at once."""

from __future__ import annotations

from pathlib import Path

from guichet.errors import Position, Problem, ProblemsFound
from guichet.loader.reader.build import Builder, CapReached
from guichet.loader.reader.caps import Caps
from guichet.loader.reader.decode import decode
from guichet.loader.reader.events import SyntaxFailure, events
from guichet.loader.reader.nodes import Node
from guichet.loader.reader.source import Source


def read_text(text: str | bytes, file: str, caps: Caps | None = None, *, accelerated: bool = True) -> Node:
    """The tree of one declaration file; raises ProblemsFound with every problem of the text.

    Args:
        text: the content; bytes are read as UTF-8.
        file: the name that positions show.
        caps: the limits; the default ones when None.
        accelerated: False reads with ruamel's pure parser, which gives the same tree more slowly.
    """
    caps = caps or Caps()
    source = decode(text, file, caps)
    builder = Builder(source, events(source, accelerated=accelerated), caps)
    root: Node | None = None
    try:
        root = builder.document()
    except CapReached:
        pass
    except SyntaxFailure as failure:
        builder.problems.append(_plain_failure(source, failure))
    if builder.problems or root is None:
        raise ProblemsFound(_ordered(builder.problems)[: caps.problems])
    return root


def read_file(path: Path, shown_as: str | None = None, caps: Caps | None = None) -> Node:
    """The tree of a file, named in problems as `shown_as`; a file that cannot be opened is a problem too."""
    file = shown_as or str(path)
    caps = caps or Caps()
    try:
        with path.open("rb") as stream:
            content = stream.read(caps.size + 1)
    except OSError as error:
        code = "yaml.no_such_file" if isinstance(error, FileNotFoundError) else "yaml.unreadable"
        raise ProblemsFound([Problem(code, {"file": file, "reason": error.strerror}, Position(file, 1, 1))]) from error
    return read_text(content, file, caps)


def _plain_failure(source: Source, failure: SyntaxFailure) -> Problem:
    return Problem("yaml.syntax", {"said": failure.said}, source.position(failure.index))


def _ordered(problems: list[Problem]) -> list[Problem]:
    return sorted(
        problems, key=lambda problem: (problem.position.line, problem.position.column) if problem.position else (0, 0)
    )
