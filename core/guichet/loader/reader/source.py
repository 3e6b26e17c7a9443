"""The text of one file, its lines, and the place of any character in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from itertools import accumulate

from guichet.errors import Position

_WORD = re.compile(r"[^\W\d_]+")


class Source:
    """A file's text with `\\n` line ends, able to turn an index into a Position."""

    __slots__ = ("_starts", "_words", "file", "lines", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.lines = text.split("\n")
        self._words: Counter[str] | None = None
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))[:-1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and (self.file, self.text) == (other.file, other.text)

    def __hash__(self) -> int:
        return hash((self.file, self.text))

    def words(self) -> Counter[str]:
        """How often each word is written, comments included: small letters without accents."""
        if self._words is None:
            self._words = Counter(_WORD.findall(folded(self.text)))
        return self._words

    def line_of(self, index: int) -> int:
        """The line of a character, counted from 0."""
        return bisect_right(self._starts, index) - 1

    def start_of(self, line: int) -> int:
        """The index of the first character of a line, counted from 0."""
        return self._starts[line]

    def position(self, index: int, length: int = 1) -> Position:
        """The place of some characters; what runs over the end of the line is not marked."""
        line = self.line_of(min(max(index, 0), len(self.text)))
        return self.place(line, index - self._starts[line], length)

    def place(self, line: int, column: int, length: int = 1) -> Position:
        """The place of some characters of one line, line and column counted from 0."""
        text = self.lines[line]
        marked = max(1, min(length, len(text) - column))
        return Position(self.file, line + 1, column + 1, marked, text)


def folded(text: str) -> str:
    """The text in small letters without accents.

    >>> folded("Trésorerie")
    'tresorerie'
    """
    small = text.lower()
    if small.isascii():
        return small
    return unicodedata.normalize("NFKD", small).encode("ascii", "ignore").decode()
