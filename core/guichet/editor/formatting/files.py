"""One declaration file, laid out; its meaning compared before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from guichet.editor.declared import below, is_expression, root_of
from guichet.editor.formatting.expressions import Dialect, formatted, grouped
from guichet.editor.formatting.layout import Layout
from guichet.editor.formatting.meaning import same_meaning
from guichet.editor.formatting.pieces import read_pieces
from guichet.editor.formatting.scalars import Path, Rewrite, Scalars
from guichet.editor.schemas import kind_of
from guichet.errors import Problem, ProblemsFound
from guichet.language.reading.parser import parse
from guichet.language.sources import Mistake
from guichet.loader.declaration import find
from guichet.loader.reader import Mapping, Node, Scalar, Sequence, read_text
from guichet.loader.reader.caps import Caps
from guichet.loader.reader.decode import decode
from guichet.model.scalars import ScalarError, parse_money
from guichet.model.types import Cents

__all__ = ["format_text", "language_of"]


def format_text(text: str, file: str, dialect: Dialect) -> str:
    """The text of a declaration file in its canonical layout.

    Raises:
        ProblemsFound: What keeps it from being read: a file with such a mistake is left alone.
    """
    node = read_text(text, file)
    source = decode(text, file, Caps())
    kind = kind_of(PurePath(file))
    root = root_of(kind.name) if kind is not None else None
    _refuse_mistakes(node, root, dialect)
    for unquote in (True, False):
        rewriting = _Rewriting(root, dialect)
        laid = Layout(Scalars(source, rewriting.of, unquote)).whole(read_pieces(source))
        if same_meaning(node, laid, file, dialect, root):
            return laid
    raise ProblemsFound([Problem("fmt.would_change", {"file": file})])


def language_of(node: Node) -> str:
    """The language a scheme says its expressions are in."""
    said = find(node, ("language",))
    return said.text if isinstance(said, Scalar) and said.text in ("fr", "en") else "fr"


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """What each text of a file becomes, by its path."""

    root: Any
    dialect: Dialect

    def of(self, path: Path, text: str) -> Rewrite | None:
        if not path:
            return None
        annotation = self._at(path)
        if is_expression(annotation, path[-1], path[-2] if len(path) > 1 else ""):
            return Rewrite(formatted(text, self.dialect) if text.strip() else text, expression=True)
        if path == ("language",) and self.dialect.read != self.dialect.write:
            return Rewrite(self.dialect.write)
        if annotation == Cents:
            return Rewrite(_amount(text))
        return None

    def _at(self, path: Path) -> Any:
        found = self.root
        for step in path:
            found = below(found, step)
        return found


def _amount(text: str) -> str:
    """An amount with its thousands apart; anything else as it is."""
    try:
        parse_money(text)
    except ScalarError:
        return text
    bare = text.removesuffix("€").rstrip()
    digits = len(bare) - len(bare.lstrip("0123456789"))
    is_amount = text.endswith("€") and digits and bare[digits : digits + 1] in ("", " ", ",", ".")
    return f"{grouped(bare[:digits])}{bare[digits:]} €" if is_amount else text


def _refuse_mistakes(node: Node, root: Any, dialect: Dialect) -> None:
    problems = list(_mistakes(node, root, (), dialect))
    if problems:
        raise ProblemsFound(problems)


def _mistakes(node: Node, annotation: Any, path: Path, dialect: Dialect) -> list[Problem]:
    """The mistakes of writing in the expressions below a node."""
    if isinstance(node, Mapping):
        inside = [(key, entry.value) for key, entry in node.entries.items()]
    elif isinstance(node, Sequence):
        inside = [(str(number), item) for number, item in enumerate(node.items)]
    else:
        if not path or not is_expression(annotation, path[-1], path[-2] if len(path) > 1 else ""):
            return []
        return _mistake(node, path, dialect)
    return [one for step, value in inside for one in _mistakes(value, below(annotation, step), (*path, step), dialect)]


def _mistake(node: Scalar, path: Path, dialect: Dialect) -> list[Problem]:
    try:
        if node.text.strip():
            parse(node.text, dialect.read)
    except Mistake as error:
        span = error.span
        where = node.locate(span.start, max(span.end - span.start, 1))
        return [Problem(error.code, error.data, where, path)]
    return []
