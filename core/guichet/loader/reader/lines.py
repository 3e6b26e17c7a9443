"""The raw lines of a file whose YAML is broken, read one by one as its author meant them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from guichet.loader.reader.finding import Finding
from guichet.loader.reader.quoting import closing_quote, mended, quoted
from guichet.loader.reader.values import Value, check_value

_COLON = re.compile(r" *:(?= |$)")
_DASH = re.compile(r"- +|-$")
_NO_SPACE = re.compile(r"([^\W\d][\w-]*) ?:(?=\S)(?!//)")
_WORD = re.compile(r"([^\W\d][\w-]*)(?: *[=:]? +(.*))?")
_NAME = re.compile(r"[^\W\d][\w-]*")

_NEVER_FIRST = re.compile(r"[%@`\]},|>]|[*&](?![\w-])")

_ENOUGH = 50  # mistakes of values in one go; nobody reads more at once

LevelKind = Literal["keys", "items"]


@dataclass(frozen=True, slots=True)
class Holder:
    """The last key or dash read, and whether its value stands on the same line."""

    name: str
    line: int
    column: int
    has_value: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """Mistakes inside one value, certain wherever they stand, and mistakes of structure, to be taken one at a time."""

    in_values: list[Finding]
    of_structure: list[Finding]


def walk(lines: list[str]) -> Findings:
    """The mistakes of all lines."""
    return _Walker(lines).walk()


class _Walker:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.levels: list[tuple[int, LevelKind]] = []
        self.opened: dict[int, int] = {}
        """Column → the line that last opened a level there."""
        self.holder: Holder | None = None
        self.in_values: list[Finding] = []
        self.of_structure: list[Finding] = []

    def walk(self) -> Findings:
        number = 0
        while number < len(self.lines) and len(self.in_values) < _ENOUGH:
            bare = self.lines[number].strip()
            if not bare or bare.startswith("#"):
                number += 1
            elif bare in {"---", "..."}:
                self._document(number)
                number += 1
            else:
                number = self._line(number)
        return Findings(self.in_values, self.of_structure)

    def _line(self, number: int) -> int:
        """Reads one line that holds something; gives the number of the next line to read."""
        text = self.lines[number].rstrip()
        column = len(text) - len(text.lstrip(" "))
        if _NEVER_FIRST.match(text, column):
            finding = Finding(
                "yaml.special_start", number, column, 1, {"sign": text[column]}, _quoted_start(text, column)
            )
            self.of_structure.append(finding)
            return number + 1
        key_end = _key_end(text, column)
        if key_end is None and not _DASH.match(text, column):
            return self._bare(number, text, column)
        if self._continues_text(text, column, key_end):
            self._colon_in_long_text(number, text, column)
            return number + 1
        while dash := _DASH.match(text, column):
            self._level(number, text, column, "items")
            self.holder = Holder("-", number, column, has_value=False)
            column = dash.end()
            if column >= len(text):
                return number + 1
        key_end = _key_end(text, column)
        if key_end is not None:
            self._level(number, text, column, "keys")
            self.holder = Holder(text[column:key_end].rstrip(), number, column, has_value=False)
            colon = _COLON.match(text, key_end)
            column = _value_start(text, colon.end() if colon else key_end)
        return self._value(number, text, column)

    def _document(self, number: int) -> None:
        if self.levels:
            self.of_structure.append(Finding("yaml.many_documents", number, 0, 3, {}, "", advice=None))

    def _value(self, number: int, text: str, column: int) -> int:
        if column >= len(text) or text[column] == "#" or self.holder is None:
            return number + 1
        self.holder = Holder(self.holder.name, self.holder.line, self.holder.column, has_value=True)
        checked = check_value(Value(self.lines, number, column, self.holder.column))
        if checked.finding:
            self.in_values.append(checked.finding)
        return checked.next_line

    def _bare(self, number: int, text: str, column: int) -> int:
        """A line without key or dash: the rest of a text, a value alone on its line, or a forgotten colon."""
        holder = self.holder
        if holder and column > holder.column:
            if holder.has_value:
                return number + 1
            if not self._key_follows(number, column):
                return self._value(number, text, column)
        if text[column] in "\"'{[":
            return self._loose_value(number, column)
        no_space = _NO_SPACE.match(text, column)
        if no_space:
            repair = f"{text[: no_space.end()]} {text[no_space.end() :]}"
            finding = Finding("yaml.missing_space", number, column, no_space.end() - column, {}, repair)
        else:
            finding = Finding("yaml.missing_colon", number, column, len(text) - column, {}, _with_colon(text, column))
        self.of_structure.append(finding)
        self._level(number, text, column, "keys")
        self.holder = Holder(text.strip(), number, column, has_value=" " in text.strip())
        return number + 1

    def _loose_value(self, number: int, column: int) -> int:
        """A value between quotes or brackets where a key should be: what is wrong with it says more."""
        checked = check_value(Value(self.lines, number, column, column))
        if checked.finding:
            self.in_values.append(checked.finding)
        return checked.next_line

    def _key_follows(self, number: int, column: int) -> bool:
        """Whether the next line with text has a key at this column or deeper."""
        for text in self.lines[number + 1 :]:
            if text.strip() and not text.lstrip().startswith("#"):
                indent = len(text) - len(text.lstrip(" "))
                return indent >= column and _key_end(text, indent) is not None
        return False

    def _continues_text(self, text: str, column: int, key_end: int | None) -> bool:
        """Whether the line looks like the rest of a sentence, with a colon in French typography."""
        holder = self.holder
        if holder is None or not holder.has_value or column <= holder.column or key_end is None:
            return False
        return text[key_end] == " " or not _NAME.fullmatch(text, column, key_end)

    def _colon_in_long_text(self, number: int, text: str, column: int) -> None:
        colon = _COLON.search(text, column)
        at = text.index(":", colon.start()) if colon else column
        name = self.holder.name if self.holder else ""
        repair = text.replace(":", ";")
        data = {"key": name, "line": self.holder.line + 1 if self.holder else None}
        self.in_values.append(Finding("yaml.colon_in_long_text", number, at, 1, data, repair, advice=None))

    def _level(self, number: int, text: str, column: int, kind: LevelKind) -> None:
        """Opens, keeps or closes levels for what starts at a column; notes a column that fits nowhere."""
        before = list(self.levels)
        while self.levels and self.levels[-1][0] > column:
            self.levels.pop()
        while kind == "keys" and self.levels and self.levels[-1] == (column, "items"):
            self.levels.pop()
        closed = len(self.levels) < len(before)
        if self.levels and self.levels[-1][0] == column:
            if self.levels[-1][1] != kind:
                self.levels.append((column, kind))
                self.opened[column] = number
            return
        holder = self.holder
        self.levels.append((column, kind))
        if holder is None or (not closed and not holder.has_value):
            self.opened[column] = number
            return
        if not closed and holder.name != "-":
            data = {"key": holder.name, "column": holder.column + 1, "line": holder.line + 1}
            repair = " " * holder.column + text.lstrip(" ")
            self.of_structure.append(Finding("yaml.nested_under_text", number, column, 1, data, repair))
            return
        self._wrong_indentation(number, text, column, kind, before)

    def _wrong_indentation(
        self, number: int, text: str, column: int, kind: LevelKind, before: list[tuple[int, LevelKind]]
    ) -> None:
        choices = [level for level, of_kind in before if of_kind == kind] or [level for level, _ in before]
        best = min(self._fitting(number, text, choices), key=lambda level: (abs(level - column), -level))
        data = {"column": best + 1, "line": self.opened.get(best, number) + 1}
        finding = Finding("yaml.indentation", number, column, 1, data, " " * best + text.lstrip(" "))
        self.of_structure.append(finding)

    def _fitting(self, number: int, text: str, choices: list[int]) -> list[int]:
        """The levels that agree with the next line: nothing is deeper than a value, something is than a key."""
        following = next((line for line in self.lines[number + 1 :] if line.strip()), None)
        if following is None:
            return choices
        indent = len(following) - len(following.lstrip(" "))
        if text.endswith(":"):
            return [level for level in choices if level < indent] or choices
        return [level for level in choices if level >= indent] or choices


def _key_end(text: str, column: int) -> int | None:
    """Where the key that starts at a column ends, or None when what stands there is no key."""
    if column >= len(text):
        return None
    if text[column] in "\"'":
        end = closing_quote(text, column)
        return end + 1 if end is not None and _COLON.match(text, end + 1) else None
    if text[column] in "{[#|>%@`":
        return None
    colon = _COLON.search(text, column)
    if colon is None or colon.start() == column or " #" in text[column : colon.start()]:
        return None
    return colon.start()


def _quoted_start(text: str, column: int) -> str:
    """The line with its key between quotes, or all of it when it has none."""
    colon = _COLON.search(text, column)
    return mended(text, column, colon.start() if colon else len(text))


def _value_start(text: str, column: int) -> int:
    while column < len(text) and text[column] == " ":
        column += 1
    return column


def _with_colon(text: str, column: int) -> str | None:
    """The line with the colon it lacks after its first word."""
    found = _WORD.fullmatch(text, column)
    if not found:
        return None
    if found[2] is None:
        return f"{text[:column]}{found[1]}:"
    rest = quoted(found[2]) if _COLON.search(found[2]) else found[2]
    return f"{text[:column]}{found[1]}: {rest}"
