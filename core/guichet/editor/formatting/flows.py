"""Short data between brackets, on one line."""

from __future__ import annotations

import re

from guichet.editor.formatting.pieces import Piece
from guichet.editor.formatting.scalars import Path, Rewrite, Scalars

__all__ = ["filled", "flow_on_one_line"]


def flow_on_one_line(scalars: Scalars, piece: Piece, path: Path) -> Rewrite | None:
    """A flow value on one line; None when it holds a comment or a text of several lines, which are left alone."""
    if _holds_lines(scalars, piece):
        return None
    expressions: list[bool] = []
    return Rewrite(_written(scalars, piece, path, expressions), any(expressions))


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


def _written(scalars: Scalars, piece: Piece, path: Path, expressions: list[bool]) -> str:
    if piece.kind == "scalar":
        rewrite = scalars.rewrite(path, piece.text)
        expressions.append(rewrite is not None and rewrite.expression)
        return scalars.on_one_line(piece, path, flow=True)
    if piece.kind == "sequence":
        items = (_written(scalars, item, (*path, str(i)), expressions) for i, item in enumerate(piece.inside))
        return f"[{', '.join(items)}]"
    entries = (
        f"{scalars.on_one_line(key, (), flow=True)}: {_written(scalars, value, (*path, key.text), expressions)}"
        for key, value in piece.entries()
    )
    return f"{{{', '.join(entries)}}}"


def _holds_lines(scalars: Scalars, piece: Piece) -> bool:
    """Whether something inside must keep its lines: a text over several, a comment."""
    at = piece.start
    for part in _scalars(piece):
        if "#" in scalars.source.text[at : part.start] or "\n" in scalars.source.text[part.start : part.end]:
            return True
        at = part.end
    return "#" in scalars.source.text[at : piece.end]


def _scalars(piece: Piece) -> list[Piece]:
    return [piece] if piece.kind == "scalar" else [part for inside in piece.inside for part in _scalars(inside)]
