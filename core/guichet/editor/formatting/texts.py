"""How a text is written in YAML: as it is where that is safe, between quotes where it is not."""

from __future__ import annotations

import re

__all__ = ["is_plain", "quoted"]

_SAFE_START = re.compile(r"[^\W_]|[(€«]")
_INFERRED = re.compile(
    r"[-+.]?[0-9][0-9_.,:eExXoO+-]*|0[xo][0-9a-fA-F]+|true|false|null|yes|no|on|off|y|n|~"
    r"|\d{4}-\d{2}-\d{2}(?:[Tt ].*)?",
    re.IGNORECASE,
)
_ENDS = (":", " ")


def is_plain(text: str, *, flow: bool = False, key: bool = False) -> bool:
    """Whether quotes around a text say nothing: without them it reads the same, for us and for other readers."""
    if not _SAFE_START.match(text) or text.endswith(_ENDS) or ": " in text or " #" in text:
        return False
    if any(sign in text for sign in '\n\t\\\u00a0\u202f"`') or (flow and any(sign in text for sign in ",[]{}:")):
        return False
    return (key and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None) or not _INFERRED.fullmatch(text)


def quoted(text: str) -> str:
    """A text between quotes: double ones, or single ones around a text that holds double ones.

    >>> quoted('code = "a"')
    '\\'code = "a"\\''
    """
    if ('"' in text or "\\" in text) and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
