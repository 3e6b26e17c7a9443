"""Writes the pieces of a declaration again in the canonical layout, every comment kept where it belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guichet.editor.formatting.flows import filled, flow_on_one_line
from guichet.editor.formatting.pieces import Piece
from guichet.editor.formatting.scalars import STEP, Path, Rewrite, Scalars, shifted, shifted_block
from guichet.editor.formatting.texts import is_plain, quoted
from guichet.loader.reader.source import Source

__all__ = ["WIDTH", "Layout"]

WIDTH = 120
_MANY = 8  # short data of more parts than this fills lines instead of standing one below the other
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Layout:
    """One file being written again.

    Args:
        scalars: How its texts are written.
    """

    scalars: Scalars
    source: Source = field(init=False)
    at: int = 0
    lines: list[str] = field(default_factory=list[str])
    columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """The column of each open mapping or list: in the source, and as written."""
    trail: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """The same, as it was at the last piece written: a comment may still belong to what has just closed."""

    def __post_init__(self) -> None:
        self.source = self.scalars.source

    def whole(self, root: Piece) -> str:
        """The file in its canonical layout."""
        self._block(root, (), 0)
        self._gap(len(self.source.text), 0)
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return "\n".join(self.lines) + "\n"

    def _block(self, piece: Piece, path: Path, indent: int, head: str = "") -> None:
        """Writes a mapping or a list that stands on lines of its own; `head` is what its first line begins with."""
        if piece.flow:
            self._opened(piece, path, indent, head)
            return
        self.columns.append((self._column(piece.start), indent))
        if piece.kind == "mapping":
            for number, (key, value) in enumerate(piece.entries()):
                self._gap(key.start, indent, apart=self._is_apart(path, key, number), first=bool(path) and not number)
                self._entry(key, value, path, indent, head if number == 0 else "")
        else:
            for number, item in enumerate(piece.inside):
                dash = self.source.text.rfind("-", 0, item.start)
                self._gap(dash, indent, first=number == 0)
                self._item(item, (*path, str(number)), indent, head if number == 0 else "")
        self.columns.pop()

    def _entry(self, key: Piece, value: Piece, path: Path, indent: int, head: str) -> None:
        name = self.scalars.as_written(key, key=True)
        self._line(f"{head or ' ' * indent}{name}:")
        self.at = key.end
        self._value(value, (*path, key.text), indent)

    def _item(self, item: Piece, path: Path, indent: int, head: str) -> None:
        start = f"{head or ' ' * indent}- "
        if item.kind != "scalar" and not item.flow:
            self.at = item.start
            self._block(item, path, indent + STEP, start)
            return
        line = flow_on_one_line(self.scalars, item, path) if item.kind == "mapping" else None
        if line is not None and not self._fits(line, len(start) - 1):
            self.at = item.start
            self._opened(item, path, indent + STEP, start)
            return
        self._line(start.rstrip())
        self.at = item.start
        self._value(item, path, indent)

    def _value(self, value: Piece, path: Path, indent: int) -> None:
        """Writes what stands after `key:` or `-`: on the same line, or below it."""
        if value.kind == "scalar":
            self._scalar(value, path, indent)
        elif value.flow:
            self._flow(value, path, indent)
        else:
            self.trail = list(self.columns)
            self._block(value, path, indent + STEP)

    def _flow(self, value: Piece, path: Path, indent: int) -> None:
        raw = self.source.text[value.start : value.end]
        line = flow_on_one_line(self.scalars, value, path)
        if line is None:
            self._append(raw if "\n" not in raw else shifted(raw, indent))
        elif self._fits(line, len(self.lines[-1])):
            self._append(line.text)
        elif not line.expression and len(value.inside) > _MANY and all(one.kind == "scalar" for one in value.inside):
            self._append(filled(line.text, indent + STEP, WIDTH))
        else:
            self.at = max(self.at, value.end)
            self._comment_of_line()
            self._opened(value, path, indent + STEP)
            return
        self._after(value)

    def _fits(self, line: Rewrite, before: int) -> bool:
        """Whether short data stays between its brackets: no expression in it, and room on the line."""
        return not line.expression and before + 1 + len(line.text) <= WIDTH

    def _opened(self, piece: Piece, path: Path, indent: int, head: str = "") -> None:
        """Writes what stood between brackets as a block; there is no comment in it."""
        start = head or " " * indent
        pairs = piece.entries() if piece.kind == "mapping" else ((None, item) for item in piece.inside)
        for number, (key, value) in enumerate(pairs):
            name = key.text if key is not None else str(number)
            self._line(f"{start}{self.scalars.as_written(key, key=True)}:" if key is not None else f"{start}-")
            start = " " * indent
            if value.kind == "scalar":
                self._append(self.scalars.on_one_line(value, (*path, name)))
            else:
                self._flow(value, (*path, name), indent)
        self._after(piece)

    def _scalar(self, value: Piece, path: Path, indent: int) -> None:
        raw = self.source.text[value.start : value.end]
        rewrite = self.scalars.rewrite(path, self.scalars.lines_of(value))
        if rewrite is not None and value.style in ("folded", "plain", "single", "double") and "\n" in raw:
            self._broken(rewrite.text, value, indent)
        elif value.style in ("literal", "folded"):
            self._append(shifted_block(raw, value, indent))
        elif "\n" in raw:
            self._append(shifted(raw, indent))
        else:
            self._append(self.scalars.on_one_line(value, path))
        self._after(value)

    def _broken(self, text: str, value: Piece, indent: int) -> None:
        """Writes an expression that its author spread over lines: on one where it fits."""
        joined = " ".join(text.split("\n"))
        if len(self.lines[-1]) + 1 + len(joined) <= WIDTH and (is_plain(joined) or value.style != "folded"):
            self._append(joined if is_plain(joined) else quoted(joined))
            return
        margin = " " * (indent + STEP)
        self._append(">-")
        self.lines += [margin + line for line in text.split("\n")]

    def _after(self, piece: Piece) -> None:
        """Moves past a value, and takes the comment that ends its line."""
        self.at = max(self.at, piece.end)
        self.trail = list(self.columns)
        self._comment_of_line()

    def _comment_of_line(self) -> None:
        end = self.source.text.find("\n", self.at)
        rest = self.source.text[self.at : end if end >= 0 else len(self.source.text)]
        comment = re.match(r"[ \t:]*(#.*)", rest)
        if comment is not None:
            self._append(f" {_comment(comment[1])}")
            self.at += comment.end()

    def _gap(self, until: int, indent: int, *, apart: bool = False, first: bool = False) -> None:
        """Writes the comments and blank lines that stand before a piece."""
        between = self.source.text[self.at : until]
        head, *lines = between.split("\n")
        if "#" in head:
            comment = _comment(head[head.index("#") :])
            if self.lines:
                self._append(f" {comment}")
            else:
                self._line(comment)
        column = until - self.source.start_of(self.source.line_of(until)) if until < len(self.source.text) else 0
        kept = [self._own_line(line, column, indent) for line in lines[:-1] or ()]
        if lines and until >= len(self.source.text) and lines[-1].strip():
            kept.append(self._own_line(lines[-1], column, indent))
        if first:
            while kept and not kept[0]:
                kept.pop(0)
        for line in kept:
            if line or (self.lines and self.lines[-1]):
                self._line(line)
        if apart:
            self._set_apart([line for line in kept if line], indent)
        self.at = max(self.at, until)

    def _own_line(self, line: str, column: int, indent: int) -> str:
        """A line that holds a comment or nothing, where it belongs."""
        text = line.strip()
        if not text.startswith("#"):
            return ""
        own = len(line) - len(line.lstrip())
        beside = [written for read, written in self.trail if column < read <= own]
        return " " * (beside[-1] if own > column and beside else indent) + _comment(text)

    def _set_apart(self, comments: list[str], indent: int) -> None:
        """One blank line before a version, above the comments that stand over it."""
        place = len(self.lines)
        while comments and comments.pop().startswith(f"{' ' * indent}#") and self.lines[place - 1]:
            place -= 1
        if place > 0 and self.lines[place - 1]:
            self.lines.insert(place, "")

    def _is_apart(self, path: Path, key: Piece, number: int) -> bool:
        return number > 0 and path[-1:] in ((), ("rules",)) and _DAY.fullmatch(key.text) is not None

    def _column(self, index: int) -> int:
        return index - self.source.start_of(self.source.line_of(index))

    def _line(self, text: str) -> None:
        self.lines.append(text)

    def _append(self, text: str) -> None:
        first, *rest = text.split("\n")
        self.lines[-1] += f" {first}"
        self.lines += rest


def _comment(text: str) -> str:
    """A comment with a space after its sign; `#!` and rules of signs stay as they are."""
    text = text.rstrip()
    return f"# {text[1:]}" if re.match(r"#[^\s#!]", text) else text
