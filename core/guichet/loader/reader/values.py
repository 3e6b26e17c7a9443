"""What can be wrong with the value that stands after a key or a dash, seen on raw lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guichet.loader.reader.finding import Finding
from guichet.loader.reader.flow import Fault, scan_flow
from guichet.loader.reader.quoting import closing_quote, mended, quoted

_LONGEST = 80  # lines of a value between quotes or brackets; a longer one has surely lost its end
_BLOCK_HEADER = re.compile(r"[|>](?:[1-9]?[+-]?|[+-][1-9])(?: +#.*)?")
_COLON = re.compile(r":(?= |$)")
_COMMENT = re.compile(r" +#")
_ESCAPE = re.compile(r"\\(?:[0abtnvfre \"/\\N_LP\t]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|$)|(\\.)")
_ALIAS = re.compile(r"\*[\w-]+\s*(?:#.*)?")
_PROPERTY = re.compile(r"(?:&[\w-]+|!{1,2}[\w:/.-]*)(?:\s+[^%@`|>,\]}].*)?")
_KEY_LINE = re.compile(r" *[^\W\d][\w-]*:(?: [|>][+-]?)?$")
_SMART = re.compile(r"[“”„‟‘’‚‛](.*)[“”„‟‘’‚‛]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that starts on a line at a column; `level` is the column of the key or dash that holds it."""

    lines: list[str]
    line: int
    column: int
    level: int

    @property
    def text(self) -> str:
        """The line the value starts on."""
        return self.lines[self.line]

    @property
    def end(self) -> int:
        """Where the value ends on its line, a comment left out."""
        comment = _COMMENT.search(self.text, self.column)
        return comment.start() if comment else len(self.text.rstrip())


@dataclass(frozen=True, slots=True)
class Checked:
    """What a value's first line tells: a mistake, or the number of the line after the value."""

    finding: Finding | None
    next_line: int


def check_value(value: Value) -> Checked:
    """The mistake of a value, if any, and where reading goes on."""
    sign = value.text[value.column]
    if sign in "\"'":
        return _check_quoted(value, sign)
    if sign in "{[":
        return _check_flow(value, sign)
    if sign in "|>":
        return _check_block(value, sign)
    return Checked(_check_plain(value, sign), value.line + 1)


def _check_plain(value: Value, sign: str) -> Finding | None:
    rest = value.text[value.column :]
    if re.match(r"-(?: |$)", rest):
        return _quote_all(value, "yaml.dash_in_value")
    broken = sign in "%@`,]}" or (sign == "*" and not _ALIAS.fullmatch(rest)) or re.match(r"\?(?: |$)", rest)
    if broken or (sign in "&!" and not _PROPERTY.fullmatch(rest)):
        return _quote_all(value, "yaml.special_start", sign=sign)
    colon = _COLON.search(value.text, value.column, value.end)
    if not colon:
        return None
    text = value.text[value.column : value.end]
    smart = _SMART.fullmatch(text)
    repair = mended(value.text, value.column, value.end, quoted(smart[1] if smart else text))
    return Finding("yaml.colon_in_value", value.line, colon.start(), repair=repair)


def _check_block(value: Value, sign: str) -> Checked:
    """Skips the lines of a block text; refuses a sign that starts none, as in `when: >= 3`."""
    if not _BLOCK_HEADER.fullmatch(value.text[value.column :].rstrip()):
        return Checked(_quote_all(value, "yaml.block_sign", sign=sign), value.line + 1)
    after = _after_deeper(value)
    return Checked(_shallow_line(value, after), after)


def _shallow_line(value: Value, after: int) -> Finding | None:
    """A line of a block text that starts before its first one, which ends the text too early."""
    indents = {
        number: len(text) - len(text.lstrip(" "))
        for number, text in enumerate(value.lines[value.line + 1 : after], value.line + 1)
        if text.strip()
    }
    if not indents or re.match(r"[|>][+-]?[1-9]", value.text[value.column :]):
        return None
    first = next(iter(indents.values()))
    number = next((number for number, indent in indents.items() if indent < first), None)
    if number is None:
        return None
    following = next((at for at in range(number, after) if _KEY_LINE.match(value.lines[at])), None)
    if following is not None and not value.text[: value.level].strip():
        level = indents[following]  # a key that stands deeper than the one of the text: that one has moved
        data = {"column": level + 1, "line": following + 1}
        return Finding("yaml.indentation", value.line, value.level, 1, data, " " * level + value.text.lstrip(" "))
    repair = " " * first + value.lines[number].lstrip(" ")
    return Finding("yaml.indentation", number, indents[number], 1, {"column": first + 1}, repair)


