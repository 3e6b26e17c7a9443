"""The meaning of names: inputs, and definitions checked when they are first read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from guichet.language import bounds as intervals
from guichet.language.checking.checker import check
from guichet.language.checking.context import Context
from guichet.language.declarations import Environment
from guichet.language.reading.parser import parse
from guichet.language.sources import Mistake, Report, Source, Span
from guichet.language.syntax import Phrase
from guichet.language.tree import Constant, Node, Read
from guichet.language.types import MISTAKEN, UNROUNDED, Type
from guichet.language.words import rounding_words

DEEPEST_TREE = 50


class Names:
    """The names one set of rules may use.

    Args:
        elsewhere: Names that rules define, and that may not be read here.
    """

    def __init__(
        self,
        environment: Environment,
        definitions: Mapping[str, Source],
        report: Report,
        elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        self.elsewhere = elsewhere
        self.environment = environment
        self.report = report
        self.definitions: dict[str, Node] = {}
        self.keys: dict[str, tuple[Phrase, Node]] = {}
        self._sources = definitions
        self._open: list[str] = []

    def read(self, source: Source) -> Node:
        """The typed tree of a source; its problems go to the report."""
        context = Context(self, source, self.report, check, {})
        everything = Span(0, len(source.text))
        try:
            node = context.check(parse(source.text, self.environment.words))
        except Mistake as mistake:
            self.report.add_mistake(mistake, source)
            return context.mistaken(everything)
        if node.type != MISTAKEN and _depth(node) > DEEPEST_TREE:
            return context.problem("rule.too_deep", everything, most=DEEPEST_TREE)
        return node

    def definition(self, name: str) -> Node:
        """The typed tree of a definition, checked once."""
        if name not in self.definitions:
            source = self._sources[name]
            self._open.append(name)
            node = self.read(source)
            self._open.pop()
            if node.type.kind in UNROUNDED:
                everything = Span(0, len(source.text))
                code = "rule.named_unrounded" if node.type.kind == "unrounded_number" else "rule.named_unrounded_money"
                words = rounding_words(self.environment.words)
                self.report.add(code, source, everything, name=name, value=source.text.strip(), **words)
                node = Constant(0, type=MISTAKEN, text=source.text)
            self.definitions[name] = node
        return self.definitions[name]

    def meaning(self, name: str, context: Context, span: Span) -> Node | None:
        """What a bare name reads, None when nothing bears that name."""
        entry = self.environment.inputs.get(name)
        if entry is not None:
            type_ = entry.type
            item = type_.item if type_.item is not None else type_
            bounds = intervals.usual(item, entry.minimum, entry.maximum)
            return Read(name, entry.kind, type=type_, text=name, over=item.over, bounds=bounds)
        if name not in self._sources:
            return None
        if name in self._open:
            cycle = [*self._open[self._open.index(name) :], name]
            return context.problem("rule.cycle", span, name=name, cycle=" → ".join(cycle))
        found = self.definition(name)
        if found.type == MISTAKEN:
            return found
        return Read(name, "definition", type=found.type, text=name, over=found.type.over, bounds=found.bounds)

    def bears(self, name: str) -> bool:
        """Whether a field, a fact, a parameter or a definition has this name."""
        return name in self.environment.inputs or name in self._sources

    def is_open(self, name: str) -> bool:
        """Whether it is a definition that is being read."""
        return name in self._open

    def names(self, wanted: Type | None = None) -> list[str]:
        """The names that could have been meant."""
        inputs = [name for name, entry in self.environment.inputs.items() if wanted in {None, entry.type}]
        return [*inputs, *self._sources] if wanted is None else inputs

    def list_key(self, name: str, key: Node, phrase: Phrase, context: Context) -> None:
        """Notes with which key a list is consulted: always the same one."""
        first = self.keys.setdefault(name, (phrase, key))
        if first[0] != phrase:
            context.problem("rule.two_keys", phrase.span, list=name, first=first[1].text, second=key.text)


def normal(name: str) -> str:
    """A name with its accents composed, as the lexer gives it."""
    return unicodedata.normalize("NFC", name)


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children()), default=0)
