"""What YAML accepts and understands otherwise than its author: found on events, refused in our words."""

from __future__ import annotations

import re

from guichet.errors import Problem
from guichet.loader.reader.events import Event
from guichet.loader.reader.flow import scan_flow
from guichet.loader.reader.nodes import Scalar
from guichet.loader.reader.quoting import mended, quoted
from guichet.loader.reader.source import Source

Path = tuple[str, ...]

_SMART = re.compile(r"[“”„‟‘’‚‛](.*)[“”„‟‘’‚‛]", re.DOTALL)
_NO_SPACE = re.compile(r"(?m)^[ \t]*(?:- )?([^\W\d][\w-]*) ?:(?=[^\s:/\\])")
_HASH = re.compile(r" *: +(#.*)")
_NO_BREAK = "\u00a0\u202f\u2007\u3000"


def odd_value(source: Source, event: Event, path: Path) -> list[Problem]:
    """What is wrong with a text that YAML took without a word."""
    if event.style in {"literal", "folded"}:
        return [] if event.text.strip() else [_empty_block(source, event, path)]
    if event.style != "plain" or not event.text:
        return []
    checks = (_cut_by_hash, _smart_quotes, _lone_quote, _swallowed_line)
    return [problem for check in checks if (problem := check(source, event, path)) is not None]


def odd_key(source: Source, event: Event, path: Path) -> list[Problem]:
    """What is wrong with a key that YAML took without a word: invisible spaces and typographic quotes."""
    if event.style != "plain":
        return []
    bare, smart = event.text.strip(_NO_BREAK), _SMART.fullmatch(event.text)
    if bare == event.text and not smart:
        alone = _lone_quote(source, event, path)
        return [alone] if alone is not None else []
    line, column, text = _around(source, event.start)
    end = column + event.end - event.start
    if bare != event.text:
        data = {"mended": mended(text, column, end, bare).strip()}
        return [Problem("yaml.no_break_space", data, source.place(line, column, end - column), path)]
    data = {"mended": mended(text, column, end, smart[1] if smart else None).strip()}
    return [Problem("yaml.smart_quotes", data, source.place(line, column, end - column), path)]


def empty_value(source: Source, key: Scalar, event: Event, parent: Event, path: Path) -> Problem:
    """A key with nothing after it: forgotten, eaten by `#`, or the end of a text cut by a comma or by braces."""
    line, column, text = _around(source, key.start)
    here = (*path, key.text)
    hash_sign = _HASH.match(text, column + key.position.length) if not parent.flow else None
    if hash_sign:
        at = hash_sign.start(1)
        data = {"key": key.text, "mended": mended(text, at, len(text)).strip()}
        return Problem("yaml.hash_at_start", data, source.place(line, at, len(text) - at), here)
    if not parent.flow:
        return Problem("yaml.empty_value", {"key": key.text}, key.position, here)
    opened = source.text.rfind("{", 0, key.start)
    if not source.text[opened + 1 : key.start].strip() and source.text[event.end :].lstrip().startswith("}"):
        at = source.position(opened)
        end = text.find("}", at.column) + 1 or len(text)
        whole = _value_end(text, end)
        data = {"name": key.text, "mended": mended(text, at.column - 1, whole).strip()}
        return Problem("yaml.braces_as_text", data, source.place(at.line - 1, at.column - 1, end - at.column + 1), path)
    return Problem("yaml.comma_in_braces", {"text": key.text, "mended": _joined(text, column, key)}, key.position, path)


def complex_key(source: Source, event: Event, path: Path) -> Problem:
    """A mapping or a list where a key should be: nearly always a text that begins with a brace or a bracket."""
    line, column, text = _around(source, event.start)
    end = scan_flow(text, column).end if text[column : column + 1] in {"{", "["} else None
    data = {"mended": mended(text, column, end).strip() if end else None}
    return Problem("yaml.complex_key", data, source.place(line, column, (end or column + 1) - column), path)


def property_problem(source: Source, event: Event, path: Path) -> Problem:
    """An anchor, an alias or a tag: YAML's own machinery, or a text that begins with its sign."""
    line, column, text = _around(source, event.start)
    data = {"mended": mended(text, column, _value_end(text, column)).strip()}
    place = source.place(line, column)
    if event.kind == "alias":
        return Problem("yaml.alias", data, place, path)
    if event.anchor:
        return Problem("yaml.anchor", data, place, path)
    return Problem("yaml.special_start", {**data, "sign": "!"}, place)


