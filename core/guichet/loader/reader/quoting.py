"""How a text is written so that YAML leaves it alone: the mended line of a hint."""

from __future__ import annotations


def quoted(text: str) -> str:
    """The text between quotes; double ones unless it holds some itself.

    >>> print(quoted("Attention : l'aide"))
    "Attention : l'aide"
    >>> print(quoted('dit "oui"'))
    'dit "oui"'
    """
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def mended(line: str, start: int, end: int, text: str | None = None) -> str:
    """The line with what stands between two columns put between quotes, or replaced by a text."""
    return line[:start] + (quoted(line[start:end]) if text is None else text) + line[end:]


def closing_quote(text: str, start: int) -> int | None:
    """The index of the quote that closes the one at `start`, or None.

    >>> closing_quote("'l''aide' x", 0)
    8
    """
    quote, index = text[start], start + 1
    while index < len(text):
        if text[index] == "\\" and quote == '"':
            index += 2
        elif text[index] == quote:
            if quote == '"' or not text.startswith("''", index):
                return index
            index += 2
        else:
            index += 1
    return None
