"""The texts of a declaration as the canonical layout writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from guichet.editor.formatting.pieces import Piece
from guichet.editor.formatting.texts import is_plain, quoted
from guichet.loader.reader.source import Source

__all__ = ["STEP", "Path", "Rewrite", "Scalars", "shifted", "shifted_block"]

STEP = 2
"""How many columns further what is inside stands."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What a text becomes, and whether it is an expression, which stands in no `{ }`."""

    text: str
    expression: bool = False


@dataclass(frozen=True, slots=True)
class Scalars:
    """Writes the texts of one file again.

    Args:
        rewrite: For the path of a text and its words, what is written; None keeps it as it is.
        unquote: Whether quotes that say nothing go away.
    """

    source: Source
    rewrite: Callable[[Path, str], Rewrite | None]
    unquote: bool = True

    def on_one_line(self, piece: Piece, path: Path, *, flow: bool = False) -> str:
        """A text on one line, rewritten, quoted where it must be."""
        rewrite = self.rewrite(path, piece.text)
        text = piece.text if rewrite is None else rewrite.text
        if text != piece.text:
            bare = is_plain(text, flow=flow) or (piece.style == "plain" and not flow)
            return text if bare else quoted(text)
        return self.as_written(piece, flow=flow)

    def as_written(self, piece: Piece, *, flow: bool = False, key: bool = False) -> str:
        """A text as its author wrote it, without quotes that say nothing, or between the quotes we write."""
        raw = self.source.text[piece.start : piece.end]
        if piece.style not in ("single", "double"):
            return raw
        if self.unquote and is_plain(piece.text, flow=flow, key=key):
            return piece.text
        can_change = piece.style == "single" and '"' not in piece.text and "\\" not in piece.text
        return quoted(piece.text) if can_change and piece.text.isprintable() else raw

    def lines_of(self, piece: Piece) -> str:
        """The words of a text with the line breaks of its author, which YAML folds into spaces."""
        raw = self.source.text[piece.start : piece.end]
        if "\n" not in raw or piece.style == "literal":
            return piece.text
        lines = raw.split("\n")[1:] if piece.style == "folded" else raw.split("\n")
        broken = "\n".join(filter(None, (line.strip() for line in lines)))
        return broken if broken.replace("\n", " ").split() == piece.text.split() else piece.text


def shifted(raw: str, indent: int) -> str:
    """Several lines moved with the first one, the relative indentation of those below kept."""
    first, *rest = raw.split("\n")
    written = [line for line in rest if line.strip()]
    own = min((len(line) - len(line.lstrip()) for line in written), default=0)
    margin = " " * (indent + STEP)
    return "\n".join([first.rstrip(), *((margin + line[own:]).rstrip() if line.strip() else "" for line in rest)])


def shifted_block(raw: str, value: Piece, indent: int) -> str:
    """A block text moved below its key, the indentation its author gave it inside kept."""
    header, *rest = raw.split("\n")
    first = next((line for line in value.text.split("\n") if line.strip()), "")
    line = next((line for line in rest if line.strip()), "")
    lead = len(first) - len(first.lstrip()) if value.style == "literal" else 0
    own = len(line) - len(line.lstrip()) - lead
    margin = " " * (indent + STEP)
    header = re.sub(r"\d", str(STEP), header.split("#")[0].rstrip())
    return "\n".join([header, *(margin + line[own:] if line.strip() else "" for line in rest)])
