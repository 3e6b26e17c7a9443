"""The frame these pages share: figures at their head and columns under it, titled by the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from guichet import ExportColumn, ScreenFact, ScreenFigures

__all__ = ["Words", "columns_of", "figures_of"]

Words = Mapping[str, str]
"""Name → what it is called, in one language."""


def figures_of(words: Words, **counts: int) -> ScreenFigures:
    """Give whole numbers as the figures of a page, in the order they are named."""
    return ScreenFigures(tuple(ScreenFact(words[name], count, "integer") for name, count in counts.items()))


def columns_of(words: Words, **kinds: Literal["text", "integer", "instant"]) -> tuple[ExportColumn, ...]:
    """Give the columns of a table, in the order they are named, each with the kind of its cells."""
    return tuple(ExportColumn(words[name], kind) for name, kind in kinds.items())