def _cut_by_hash(source: Source, event: Event, path: Path) -> Problem | None:
    """`label: Prix # 3` loses its end; a comment asks for two spaces, so that a lost text is never silent."""
    if not source.text.startswith(" #", event.end):
        return None
    line, column, text = _around(source, event.end)
    comment = text[column + 1 :]
    start = max(0, event.start - source.start_of(line))
    data = {
        "lost": comment,
        "mended": mended(text, start, len(text)).strip(),
        "comment": f"{text[:column]}  {comment}".strip(),
    }
    return Problem("yaml.cut_by_hash", data, source.place(line, column + 1, len(comment)), path)


def _smart_quotes(source: Source, event: Event, path: Path) -> Problem | None:
    found = _SMART.fullmatch(event.text)
    if not found:
        return None
    line, column, text = _around(source, event.start)
    end = min(len(text), column + event.end - event.start)
    data = {"mended": mended(text, column, end, quoted(found[1])).strip()}
    return Problem("yaml.smart_quotes", data, source.place(line, column, end - column), path)


def _lone_quote(source: Source, event: Event, path: Path) -> Problem | None:
    """`label: Prix hors taxes"` ends with a quote that nothing opens: YAML keeps it in the text."""
    if event.text[-1] != '"' or event.text.count('"') % 2 == 0:
        return None
    line, column, text = _around(source, event.end)
    start = max(0, event.start - source.start_of(line))
    bare = event.text[:-1]
    alone = "\n" not in source.text[event.start : event.end] and '"' not in bare
    data = {
        "mended": mended(text, start, column, quoted(bare)).strip() if alone else None,
        "meant": mended(text, start, column, quoted(event.text)).strip() if alone else None,
    }
    return Problem("yaml.quote_not_opened", data, source.place(line, column - 1, 1), path)


def _swallowed_line(source: Source, event: Event, path: Path) -> Problem | None:
    """`type:text` alone on its line, or an item under a key that has a value, is taken for the text above."""
    raw = source.text[event.start : event.end]
    if ":" not in raw and "\n" not in raw:
        return None
    line, column, text = _around(source, event.start)
    for number, part in enumerate(raw.split("\n")):
        alone = number > 0 or not text[:column].strip()
        found = _NO_SPACE.match(part) if alone else None
        if number > 0 and part.lstrip().startswith("- "):
            dash = len(part) - len(part.lstrip())
            return Problem("yaml.item_under_text", {"line": line + 1}, source.place(line + number, dash), path)
        if found:
            full = source.lines[line + number]
            at = (column if number == 0 else 0) + found.start(1)
            colon = (column if number == 0 else 0) + found.end()
            data = {"mended": f"{full[:colon]} {full[colon:]}".strip()}
            return Problem("yaml.missing_space", data, source.place(line + number, at, colon - at), path)
    return None


def _empty_block(source: Source, event: Event, path: Path) -> Problem:
    line, column, text = _around(source, event.start)
    data = {"sign": text[column], "mended": mended(text, column, len(text.rstrip())).strip()}
    return Problem("yaml.empty_block", data, source.place(line, column, len(text.rstrip()) - column), path)


def _joined(text: str, column: int, key: Scalar) -> str:
    """The line with the value before the comma and the orphan after it as one quoted text."""
    comma = text.rfind(",", 0, column)
    colon = text.rfind(": ", 0, comma) if comma >= 0 else -1
    if colon < 0:
        return mended(text, column, column + len(key.text)).strip()
    return mended(text, colon + 2, column + len(key.text)).strip()


def _value_end(text: str, start: int) -> int:
    """Where the value that holds a column ends: before a comment, or at the end of the line."""
    comment = re.search(r" +#", text[start:])
    return start + comment.start() if comment else len(text.rstrip())


def _around(source: Source, index: int) -> tuple[int, int, str]:
    line = source.line_of(min(index, len(source.text)))
    return line, index - source.start_of(line), source.lines[line]
