"""Expressions in words, each made once for all dossiers."""

from __future__ import annotations

from guichet.catalogue import CompiledVersion
from guichet.engine.wording import Names, Wording, as_line
from guichet.language import tree

__all__ = ["said"]


def said(version: CompiledVersion, node: tree.Node | None, names: Names) -> str:
    """An expression in words, each made once for all dossiers; empty without one."""
    if node is None:
        return ""
    key = names.language, id(node)
    found = version.sentences.get(key)
    if found is None:
        found = version.sentences[key] = as_line(Wording(names).sentence(node), names.language)
    return found