def _check_quoted(value: Value, quote: str) -> Checked:
    last = min(_after_deeper(value), value.line + _LONGEST)
    block = "\n".join([value.text[value.column :], *value.lines[value.line + 1 : last]])
    end = closing_quote(block, 0)
    if end is None or (end > len(value.text) - value.column and not _nothing_after(block, end + 1)):
        line_text = value.text[value.column : value.end]
        repair = mended(value.text, value.column, value.end, quoted(line_text[1:]))
        finding = Finding("yaml.quote_not_closed", value.line, value.column, 1, {"quote": quote}, repair)
        return Checked(finding, value.line + 1)
    if not _nothing_after(block, end + 1):
        return Checked(_after_quote(value, quote, end), value.line + 1)
    escape = next((found for found in _ESCAPE.finditer(block, 0, end) if found[1]), None) if quote == '"' else None
    if escape and "\n" not in block[: escape.start()]:
        inner = block[1:end].replace('\\"', '"').replace("'", "''")
        repair = mended(value.text, value.column, value.column + end + 1, f"'{inner}'") if "\n" not in inner else None
        finding = Finding("yaml.escape", value.line, value.column + escape.start(), 2, {"escape": escape[1]}, repair)
        return Checked(finding, value.line + 1)
    return Checked(None, value.line + 1 + block.count("\n", 0, end))


def _after_quote(value: Value, quote: str, end: int) -> Finding:
    """`'l'aide'` closes too early; `"Prix" hors taxes` goes on after its end."""
    text = value.text[value.column :].rstrip()
    at = value.column + end
    if text.endswith(quote):
        inner = text[1:-1].replace("''", "'") if quote == "'" else text[1:-1].replace('\\"', '"')
        repair = mended(value.text, value.column, value.column + len(text), quoted(inner))
        return Finding("yaml.quote_inside", value.line, at, 1, {"quote": quote}, repair)
    stop = max(value.end, at + 1)
    repair = mended(value.text, value.column, stop)
    lost = value.text[at + 1 : stop].strip()
    return Finding("yaml.text_after_quote", value.line, at + 1, stop - at - 1, {"lost": lost}, repair)


def _check_flow(value: Value, sign: str) -> Checked:
    last = min(_after_deeper(value, closers=True), value.line + _LONGEST)
    block = "\n".join([value.text[value.column :], *value.lines[value.line + 1 : last]])
    scan = scan_flow(block, 0)
    if scan.fault:
        return Checked(_in_flow(value, block, scan.fault), value.line + 1 + block.count("\n", 0, scan.fault.index))
    if scan.end is None:
        repair = value.text[: value.end] + scan.unclosed + value.text[value.end :]
        finding = Finding("yaml.bracket_not_closed", value.line, value.column, 1, {"sign": sign}, repair)
        return Checked(finding, value.line + 1)
    if _nothing_after(block, scan.end):
        return Checked(None, value.line + 1 + block.count("\n", 0, scan.end))
    return Checked(_after_flow(value, block, scan.end), value.line + 1)


def _in_flow(value: Value, block: str, fault: Fault) -> Finding:
    line, column = _place(value, block, fault.index)
    text = value.lines[line]
    first = block.rfind("\n", 0, fault.index) + 1
    shift = (value.column if line == value.line else 0) - first
    repair = mended(text, shift + fault.start, shift + fault.end, fault.replacement) if fault.start >= first else None
    data = {"sign": fault.sign, "quote": fault.sign, "lost": fault.lost}
    return Finding(fault.code, line, column, max(1, len(fault.lost)), data, repair)


def _after_flow(value: Value, block: str, end: int) -> Finding:
    line, column = _place(value, block, end)
    text = value.lines[line]
    comment = _COMMENT.search(text, column)
    stop = comment.start() if comment else len(text.rstrip())
    lost = text[column:stop].strip()
    if not lost.strip("]} "):
        repair = text[:column] + text[stop:]
        return Finding("yaml.bracket_extra", line, stop - len(lost), len(lost), {"sign": lost}, repair)
    repair = mended(text, value.column, stop) if line == value.line else None
    at = column + len(text[column:stop]) - len(text[column:stop].lstrip())
    return Finding("yaml.text_after_bracket", line, at, stop - at, {"sign": block[end - 1], "lost": lost}, repair)


def _quote_all(value: Value, code: str, **data: object) -> Finding:
    end = max(value.end, value.column + 1)
    repair = mended(value.text, value.column, end)
    return Finding(code, value.line, value.column, 1, data, repair)


def _nothing_after(block: str, index: int) -> bool:
    return bool(re.compile(r"[ \n]*$|[ ]*\n|[ ]+#").match(block, index))


def _after_deeper(value: Value, *, closers: bool = False) -> int:
    """The first line after the value's own that is neither blank nor deeper than the key."""
    number = value.line + 1
    while number < len(value.lines):
        text = value.lines[number]
        if text.strip() and len(text) - len(text.lstrip(" ")) <= value.level:
            return number + 1 if closers and text.strip()[0] in "]}" else number
        number += 1
    return number


def _place(value: Value, block: str, index: int) -> tuple[int, int]:
    line = block.count("\n", 0, index)
    column = index - (block.rfind("\n", 0, index) + 1)
    return value.line + line, column + (value.column if line == 0 else 0)
