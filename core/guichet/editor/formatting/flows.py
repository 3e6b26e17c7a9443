"""Short data between brackets, on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guichet.editor.formatting.pieces import Piece

if TYPE_CHECKING:  # the layout asks this module, which writes its texts by it
    from guichet.editor.formatting.layout import Layout, Path, Rewrite

__all__ = ["filled", "flow_on_one_line"]


def flow_on_one_line(layout: Layout, piece: Piece, path: Path) -> Rewrite | None:
    """A flow value on one line; None when it holds a comment or a text of several lines, which are left alone."""
    from guichet.editor.formatting.layout import Rewrite  # the type is needed here only, and the layout imports this

    if _holds_lines(layout, piece):
        return None
    expressions: list[bool] = []
    return Rewrite(_written(layout, piece, path, expressions), any(expressions))


def filled(text: str, indent: int, width: int) -> str:
    """A flow of short texts over as few lines as it takes, the first one holding its bracket alone."""
    margin, lines = " " * indent, [text[0]]
    parts = re.split(r"(?<=,) (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", text[1:])
    for part in parts:
        if len(lines) == 1 or len(lines[-1]) + 1 + len(part) > width:
            lines.append(margin + part)
        else:
            lines[-1] += f" {part}"
    return "\n".join(lines)


def _written(layout: Layout, piece: Piece, path: Path, expressions: list[bool]) -> str:
    if piece.kind == "scalar":
        rewrite = layout.rewrite(path, piece.text)
        expressions.append(rewrite is not None and rewrite.expression)
        return layout.scalar_text(piece, path, flow=True)
    if piece.kind == "sequence":
        items = (_written(layout, item, (*path, str(i)), expressions) for i, item in enumerate(piece.inside))
        return f"[{', '.join(items)}]"
    entries = (
        f"{layout.scalar_text(key, (), flow=True)}: {_written(layout, value, (*path, key.text), expressions)}"
        for key, value in piece.entries()
    )
    return f"{{{', '.join(entries)}}}"


def _holds_lines(layout: Layout, piece: Piece) -> bool:
    """Whether something inside must keep its lines: a text over several, a comment."""
    at = piece.start
    for part in _scalars(piece):
        if "#" in layout.source.text[at : part.start] or "\n" in layout.source.text[part.start : part.end]:
            return True
        at = part.end
    return "#" in layout.source.text[at : piece.end]


def _scalars(piece: Piece) -> list[Piece]:
    return [piece] if piece.kind == "scalar" else [part for inside in piece.inside for part in _scalars(inside)]
