"""A declaration's tree as YAML text that reads back to the same tree, each value with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from guichet.loader.reader import Entry, Mapping, Node, Scalar, Sequence, named

__all__ = ["declared_lines", "with_removals"]

Line = tuple[str, str]
"""The text of a line, and the file and line it comes from; the place is empty where nothing is said."""


def declared_lines(node: Node, depth: int = 0) -> Iterator[Line]:
    """Gives the lines of a tree, indented by two spaces a level."""
    indent = "  " * depth
    if isinstance(node, Mapping):
        for key, entry in node.entries.items():
            yield from _entry(f"{indent}{_key(key)}:", entry.value, depth)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Scalar):
                yield f"{indent}- {_quoted(item.text)}", _place(item)
            else:
                first, *rest = list(declared_lines(item, depth + 1)) or [(f"{indent}  {_empty(item)}", "")]
                yield f"{indent}- {first[0].lstrip()}", first[1]
                yield from rest


def with_removals(rules: Mapping) -> Mapping:
    """Gives rule versions in which each says what it no longer has of the one before, which it would inherit."""
    before: Node | None = None
    versions: dict[str, Entry] = {}
    for day, entry in rules.entries.items():
        gone = [".".join(path) for path in _gone(before, entry.value)] if before is not None else []
        before = entry.value
        if gone and isinstance(entry.value, Mapping):
            place = entry.value.position
            paths = Sequence(tuple(named(path, place) for path in gone), place)
            told = {"remove": Entry(named("remove", place), paths), **entry.value.entries}
            versions[day] = Entry(entry.key, Mapping(told, place))
        else:
            versions[day] = entry
    return Mapping(versions, rules.position)


def _gone(before: Node, after: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return
    for key, entry in before.entries.items():
        kept = after.entries.get(key)
        if kept is None:
            yield (*path, key)
        else:
            yield from _gone(entry.value, kept.value, (*path, key))


def _entry(head: str, value: Node, depth: int) -> Iterator[Line]:
    if not isinstance(value, Scalar):
        lines = list(declared_lines(value, depth + 1))
        yield head if lines else f"{head} {_empty(value)}", ""
        yield from lines
    elif _is_block(value.text):
        yield f"{head} {'|' if value.text.endswith(chr(10)) else '|-'}", _place(value)
        for line in value.text.removesuffix("\n").split("\n"):
            yield f"{'  ' * (depth + 1)}{line}" if line else "", ""
    else:
        yield f"{head} {_quoted(value.text)}", _place(value)


def _empty(node: Node) -> str:
    return "{}" if isinstance(node, Mapping) else "[]"


def _is_block(text: str) -> bool:
    """Whether a text may stand under a vertical bar as it is."""
    lines = text.removesuffix("\n").split("\n")
    plain = all(line == line.rstrip() for line in lines) and lines[0] == lines[0].lstrip()
    return "\n" in text and plain and bool(lines[0]) and bool(lines[-1]) and "\t" not in text


def _quoted(text: str) -> str:
    """A text on its own line: bare when nothing in it means something to YAML."""
    bare = (
        text[:1].isalnum()
        and text == text.strip()
        and text.isprintable()
        and not text.endswith(":")
        and not any(mark in text for mark in (": ", " #", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"))
    )
    return text if bare else json.dumps(text, ensure_ascii=False)


def _key(key: str) -> str:
    return (
        key if key.replace("_", "").replace("-", "").replace(".", "").isalnum() else json.dumps(key, ensure_ascii=False)
    )


def _place(scalar: Scalar) -> str:
    return f"{Path(scalar.position.file).as_posix()}:{scalar.position.line}"
