"""What the checker carries while it reads one expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from guichet.language import bounds as intervals
from guichet.language.bounds import Bounds
from guichet.language.declarations import Environment
from guichet.language.sources import Report, Source, Span
from guichet.language.syntax import Phrase
from guichet.language.tree import Constant, Node
from guichet.language.types import MISTAKEN, UNROUNDED, Type
from guichet.language.words import rounding_words, words_for


class Scope(Protocol):
    """Where names get their meaning."""

    environment: Environment
    elsewhere: frozenset[str]

    def meaning(self, name: str, context: Context, span: Span) -> Node | None:
        """What a bare name reads, None when nothing bears that name."""
        ...

    def definition(self, name: str) -> Node:
        """The typed tree of a definition."""
        ...

    def bears(self, name: str) -> bool:
        """Whether a field, a fact, a parameter or a definition has this name."""
        ...

    def is_open(self, name: str) -> bool:
        """Whether it is a definition that is being read."""
        ...

    def names(self, wanted: Type | None = None) -> list[str]:
        """The names that could have been meant."""
        ...

    def list_key(self, name: str, key: Node, phrase: Phrase, context: Context) -> None:
        """Notes with which key a list is consulted."""
        ...


class Check(Protocol):
    """Gives an expression its type."""

    def __call__(self, phrase: Phrase, context: Context, expected: Type | None = None) -> Node:
        """The typed tree of a phrase; problems go to the context's report."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """One expression being checked: its source, its row variables, and whether a rounding surrounds it."""

    scope: Scope
    source: Source
    report: Report
    checker: Check
    rows: Mapping[str, Type]
    rounding: bool = False

    def check(self, phrase: Phrase, expected: Type | None = None) -> Node:
        """The typed tree of a part of the expression."""
        return self.checker(phrase, self, expected)

    def inside_rounding(self) -> Context:
        """The same context for what a rounding surrounds."""
        return replace(self, rounding=True)

    def outside_rounding(self) -> Context:
        """The same context for a condition, whose numbers are compared and not rounded later."""
        return replace(self, rounding=False)

    def with_row(self, variable: str, type_: Type) -> Context:
        """The same context with one more row variable."""
        return replace(self, rows={**self.rows, variable: type_}, rounding=False)

    def text(self, span: Span) -> str:
        """The words of a slice of the expression."""
        return span.of(self.source)

    def problem(self, code: str, span: Span, **data: object) -> Node:
        """Reports a problem and gives a node about which nothing more will be said."""
        self.report.add(code, self.source, span, **data)
        return Constant(0, type=MISTAKEN, text=self.text(span))

    def mistaken(self, span: Span) -> Node:
        """A node that depends on something already reported."""
        return Constant(0, type=MISTAKEN, text=self.text(span))

    def rounding_words(self) -> dict[str, object]:
        """The words of a rounding in this file, for hints."""
        return rounding_words(self.scope.environment.words)

    def words_for(self, *meanings: str) -> dict[str, object]:
        """The words of this file by what they mean, for hints."""
        return words_for(self.scope.environment.words, *meanings)

    def fitting(self, node: Node, span: Span) -> Node:
        """The node itself, after refusing one whose value may leave 64 bits."""
        interval: Bounds | None = node.bounds
        if (
            interval is None
            or node.dynamic
            or intervals.fits(interval, node.over, within_rounding=node.type.kind in UNROUNDED)
        ):
            return node
        return self.problem("rule.may_overflow", span, expression=node.text)
