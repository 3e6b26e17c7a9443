"""Guessing on past a mistake: a tree as its author meant it, so that the next mistakes show at the same time.

What is guessed is never used for anything but finding further problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from guichet.errors import Problem
from guichet.loader.reader import Entry, Mapping, Node, Scalar, Sequence


def repaired(tree: Node, problems: Iterable[Problem]) -> Node:
    """The tree with misspelt keys and values put right, unknown keys left out."""
    for problem in problems:
        nearest = str(problem.data.get("nearest") or "")
        if problem.code == "unknown_key":
            tree = _at(tree, problem.path, str(problem.data["value"]), nearest)
        elif problem.code == "unknown_value" and nearest:
            tree = _at(tree, problem.path[:-1], problem.path[-1], nearest, of_value=True)
    return tree


def _at(tree: Node, path: tuple[str, ...], key: str, nearest: str, *, of_value: bool = False) -> Node:
    if path:
        below = _child(tree, path[0])
        return tree if below is None else _with(tree, path[0], _at(below, path[1:], key, nearest, of_value=of_value))
    if not isinstance(tree, Mapping) or key not in tree.entries:
        return tree
    entry = tree.entries[key]
    if of_value:
        if not isinstance(entry.value, Scalar):
            return tree
        return _with(tree, key, replace(entry.value, text=nearest))
    renamed = {nearest if name == key and nearest else name: item for name, item in tree.entries.items()}
    if not nearest or nearest in tree.entries:
        renamed = {name: item for name, item in tree.entries.items() if name != key}
    return Mapping(renamed, tree.position)


def _child(tree: Node, step: str) -> Node | None:
    if isinstance(tree, Mapping):
        return tree.entries[step].value if step in tree.entries else None
    if isinstance(tree, Sequence) and step.isdigit() and int(step) < len(tree.items):
        return tree.items[int(step)]
    return None


def _with(tree: Node, step: str, child: Node) -> Node:
    if isinstance(tree, Mapping):
        return Mapping({**tree.entries, step: Entry(tree.entries[step].key, child)}, tree.position)
    if isinstance(tree, Sequence):
        items = tuple(child if index == int(step) else item for index, item in enumerate(tree.items))
        return Sequence(items, tree.position)
    return tree
