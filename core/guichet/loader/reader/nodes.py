"""What a YAML text becomes: scalars, mappings and sequences, each with its place."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Literal

from guichet.errors import Position
from guichet.loader.reader.characters import index_map
from guichet.loader.reader.source import Source

Style = Literal["plain", "single", "double", "literal", "folded", "verbatim"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, and where each of its characters stands in the file."""

    text: str
    style: Style
    source: Source = field(repr=False)
    start: int
    length: int
    elsewhere: Position | None = None
    """The place of a text that stands nowhere in its source."""

    @property
    def position(self) -> Position:
        """The place of the text, its quotes included."""
        return self.elsewhere or self.source.position(self.start, self.length)

    def locate(self, offset: int, length: int = 1) -> Position:
        """The place of a part of the text, true also in quoted, folded and block texts."""
        if not self.text:
            return self.position
        if self.style == "verbatim":
            return self.source.position(self.start + offset, length)
        indexes = index_map(self.source.text, self.start, self.style, self.text)
        if indexes is None:
            return self.position
        first = max(0, min(offset, len(indexes)))
        if first == len(indexes):
            return self.source.position(indexes[-1] + 1, 1)
        last = max(first, min(offset + length, len(indexes)) - 1)
        return self.source.position(indexes[first], indexes[last] - indexes[first] + 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping and what stands under it."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries by key, in the order of the file."""

    entries: AnyMapping[str, Entry]
    position: Position

    def with_entries(self, entries: AnyMapping[str, Entry]) -> Mapping:
        """The same mapping with these entries, those of other keys kept and their order too."""
        return Mapping({**self.entries, **entries}, self.position)

    def with_value(self, name: str, value: Node) -> Mapping:
        """The same mapping with another value under one of its keys."""
        return self.with_entries({name: Entry(self.entries[name].key, value)})

    def without(self, name: str) -> Mapping:
        """The same mapping without one of its keys."""
        return Mapping({key: entry for key, entry in self.entries.items() if key != name}, self.position)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items in the order of the file."""

    items: tuple[Node, ...]
    position: Position


def verbatim(text: str, file: str) -> Scalar:
    """A whole file as one text, such as a Markdown file beside a declaration."""
    source = Source(file, text.replace("\r\n", "\n"))
    return Scalar(source.text, "verbatim", source, 0, 1)


def named(text: str, position: Position) -> Scalar:
    """A key that no file writes, standing where what it names begins."""
    return Scalar(text, "verbatim", Source(position.file, position.text), position.column - 1, 1, position)


Node = Scalar | Mapping | Sequence
