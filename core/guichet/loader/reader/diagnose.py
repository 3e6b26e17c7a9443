"""From "YAML cannot be read here" to what the author did, on every line where it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from guichet.loader.reader.events import SyntaxFailure
from guichet.loader.reader.finding import Finding
from guichet.loader.reader.lines import walk
from guichet.loader.reader.source import Source

_NO_BREAK = "\u00a0\u202f\u2007\u3000"
_NO_BREAK_INDENT = re.compile(rf"^[ {_NO_BREAK}]*[{_NO_BREAK}][ {_NO_BREAK}]*(?=\S)")
_NO_BREAK_AFTER_COLON = re.compile(rf"^ *(?:- +)*[\w-]+ ?:([{_NO_BREAK}]) *(?=\S)")

# What the two parsers say, and the code of ours that comes nearest when the lines themselves showed nothing.
_SAID: tuple[tuple[str, str], ...] = (
    (r"found unexpected end of stream|found unexpected document separator", "yaml.quote_not_closed"),
    (r"could not find expected ':'|mapping keys are not allowed", "yaml.missing_colon"),
    (r"mapping values are not allowed", "yaml.colon_in_value"),
    (r"cannot start any token", "yaml.special_start"),
    (r"unknown escape|hexdecimal|hexadecimal", "yaml.escape"),
    (r"while parsing a flow", "yaml.sign_in_braces"),
    (r"block end|expected key|sequence entries are not allowed|indented", "yaml.indentation"),
)


def spaces(source: Source) -> list[Finding]:
    """Tabs and no-break spaces where YAML wants ordinary spaces; one a line."""
    found = [finding for number, text in enumerate(source.lines) for finding in _spaces_of(number, text)]
    return _aligned(source.lines, found) if any(finding.code == "yaml.tab" for finding in found) else found


def hides_levels(source: Source, finding: Finding) -> bool:
    """Whether a finding leaves the level of its line to guesses: a tab, before the first word."""
    return finding.code == "yaml.tab" and not source.lines[finding.line][: finding.column].strip()


def _aligned(lines: list[str], found: list[Finding]) -> list[Finding]:
    """The findings, lines indented with tabs mended as their neighbours lie: one step for each tab more."""
    mended = list(lines)
    first: tuple[int, int, int] | None = None
    above, seen = "", 0
    aligned: list[Finding] = []
    for finding in found:
        text = lines[finding.line]
        indent = text[: len(text) - len(text.lstrip())]
        if finding.code != "yaml.tab" or "\t" not in indent or finding.repair is None:
            aligned.append(finding)
            continue
        above = next((line for line in reversed(mended[seen : finding.line]) if _says_something(line)), above)
        seen = finding.line
        depth = 2 * indent.count("\t") + indent.count(" ")
        if first is None or first[0] != finding.line - 1:
            first = (finding.line, depth, _level_after(above))
        first = (finding.line, first[1], first[2])
        repair = " " * max(0, first[2] + depth - first[1]) + finding.repair.lstrip(" ")
        mended[finding.line] = repair
        aligned.append(replace(finding, repair=repair))
    return aligned


def _says_something(line: str) -> bool:
    return bool(line.strip()) and line.lstrip()[0] != "#"


def _level_after(above: str) -> int:
    """Where the line after another most likely begins: under a key left open, or beside it."""
    level = len(above) - len(above.lstrip(" "))
    return level + 2 if above.rstrip().endswith(":") else level


def findings(source: Source, failure: SyntaxFailure) -> list[Finding]:
    """What the lines show of a failure; never empty."""
    found = walk(source.lines)
    if found.in_values:
        return found.in_values
    failed_at = source.line_of(failure.index)
    before = [finding for finding in found.of_structure if finding.line <= failed_at]
    if before:
        return before[:1]
    return [_as_said(source, failure)]


def _spaces_of(number: int, text: str) -> Iterator[Finding]:
    tab = text.find("\t")
    if tab >= 0:
        indent = text[: len(text) - len(text.lstrip())]
        repair = indent.replace("\t", "  ") + text[len(indent) :].replace("\t", " ")
        yield Finding("yaml.tab", number, tab, 1, {}, repair)
        return
    indent_found = _NO_BREAK_INDENT.match(text)
    if indent_found:
        repair = " " * indent_found.end() + text[indent_found.end() :]
        first = next(index for index, char in enumerate(text) if char in _NO_BREAK)
        yield Finding("yaml.no_break_space", number, first, 1, {}, repair)
        return
    colon = _NO_BREAK_AFTER_COLON.match(text)
    if colon:
        repair = f"{text[: colon.start(1)]} {text[colon.end() :]}"
        yield Finding("yaml.no_break_space", number, colon.start(1), 1, {}, repair)


def _as_said(source: Source, failure: SyntaxFailure) -> Finding:
    """The parser's own words in ours, at its own place."""
    code = next((code for pattern, code in _SAID if re.search(pattern, failure.said)), "yaml.syntax")
    at_context = code in {"yaml.quote_not_closed", "yaml.missing_colon"} and failure.context_index is not None
    index = min(
        failure.context_index if at_context and failure.context_index is not None else failure.index, len(source.text)
    )
    line = source.line_of(index)
    while line > 0 and not source.lines[line].strip():
        line -= 1
        index = source.start_of(line) + len(source.lines[line].rstrip())
    column = min(index - source.start_of(line), max(len(source.lines[line]) - 1, 0))
    sign = source.lines[line][column : column + 1]
    data = {"sign": sign, "quote": sign, "escape": source.lines[line][column : column + 2]}
    return Finding(code, line, column, 1, data)
