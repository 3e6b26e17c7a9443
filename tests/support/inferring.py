"""A declaration as an editor reads it: YAML 1.2, where a plain text that looks like a number or a flag is one."""

from __future__ import annotations

import re

from guichet.loader.reader import Mapping, Node, Sequence

_WHOLE = re.compile(r"[-+]?[0-9]+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def inferred(node: Node) -> object:
    """Give the values that an editor's own parser gives to its JSON Schema."""
    if isinstance(node, Mapping):
        return {key: inferred(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [inferred(item) for item in node.items]
    text = node.text
    if node.style != "plain":
        return text
    if text in _FLAGS:
        return _FLAGS[text]
    if text in {"null", "Null", "NULL", "~", ""}:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
