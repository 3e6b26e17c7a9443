"""Bytes of a file to text: UTF-8 only, Windows line ends accepted, no character that people cannot see."""

from __future__ import annotations

import codecs
import re

from guichet.errors import Problem, ProblemsFound
from guichet.loader.reader.caps import Caps
from guichet.loader.reader.source import Source

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters but tab and line feed; what other tools take for line ends; half characters.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# Zero-width spaces and marks that turn the direction of the text.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")


def decode(content: str | bytes, file: str, caps: Caps) -> Source:
    """The text of a file, checked character by character; raises ProblemsFound."""
    if len(content) > caps.size:
        raise too_large(file, len(content), caps)
    text = content if isinstance(content, str) else _from_utf8(content, file)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = Source(file, text)
    problems = [
        *_odd(source, _CONTROL, "yaml.control_character"),
        *_odd(source, _INVISIBLE, "yaml.invisible_character"),
    ]
    if problems:
        raise ProblemsFound(sorted(problems, key=_place)[: caps.problems])
    return source


def too_large(file: str, size: int, caps: Caps) -> ProblemsFound:
    """The refusal of a file that has more bytes than allowed."""
    return ProblemsFound([Problem("yaml.too_large", {"size": size, "max": caps.size}, Source(file, "").place(0, 0))])


def _from_utf8(content: bytes, file: str) -> str:
    if content.startswith(_UTF16):
        raise ProblemsFound([Problem("yaml.utf16", {}, Source(file, "").place(0, 0))])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
        line_end = re.search(rb"[\r\n]", content[error.start :])
        rest = content[error.start : error.start + line_end.start()] if line_end else content[error.start :]
        # A file in French that is not UTF-8 is nearly always in Windows-1252: shown so, the line can be recognised.
        shown = before + rest[:200].decode("cp1252", "replace")
        place = Source(file, shown.replace("\r\n", "\n").replace("\r", "\n")).position(
            len(before.replace("\r\n", "\n").replace("\r", "\n"))
        )
        data = {"byte": f"0x{content[error.start]:02X}", "offset": error.start + 1}
        raise ProblemsFound([Problem("yaml.not_utf8", data, place)]) from error


def _odd(source: Source, pattern: re.Pattern[str], code: str) -> list[Problem]:
    """One problem a line."""
    problems: dict[int, Problem] = {}
    for found in pattern.finditer(source.text):
        place = source.position(found.start())
        data = {"character": f"U+{ord(found[0]):04X}"}
        problems.setdefault(place.line, Problem(code, data, place))
    return list(problems.values())


def _place(problem: Problem) -> int:
    return problem.position.line if problem.position else 0
