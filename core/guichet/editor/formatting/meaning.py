"""Whether a file laid out again says the same: the same tree, the same words in its expressions."""

from __future__ import annotations

from typing import Any

from guichet.editor.declared import below, is_expression
from guichet.editor.formatting.expressions import Dialect
from guichet.errors import ProblemsFound
from guichet.language.reading.lexer import Token, tokenise
from guichet.language.sources import Mistake
from guichet.language.words import Words, function_of
from guichet.loader.reader import Mapping, Node, Scalar, Sequence, read_text
from guichet.model.scalars import ScalarError, parse_money
from guichet.model.types import Cents

__all__ = ["same_meaning"]


def same_meaning(before: Node, laid: str, file: str, dialect: Dialect, root: Any) -> bool:
    """Whether a laid out text reads as the tree it was made of, but for spaces and words of expressions."""
    try:
        after = read_text(laid, file)
    except ProblemsFound:
        return False
    return _Comparison(dialect).same(before, after, root, ())


class _Comparison:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def same(self, before: Node, after: Node, annotation: Any, path: tuple[str, ...]) -> bool:
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            return list(before.entries) == list(after.entries) and all(
                self.same(entry.value, after.entries[key].value, below(annotation, key), (*path, key))
                for key, entry in before.entries.items()
            )
        if isinstance(before, Sequence) and isinstance(after, Sequence):
            return len(before.items) == len(after.items) and all(
                self.same(one, other, below(annotation, str(place)), (*path, str(place)))
                for place, (one, other) in enumerate(zip(before.items, after.items, strict=True))
            )
        if isinstance(before, Scalar) and isinstance(after, Scalar):
            return before.text == after.text or self._same_text(before.text, after.text, annotation, path)
        return False

    def _same_text(self, before: str, after: str, annotation: Any, path: tuple[str, ...]) -> bool:
        if path == ("language",):
            return after == self.dialect.write
        if annotation == Cents:
            return _cents(before) == _cents(after)
        if not is_expression(annotation, path[-1], path[-2] if len(path) > 1 else ""):
            return False
        try:
            return self._words(before, self.dialect.read) == self._words(after, self.dialect.write)
        except Mistake:
            return False

    def _words(self, text: str, words: Words) -> list[tuple[str, object]]:
        tokens = tokenise(text, words)
        return [(token.kind, self._meaning(token, following, words)) for token, following in _pairs(tokens)]

    def _meaning(self, token: Token, following: Token | None, words: Words) -> object:
        if token.kind == "name" and following is not None and following.is_symbol("("):
            name = str(token.value)
            names = self.dialect.functions.get(name)
            return function_of(name, words) or (sorted(names.values()) if names else name)
        return token.value


def _pairs(tokens: list[Token]) -> list[tuple[Token, Token | None]]:
    return list(zip(tokens, [*tokens[1:], None], strict=True))


def _cents(text: str) -> object:
    try:
        return parse_money(text)
    except ScalarError:
        return text
