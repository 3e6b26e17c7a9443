"""The examples of a scheme begun from another, moved to days on which the new one judges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from guichet.errors import ProblemsFound
from guichet.loader.library import Library
from guichet.loader.reader import Mapping, Node, Scalar, Sequence
from guichet.services.checking import is_judging_day
from guichet.services.examples import run_examples

__all__ = ["move_examples"]

_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_ON = re.compile(r"(?m)^(    on: )(\d{4}-\d{2}-\d{2})")
_GROUPS = ("answers", "facts", "checks")


def move_examples(read: Callable[[], Library], name: str, path: Path) -> tuple[str, ...]:
    """Moves in their file the examples of days on which no dossier is judged; gives those the law in force unsays.

    An example that only earlier rules made right is left out, and those that are like it keep what it answered.
    """
    if not path.is_file() or all(_judges(read(), name, day) for day in _days(path.read_text(encoding="utf-8"))):
        return ()
    first = path.read_text(encoding="utf-8")
    tried = {text: _wrong(read, name, path, text) for text in dict.fromkeys(_candidates(read(), name, first))}
    found = {text: wrong for text, wrong in tried.items() if wrong is not None}
    if not found:  # what does not read is for check to say
        path.write_text(first, encoding="utf-8")
        return ()
    chosen = min(found, key=lambda text: len(found[text]))
    path.write_text(chosen, encoding="utf-8")
    tree = read().source(name).examples
    if tree is not None and found[chosen]:
        path.write_text(_without(chosen, tree, found[chosen]), encoding="utf-8")
    return found[chosen]


def _days(text: str) -> list[date]:
    return [date.fromisoformat(found[2]) for found in _ON.finditer(text)]


def _judges(library: Library, name: str, day: date) -> bool:
    return is_judging_day(library.effective(name).scheme, day)


def _candidates(library: Library, name: str, text: str) -> Iterator[str]:
    """All on the opening's first day; or each day and date later by as many whole years, so that ages stay."""
    opens = library.effective(name).scheme.calendar.opens.date()

    def judged(found: re.Match[str]) -> str:
        return found[0] if _judges(library, name, date.fromisoformat(found[2])) else f"{found[1]}{opens.isoformat()}"

    yield _ON.sub(judged, text)
    for years in dict.fromkeys(opens.year - day.year + more for day in _days(text) for more in (0, 1)):
        yield _ON.sub(judged, _later(text, years))


def _later(text: str, years: int) -> str:
    def later(found: re.Match[str]) -> str:
        moved = f"{int(found[1]) + years:04}-{found[2]}"
        return moved if found[3] is None else f"{moved}-{'28' if (found[2], found[3]) == ('02', '29') else found[3]}"

    return "".join(
        line if line.lstrip().startswith(("#", "title:")) else _ISO.sub(later, line)
        for line in text.splitlines(keepends=True)
    )


def _wrong(read: Callable[[], Library], name: str, path: Path, text: str) -> tuple[str, ...] | None:
    path.write_text(text, encoding="utf-8")
    try:
        return tuple(run.id for run in run_examples(read(), name) if not run.passed)
    except ProblemsFound:
        return None


def _without(text: str, tree: Node, dropped: tuple[str, ...]) -> str:
    """The file without some examples; what they gave is written in those that were like them."""
    lines = text.splitlines()
    examples = tree.entries["examples"].value if isinstance(tree, Mapping) else tree
    if not isinstance(examples, Mapping):
        return text
    starts = {one: _start(lines, entry.key.position.line - 1) for one, entry in examples.entries.items()}
    ends = dict(zip(starts, [*list(starts.values())[1:], len(lines)], strict=True))
    kept = lines[: next(iter(starts.values()))]
    for one, entry in examples.entries.items():
        if one in dropped:
            continue
        block = lines[starts[one] : ends[one]]
        like = _like(entry.value)
        given: dict[str, dict[str, str]] = {group: {} for group in _GROUPS}
        while like in dropped:
            parent = examples.entries[like].value
            for group in _GROUPS:
                given[group] = {**_entries(parent, group, lines), **given[group]}
            like = _like(parent)
        kept += _standing_alone(block, like, given, entry.value, lines) if like != _like(entry.value) else block
    return "\n".join(kept) + "\n"


def _start(lines: list[str], line: int) -> int:
    """The first line of an example, its comments included."""
    while lines[line - 1].startswith("  #") or not lines[line - 1].strip():
        line -= 1
    return line


def _like(example: Node) -> str:
    node = example.entries["like"].value if isinstance(example, Mapping) and "like" in example.entries else None
    return node.text if isinstance(node, Scalar) else ""


def _entries(example: Node, group: str, lines: list[str]) -> dict[str, str]:
    node = example.entries[group].value if isinstance(example, Mapping) and group in example.entries else None
    return {key: _written(one.value, lines) for key, one in node.entries.items()} if isinstance(node, Mapping) else {}


def _written(node: Node, lines: list[str]) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {_written(one.value, lines)}" for key, one in node.entries.items()) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_written(one, lines) for one in node.items) + "]"
    start = node.position.column - 1
    return lines[node.position.line - 1][start : start + node.position.length]


def _standing_alone(
    block: list[str], like: str, given: dict[str, dict[str, str]], example: Node, lines: list[str]
) -> list[str]:
    kept = [f"    like: {like}" if line.startswith("    like:") else line for line in block]
    kept = [line for line in kept if line != "    like: "]
    for group in reversed(_GROUPS):
        own = _entries(example, group, lines)
        more = {key: text for key, text in given[group].items() if key not in own}
        if not more:
            continue
        at = next((n for n, line in enumerate(kept) if line.startswith(f"    {group}:")), None)
        if at is not None and "{" in kept[at]:
            kept[at : at + 1] = [f"    {group}:", *(f"      {key}: {text}" for key, text in own.items())]
        elif at is None:
            at = next(n for n, line in enumerate(kept) if line.startswith("    expect:"))
            kept.insert(at, f"    {group}:")
        kept[at + 1 : at + 1] = [f"      {key}: {text}" for key, text in more.items()]
    return kept
