"""A formula with its numbers: the author's words, each name replaced by what it is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guichet.language import tree
from guichet.language.lexer import tokenise
from guichet.language.tree import Node
from guichet.language.types import Type
from guichet.language.values import write_value
from guichet.language.words import Words


def with_numbers(node: Node, words: Words) -> Callable[[Mapping[str, object]], str]:
    """A function of the values by name that gives the formula with its numbers."""
    types = {part.name: part.type for part in node.walk() if isinstance(part, tree.Read)}
    pieces: list[tuple[str, str | None, Type | None]] = []
    tokens, place = tokenise(node.text, words), 0
    for before, token, after in zip([None, *tokens], tokens, tokens[1:], strict=False):
        name = token.value
        if token.kind != "name" or not isinstance(name, str) or name not in types:
            continue
        if after.is_symbol("(", ".") or (before is not None and before.is_symbol(".")):
            continue
        pieces.append((node.text[place : token.span.start], name, types[name]))
        place = token.span.end
    rest = node.text[place:].rstrip()

    def fill(values: Mapping[str, object]) -> str:
        filled = [
            text + (write_value(values[name], type_, words) if name is not None and type_ is not None else "")
            for text, name, type_ in pieces
        ]
        return "".join(filled) + rest

    return fill
