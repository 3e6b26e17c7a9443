"""One mistake seen on a raw line, with the line as it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guichet.errors import Problem
from guichet.loader.reader.source import Source


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake of one line, line and column counted from 0.

    `repair` is the line that lets the reading go on; it is also the advice shown, unless `advice` says otherwise.
    """

    code: str
    line: int
    column: int
    length: int = 1
    data: Mapping[str, object] = field(default_factory=dict[str, object])
    repair: str | None = None
    advice: str | None = ""

    def problem(self, source: Source) -> Problem:
        """The same as a problem for the author."""
        advice = self.repair if self.advice == "" else self.advice
        mended = advice.strip() if advice else None
        return Problem(self.code, {**self.data, "mended": mended}, source.place(self.line, self.column, self.length))
