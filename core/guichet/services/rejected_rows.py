"""What an import set aside, told row by row in a file beside it."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from guichet.plugin.contracts import RejectedRow
from guichet.plugin.contracts.base import Language

__all__ = ["RejectedBook"]


def _private(path: str, flags: int) -> int:
    """Open a file that its owner alone may read: what was rejected is often about somebody."""
    return os.open(path, flags, 0o600)


class RejectedBook:
    """The rejected rows as a CSV file of lines, columns and reasons; made only when there is one.

    Args:
        goes_on: Add to what an import cut short has written.
    """

    def __init__(self, path: Path, language: Language, *, goes_on: bool = False) -> None:
        self.path = path
        self._language = language
        self._goes_on = goes_on
        self._stream: IO[str] | None = None

    def __enter__(self) -> Self:
        if not self._goes_on:  # what an earlier import rejected is not what this one does
            self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()

    def note(self, row: RejectedRow) -> None:
        """Write why a row is set aside; it counts as read and rejected."""
        if self._stream is None:
            begun = self.path.exists()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            encoding = "utf-8" if begun else "utf-8-sig"
            self._stream = open(self.path, "a", encoding=encoding, newline="", opener=_private)  # noqa: SIM115  closed at the end of the block
            self._writer = csv.writer(self._stream, delimiter=";")
            if not begun:
                self._writer.writerow(
                    ("ligne", "colonne", "motif") if self._language == "fr" else ("line", "column", "reason")
                )
        self._writer.writerow((row.line, row.column, row.reason.text(self._language)))
