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
