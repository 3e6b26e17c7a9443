"""Texts with `{names}` that schemes and territories write, and what fills them.

The language is closed: a name between braces, dots allowed, nothing computed. `{{` and `}}` stand for braces. A name
that is not given is an error; a value is text, and in Markdown it can never become markup, a link or a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from guichet.errors.problem import GuichetError

__all__ = ["Markdown", "UnknownPlaceholderError", "escape_markdown", "fill", "fill_markdown", "placeholders"]

_PART = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_BLANKS = re.compile(r"[^\S\n]+")


class UnknownPlaceholderError(GuichetError):
    """Raised when a text names something that is not given."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class Markdown(str):
    """Text that the program wrote as Markdown on purpose (a list of reasons): filled in as it is."""

    __slots__ = ()


def placeholders(text: str) -> list[tuple[str, int]]:
    """Gives each name between braces and where it starts, in order; a malformed name comes out as it is written.

    >>> placeholders("Le {registre.date}, {{sic}}, {effectif}")
    [('registre.date', 4), ('effectif', 30)]
    """
    if "{" not in text:
        return []
    return [(match[1], match.start(1)) for match in _PART.finditer(text) if match[1] is not None]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Gives the text with its names replaced, as plain text.

    Raises:
        UnknownPlaceholderError: a name of the text is not among the values.

    >>> fill("Vous déclarez {effectif} salarié.", {"effectif": "0"})
    'Vous déclarez 0 salarié.'
    """
    return _replace(text, values, str)


def fill_markdown(text: str, values: Mapping[str, str]) -> str:
    """Gives Markdown with its names replaced, each value escaped unless it is `Markdown` itself.

    Raises:
        UnknownPlaceholderError: a name of the text is not among the values.

    >>> fill_markdown("Bonjour **{name}**", {"name": "[x](http://y)"})
    'Bonjour **\\\\[x\\\\]\\\\(http\\\\:\\\\/\\\\/y\\\\)**'
    """
    return _replace(text, values, lambda value: value if isinstance(value, Markdown) else escape_markdown(value))


def escape_markdown(value: str) -> str:
    """Gives Markdown that shows the value letter by letter; its line breaks stay line breaks of the same paragraph."""
    lines = (_BLANKS.sub(" ", line).strip() for line in value.strip().splitlines())
    return "\\\n".join(_PUNCTUATION.sub(r"\\\1", line) for line in lines)


def _replace(text: str, values: Mapping[str, str], shown: Callable[[str], str]) -> str:
    def part(match: re.Match[str]) -> str:
        name: str | None = match[1]
        if name is None:
            return match[0][0]
        if name not in values:
            raise UnknownPlaceholderError(name)
        return shown(values[name])

    return _PART.sub(part, text)
