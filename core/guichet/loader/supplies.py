"""What the files of a scheme leave to be supplied: each line where its author wrote « à compléter »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guichet.loader.places import shown
from guichet.model.placeholders import PLACEHOLDER

__all__ = ["Supply", "to_supply"]

_READ = frozenset({".yaml", ".md"})


@dataclass(frozen=True, slots=True)
class Supply:
    """One line that awaits a decision."""

    file: str
    line: int
    text: str


def to_supply(folder: Path, shown_from: Path | None = None) -> list[Supply]:
    """Each line of a scheme's own files to be supplied, comments included; the line that explains the mark is none."""
    return [
        Supply(shown(path, shown_from), number, line.strip())
        for path in sorted(folder.rglob("*"))
        if path.suffix in _READ and path.is_file()
        for number, line in _lines(path)
    ]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if PLACEHOLDER in line.casefold() and f"« {PLACEHOLDER} »" not in line:
            yield number, line
