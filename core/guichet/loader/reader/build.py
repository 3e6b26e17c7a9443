"""Events to nodes, with every refusal that YAML itself does not make."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from guichet.errors import Problem
from guichet.loader.reader import silent
from guichet.loader.reader.caps import Caps
from guichet.loader.reader.events import Event
from guichet.loader.reader.nodes import Entry, Mapping, Node, Scalar, Sequence
from guichet.loader.reader.source import Source


class CapReached(Exception):  # noqa: N818  internal: it stops the reading
    """The text is larger than the caps allow; the problem is already noted."""


class Builder:
    """Builds the tree of one document and notes the problems met on the way."""

    def __init__(self, source: Source, events: Iterator[Event], caps: Caps) -> None:
        self._source = source
        self._events = events
        self._caps = caps
        self._nodes = 0
        self.problems: list[Problem] = []

    def document(self) -> Node | None:
        """The only document of the text, or None when it holds nothing usable."""
        root: Node | None = None
        documents = 0
        for event in self._events:
            if event.kind == "document":
                documents += 1
                if documents == 2:
                    self._note("yaml.many_documents", event.start, 3)
                elif event.directives:
                    self._note("yaml.directive", self._directive(event), 1)
            elif event.kind != "other":
                node = self._node(event, (), 1)
                root = node if documents == 1 else root
        if isinstance(root, Scalar):
            self._note("yaml.not_a_mapping", root.start, len(root.text))
            return None
        if documents == 0 or (root is None and not self.problems):
            self.problems.append(Problem("yaml.empty_file", {}, self._source.place(0, 0)))
        return root

    def _node(self, event: Event, path: tuple[str, ...], depth: int) -> Node | None:
        self._count(event, depth)
        self._refuse_properties(event, path)
        if event.kind == "scalar":
            return self._scalar(event, path)
        if event.kind == "mapping":
            return self._mapping(event, path, depth)
        if event.kind == "sequence":
            return self._sequence(event, path, depth)
        return None

    def _mapping(self, event: Event, path: tuple[str, ...], depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        keys: dict[str, Scalar] = {}
        while (start := next(self._events)).kind != "end":
            key = self._key(start, path, depth)
            value_event = next(self._events)
            below = (*path, key.text) if key else path
            problems_before = len(self.problems)
            value = self._node(value_event, below, depth + 1)
            if key is None:
                continue
            if key.text in keys:
                del self.problems[problems_before:]
                data = {"key": key.text, "first": keys[key.text].position}
                self._note("yaml.duplicate_key", key.start, len(key.text), path, **data)
                continue
            keys[key.text] = key
            if isinstance(value, Scalar) and self._is_empty(value_event):
                self.problems.append(silent.empty_value(self._source, key, value_event, event, path))
            elif value is not None:
                entries[key.text] = Entry(key, value)
        return Mapping(MappingProxyType(entries), self._source.position(event.start))

    def _sequence(self, event: Event, path: tuple[str, ...], depth: int) -> Sequence:
        items: list[Node] = []
        number = 0
        while (start := next(self._events)).kind != "end":
            number += 1
            node = self._node(start, (*path, str(number)), depth + 1)
            if isinstance(node, Scalar) and self._is_empty(start):
                self._note("yaml.empty_item", max(start.start - 1, 0), 1, path)
            elif node is not None:
                items.append(node)
        return Sequence(tuple(items), self._source.position(event.start))

    def _key(self, event: Event, path: tuple[str, ...], depth: int) -> Scalar | None:
        """The key of an entry; None when it cannot be one, which is noted."""
        if event.kind != "scalar":
            before = len(self.problems)
            self._node(event, path, depth + 1)
            del self.problems[before:]
            self.problems.append(silent.complex_key(self._source, event, path))
            return None
        self._count(event, depth)
        self._refuse_properties(event, path)
        if not event.text:
            self._note("yaml.empty_key", event.start, 1, path)
            return None
        if event.text == "<<" and event.style == "plain":
            self._note("yaml.merge_key", event.start, 2, path)
            return None
        self.problems.extend(silent.odd_key(self._source, event, path))
        return self._made(event)

    def _scalar(self, event: Event, path: tuple[str, ...]) -> Scalar:
        if len(event.text) > self._caps.scalar:
            self._note("yaml.too_long_text", event.start, 1, path, max=self._caps.scalar)
            raise CapReached
        self.problems.extend(silent.odd_value(self._source, event, path))
        return self._made(event)

    def _made(self, event: Event) -> Scalar:
        return Scalar(event.text, event.style, self._source, event.start, event.end - event.start)

    def _count(self, event: Event, depth: int) -> None:
        self._nodes += 1
        if self._nodes > self._caps.nodes:
            self._note("yaml.too_many_nodes", event.start, 1, max=self._caps.nodes)
            raise CapReached
        if depth > self._caps.depth:
            self._note("yaml.too_deep", event.start, 1, max=self._caps.depth)
            raise CapReached

    def _refuse_properties(self, event: Event, path: tuple[str, ...]) -> None:
        if event.kind == "alias" or event.anchor or event.tag:
            self.problems.append(silent.property_problem(self._source, event, path))

    def _is_empty(self, event: Event) -> bool:
        return event.kind == "scalar" and not event.text and event.style == "plain" and not (event.tag or event.anchor)

    def _directive(self, document: Event) -> int:
        """Where the first line that begins with `%` stands, above the start of a document."""
        text = self._source.text
        return 0 if text.startswith("%") else text.index("\n%", 0, document.end) + 1

    def _note(self, code: str, index: int, length: int, path: tuple[str, ...] = (), /, **data: object) -> None:
        self.problems.append(Problem(code, data, self._source.position(index, length), path))
