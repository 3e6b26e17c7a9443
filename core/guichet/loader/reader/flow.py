"""Values written between `{ }` and `[ ]`, checked sign by sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guichet.loader.reader.quoting import closing_quote, quoted

_CLOSERS = {"{": "}", "[": "]"}
_COLOUR = re.compile(r" *#(?=\S)")
"""A value that begins with `#`, such as a colour: YAML takes it, and the rest of the line, for a comment."""
_FORBIDDEN_STARTS = "%@`|>*&!"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong inside a flow value: a code, the sign at fault and its index, the span to replace and by what."""

    code: str
    sign: str
    index: int
    start: int
    end: int
    replacement: str
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """How a flow value ends: where (None when it does not), what is still open, and what is wrong in it."""

    end: int | None
    unclosed: str
    fault: Fault | None


def scan_flow(text: str, start: int) -> Scan:
    """Reads the value that opens at `start`, up to its last bracket or the first fault."""
    return _Scanner(text, start).scan()


class _Scanner:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start
        self.open: list[str] = []
        self.entry = start  # where the current text starts
        self.fresh = True  # at the start of a key or a value
        self.colon_seen = False

    def scan(self) -> Scan:
        while self.at < len(self.text):
            fault = self._step()
            if fault:
                return Scan(None, "", fault)
            if not self.open:
                return Scan(self.at, "", None)
        return Scan(None, "".join(_CLOSERS[sign] for sign in reversed(self.open)), None)

    def _step(self) -> Fault | None:
        sign = self.text[self.at]
        if self.fresh and (hash_ := _COLOUR.match(self.text, self.at)):
            self.entry = self.at = hash_.end() - 1
            start, end = self._span()
            return Fault("yaml.special_start", "#", self.at, start, end, quoted(self.text[start:end].strip("\"'")))
        if sign in " \n":
            comment = re.compile(r"\s+#[^\n]*").match(self.text, self.at)
            self.at = comment.end() if comment else self.at + 1
            return None
        if self.fresh and sign in "\"'":
            return self._quote(sign)
        if sign in "{[":
            return self._opening(sign)
        if sign in "}]":
            return self._closing(sign)
        if sign == ",":
            self._restart(colon_seen=False)
            return None
        if sign == ":" and re.compile(r":(?=[\s,\]}]|$)").match(self.text, self.at):
            return self._colon()
        if self.fresh and (sign in _FORBIDDEN_STARTS or self.text.startswith("- ", self.at)):
            self.entry = self.at
            return self._fault("yaml.special_start", sign)
        if self.fresh:
            self.entry, self.fresh = self.at, False
        self.at += 1
        return None

    def _quote(self, sign: str) -> Fault | None:
        self.entry = self.at
        end = closing_quote(self.text, self.at)
        if end is None:
            start, stop = self._span()
            return Fault("yaml.quote_not_closed", sign, start, start, stop, quoted(self.text[start + 1 : stop]))
        after = re.compile(r"\s*[,:\]}]|\s+#|\s*$").match(self.text, end + 1)
        if not after:
            return self._after_quote(sign, end)
        self.at, self.fresh = end + 1, False
        return None

    def _after_quote(self, sign: str, end: int) -> Fault:
        start, stop = self._span(after=end)
        text = self.text[start:stop]
        if text.endswith(sign):
            return Fault("yaml.quote_inside", sign, end, start, stop, quoted(text[1:-1]))
        lost = self.text[end + 1 : stop].strip()
        return Fault("yaml.text_after_quote", sign, end + 1, start, stop, quoted(text), lost)

    def _opening(self, sign: str) -> Fault | None:
        if not self.fresh:
            return self._fault("yaml.sign_in_braces", sign)
        self.open.append(sign)
        self._restart(colon_seen=False)
        return None

    def _closing(self, sign: str) -> Fault | None:
        if _CLOSERS[self.open[-1]] != sign:
            expected = _CLOSERS[self.open[-1]]
            return Fault("yaml.bracket_not_closed", self.open[-1], self.at, self.at, self.at, expected)
        self.open.pop()
        self.at += 1
        self.fresh, self.colon_seen = False, True
        return None

    def _colon(self) -> Fault | None:
        if self.colon_seen:
            return self._fault("yaml.sign_in_braces", ":")
        self._restart(colon_seen=True)
        return None

    def _restart(self, *, colon_seen: bool) -> None:
        self.at += 1
        self.entry, self.fresh, self.colon_seen = self.at, True, colon_seen

    def _fault(self, code: str, sign: str) -> Fault:
        start, end = self._span(after=self.at)
        return Fault(code, sign, self.at, start, end, quoted(self.text[start:end]))

    def _span(self, after: int | None = None) -> tuple[int, int]:
        """The text of the current entry, its own brackets included: to the comma or bracket that follows `after`."""
        start = self.entry
        while start < len(self.text) - 1 and self.text[start] == " ":
            start += 1
        depth, end = 0, start
        while end < len(self.text) and self.text[end] != "\n":
            sign = self.text[end]
            if depth == 0 and end > (start if after is None else after) and sign in ",}]":
                break
            depth += (sign in "{[") - (sign in "}]" and depth > 0)
            end += 1
        return start, start + max(1, len(self.text[start:end].rstrip()))
