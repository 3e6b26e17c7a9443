"""Where a cursor stands in a text that may not be YAML yet: the keys above it, and what is being typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Cursor", "cursor_at"]

_KEY = re.compile(
    r"""(?P<lead>\s*(?:-\s+)*)(?P<key>"[^"]*"|'[^']*'|[^\s#:{}\[\],&*!|>%@`"'][^#:{}\[\],]*?)\s*:(?:\s|$)"""
)
_DASHES = re.compile(r"\s*(?:-(?:\s+|$))*")
_FLOW = re.compile(r"""(?:(?<=[{\[,:])|(?<=[{\[,:] ))(?:"[^"]*"|'[^']*')|(?P<sign>[{}\[\],:])""")
_FURTHEST = 3_000  # lines looked at above the cursor


@dataclass(frozen=True, slots=True)
class Cursor:
    """The keys above a cursor, `*` for a place in a list, and what stands before it.

    Args:
        typed: The part of the key, or of the value, already there before the cursor.
        key: The key whose value is being typed; None while a key is.
    """

    path: tuple[str, ...]
    key: str | None
    typed: str
    siblings: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[str, ...]:
        """The path of the value being typed."""
        return self.path if self.key is None else (*self.path, self.key)


def cursor_at(lines: list[str], line: int, column: int) -> Cursor:
    """Where a place of a text stands, line and column counted from 0, told from indentation alone."""
    text = lines[line][:column] if line < len(lines) else ""
    dashes = _DASHES.match(text)
    indent = len(dashes[0]) if dashes else 0
    found = _KEY.match(f"{text} " if text.endswith(":") else text)
    path = _above(lines, line, _own_indent(text), dashes=text.count("-", 0, indent))
    if found is None:
        flow = _in_flow(text[indent:])
        if flow is not None:
            return Cursor((*path, *flow.path), flow.key, flow.typed)
        if _continues(lines, line, indent):
            return Cursor(path[:-1], path[-1] if path else None, text.strip())
        return Cursor(path, None, text[indent:].strip(), _siblings(lines, line, indent))
    key = found["key"].strip("\"'")
    value = text[found.end() :] if found.end() <= len(text) else ""
    flow = _in_flow(value.lstrip())
    if flow is not None:
        return Cursor((*path, key, *flow.path), flow.key, flow.typed)
    return Cursor(path, key, value.lstrip())


def _own_indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _above(lines: list[str], line: int, level: int, *, dashes: int) -> tuple[str, ...]:
    """The keys under which a line stands, outermost first, `*` for each list."""
    found: list[str] = ["*"] * dashes
    in_list = dashes > 0
    for number in range(min(line, len(lines)) - 1, max(-1, line - _FURTHEST), -1):
        text = lines[number]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        lead = _DASHES.match(text)
        columns = [place for place, sign in enumerate(lead[0] if lead else "") if sign == "-"]
        key = _KEY.match(text)
        column = len(key["lead"]) if key else 0
        if key is not None and (column < level or (in_list and column == level and not columns)):
            found.append(key["key"].strip("\"'"))
            level, in_list = column, False
        above = [place for place in columns if place < level]
        if above:
            found += ["*"] * len(above)
            level, in_list = above[0], True
        if level == 0 and not in_list:
            break
    return tuple(reversed(found))


def _continues(lines: list[str], line: int, indent: int) -> bool:
    """Whether a line goes on with the text of a key above it, `>-` or `|`."""
    for number in range(min(line, len(lines)) - 1, max(-1, line - _FURTHEST), -1):
        text = lines[number]
        if text.strip() and _own_indent(text) < indent:
            return text.rstrip().endswith(("|", ">", "|-", ">-"))
    return False


def _siblings(lines: list[str], line: int, indent: int) -> tuple[str, ...]:
    """The keys beside a key being typed."""
    found: list[str] = []
    for step in (-1, 1):
        number = line + step
        while 0 <= number < len(lines):
            text = lines[number]
            lead = _DASHES.match(text)
            inner = len(lead[0]) if lead else 0
            if text.strip() and inner < indent:
                break
            match = _KEY.match(text)
            if match is not None and inner == indent:
                found.append(match["key"].strip("\"'"))
                if step < 0 and inner > _own_indent(text):
                    break
            elif step > 0 and text.strip() and _own_indent(text) < indent:
                break
            number += step
    return tuple(found)


def _in_flow(text: str) -> Cursor | None:
    """Where the end of a text stands between the brackets it opens; None when none is open."""
    if not text.startswith(("{", "[")):
        return None
    opened: list[tuple[str, str]] = []  # each bracket, and the key it stands under
    key, start = "", 0
    for part in _FLOW.finditer(text):
        sign = part["sign"]
        if sign is None:
            continue
        if sign == ":":
            if opened and opened[-1][0] == "{" and not key:
                key = text[start : part.start()].strip().strip("\"'")
                start = part.end()
            continue
        if sign in "{[":
            opened.append((sign, key))
        elif sign in "}]" and opened:
            opened.pop()
        key, start = "", part.end()
    if not opened:
        return None
    path: list[str] = []
    for sign, name in opened:
        path += ([name] if name else []) + (["*"] if sign == "[" else [])
    return Cursor(tuple(path), key if opened[-1][0] == "{" and key else None, text[start:].lstrip())
