"""Where each character of a scalar's value stands in the raw text: folding, escapes and indentation undone."""

from __future__ import annotations

import re
from typing import Literal

_FOLD = re.compile(r"[ \t]*\n(?:[ \t]*\n)*[ \t]*")
_CONTINUED = re.compile(r"\\[ \t]*\n[ \t]*")
_ESCAPES = {"x": 4, "u": 6, "U": 10}


def index_map(
    raw: str, start: int, style: Literal["plain", "single", "double", "literal", "folded"], value: str
) -> list[int] | None:
    """The raw index of each character of the value, or None when the raw text does not give that value.

    >>> index_map("a: 'l''aide'", 3, "single", "l'aide")
    [4, 5, 7, 8, 9, 10]
    """
    try:
        if style in {"literal", "folded"}:
            return _block(raw, start, value, folded=style == "folded")
        return _flow(raw, start if style == "plain" else start + 1, style, value)
    except IndexError:
        return None


def _flow(raw: str, index: int, style: str, value: str) -> list[int]:
    """Plain and quoted scalars: one line break is a space, n of them are n - 1 line breaks."""
    indexes: list[int] = []
    while len(indexes) < len(value):
        fold = _FOLD.match(raw, index)
        if fold:
            breaks = fold[0].count("\n")
            indexes.extend([index] * max(1, breaks - 1))
            index = fold.end()
        elif style == "double" and raw[index] == "\\":
            continued = _CONTINUED.match(raw, index)
            if continued:
                index = continued.end()
                continue
            indexes.append(index)
            index += _ESCAPES.get(raw[index + 1], 2)
        else:
            indexes.append(index)
            index += 2 if style == "single" and raw.startswith("''", index) else 1
    return indexes[: len(value)]


def _block(raw: str, start: int, value: str, *, folded: bool) -> list[int] | None:
    """Literal and folded scalars: the lines after the header, without their common indentation."""
    first = raw.index("\n", start) + 1 if "\n" in raw[start:] else len(raw)
    lines = raw[first:].split("\n")
    indent = _indentation(lines, value)
    indexes: list[int] = []
    at = first
    for number, line in enumerate(lines):
        if len(indexes) >= len(value):
            break
        end, content = at + len(line), line[indent:]
        if content and value.startswith(content, len(indexes)):
            indexes.extend(range(at + indent, end))
            indexes.extend([end] * _breaks_kept(lines, number, value, len(indexes), folded=folded))
        elif not line.strip() and value.startswith("\n", len(indexes)):
            indexes.append(end)
        elif line.strip():
            return None
        at = end + 1
    return indexes[: len(value)] if len(indexes) >= len(value) else None


def _indentation(lines: list[str], value: str) -> int:
    """The indentation of the block: what its first line with text has more than the value's."""
    body = value.lstrip("\n")
    for line in lines:
        if line.strip():
            return len(line) - len(line.lstrip(" ")) - (len(body) - len(body.lstrip(" ")))
    return 0


def _breaks_kept(lines: list[str], number: int, value: str, offset: int, *, folded: bool) -> int:
    """How many characters of the value the line break after a line with text gives: none when it was folded away."""
    if offset >= len(value):
        return 0
    blanks = 0
    while number + 1 + blanks < len(lines) and not lines[number + 1 + blanks].strip():
        blanks += 1
    if not folded or blanks == 0:
        return 1
    rest = value[offset:]
    return 1 if len(rest) - len(rest.lstrip("\n")) > blanks else 0
