"""Files of cases: one JSON object a line, or one alone over several lines; each problem at its place in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from guichet.errors import Position, Problem, ProblemsFound

__all__ = ["case_text", "one_case", "placed", "read_lines", "said_of_itself"]

_MARK = b"\xef\xbb\xbf"  # what some editors put before the first line


def read_lines(cases: Path) -> Iterator[tuple[Position, bytes]]:
    """The lines that hold something, each with its place."""
    with cases.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            bare = (line.removeprefix(_MARK) if number == 1 else line).rstrip(b"\r\n")
            if bare.strip():
                yield Position(str(cases), number, 1, 1, bare.decode("utf-8", "replace")), bare


def one_case(path: Path) -> Iterator[tuple[Position, bytes]]:
    """The one case of a file, written over as many lines as its author likes."""
    content = path.read_bytes().removeprefix(_MARK)
    yield Position(str(path), 1, 1, 1, content.decode("utf-8", "replace")), content


def case_text(content: bytes) -> str:
    """The text of a case; raises ProblemsFound when it is no UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsFound([Problem("case_not_utf8")]) from error


def said_of_itself(given: dict[str, Any]) -> tuple[str, str]:
    """The reference and the territory that a case says beside its answers, taken from it; empty where it says none."""
    found: list[str] = []
    for key in ("@reference", "@territory"):
        value = given.pop(key, "")
        if not isinstance(value, str):
            raise ProblemsFound([Problem("cli.replay_reference", {"value": value}, path=(key,))])
        found.append(value)
    return found[0], found[1]


def placed(problem: Problem, case: Position) -> Problem:
    """A problem at its line and column: those it says, or those of the key it speaks of."""
    line, column, length = problem.data.get("line", 1), problem.data.get("column"), 1
    if problem.path:
        quoted = json.dumps(problem.path[0], ensure_ascii=False)
        found = case.text.rfind(quoted)
        before = case.text[: max(found, 0)]
        line, length = before.count("\n") + 1, len(quoted)
        column = found - (before.rfind("\n") + 1) + 1 if found >= 0 else None
        length = length if found >= 0 else 1
    number = line if isinstance(line, int) else 1
    texts = case.text.split("\n")
    return replace(
        problem,
        position=Position(
            case.file,
            case.line + number - 1,
            column if isinstance(column, int) else 1,
            length,
            texts[min(number, len(texts)) - 1].rstrip("\r"),
        ),
    )
