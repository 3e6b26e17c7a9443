"""A formula with its numbers: the author's words, each name replaced by what it is worth."""

from __future__ import annotations

from collections.abc import Callable

from guichet.language import tree
from guichet.language.reading.lexer import tokenise
from guichet.language.tracing.run import Run
from guichet.language.tree import Node
from guichet.language.values import write_value
from guichet.language.words import Words


def with_numbers(node: Node | None, words: Words) -> Callable[[Run], str]:
    """A function of a run that gives the formula with its numbers."""
    if node is None:
        return lambda _: ""
    reads = {part.name: part for part in node.walk() if isinstance(part, tree.Read)}
    pieces: list[tuple[str, tree.Read]] = []
    tokens, place = tokenise(node.text, words), 0
    for before, token, after in zip([None, *tokens], tokens, tokens[1:], strict=False):
        read = reads.get(token.value) if token.kind == "name" and isinstance(token.value, str) else None
        if read is None or after.is_symbol("(", ".") or (before is not None and before.is_symbol(".")):
            continue
        pieces.append((node.text[place : token.span.start], read))
        place = token.span.end
    rest = node.text[place:]

    def fill(run: Run) -> str:
        filled = ""
        for text, read in pieces:
            held = run.definitions if read.origin == "definition" else run.values
            filled += text + write_value(held[read.name], read.type, words)
        return filled + rest

    return fill
