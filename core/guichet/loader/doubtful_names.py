"""Names written once and one slip away from a word written often: free names that nothing else would contradict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from guichet.errors import Problem
from guichet.loader.checked import Path
from guichet.loader.reader import Mapping, Node, Scalar, Sequence, Source, folded
from guichet.model.base import Value
from guichet.model.examples import Examples
from guichet.model.scheme import Scheme

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
_SHORTEST_LESS_ONE = 5
"""A word of fewer letters is too easily another word with one letter less."""


def check_names(trees: Iterable[Node]) -> Iterator[Problem]:
    """A warning for each free name with a word that stands nowhere else and is one slip from a word that does."""
    names: dict[str, tuple[Path, Scalar]] = {}
    sources: dict[int, Source] = {}
    for path, key in (each for tree in trees for each in _free_names(tree)):
        names.setdefault(key.text, (path, key))
        sources.setdefault(id(key.source), key.source)
    for name, (path, key) in names.items():
        for word in _WORD.findall(folded(name)):
            if len(word) >= _SHORTEST and _times(word, sources.values()) == 1:
                meant = next(iter(_alike(word, sources.values(), key.position.text)), None)
                if meant is not None:
                    data = {"value": name, "nearest": meant}
                    yield Problem("name_like_another", data, key.position, path, "warning")
                    break


def _free_names(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Each key that no model knows, so that its author chose it."""
    if isinstance(node, Mapping):
        for name, entry in node.entries.items():
            if name not in _own_keys() and entry.key.style != "verbatim":
                yield path, entry.key
            yield from _free_names(entry.value, (*path, name))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _free_names(item, (*path, str(index)))


def _times(word: str, sources: Iterable[Source]) -> int:
    return sum(source.words().get(word, 0) for source in sources)


def _alike(word: str, sources: Iterable[Source], line: str) -> Iterator[str]:
    """The words of which this one may be a slip: written more than once, or on the line of the name itself."""
    beside = frozenset(_WORD.findall(folded(line)))
    for other in _meant(word):
        if other in beside or _times(other, sources) > 1:
            yield other
    if len(word) < _SHORTEST_LESS_ONE - 1:
        return
    for source in sources:
        for other in source.words():
            alike = len(other) == len(word) + 1 and other[0] == word[0] and _is_less_one(word, other)
            if alike and (other in beside or _times(other, sources) > 1):
                yield other


def _meant(word: str) -> Iterator[str]:
    """The words of which this one is a slip of letters doubled or exchanged.

    >>> list(_meant("pprt"))
    ['prt', 'prpt', 'pptr']
    """
    for at in range(len(word) - 1):
        if word[at] == word[at + 1]:
            if word[at:].rstrip("s") == "ee":
                continue  # a feminine
            yield word[:at] + word[at + 1 :]
        else:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _is_less_one(word: str, other: str) -> bool:
    """Whether a word is the other with one of its inner letters left out: a last letter makes plurals and genders."""
    at = next((index for index, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    return 0 < at < len(word) and word[at:] == other[at + 1 :]


@cache
def _own_keys() -> frozenset[str]:
    """Every key that the models of a scheme know, wherever it stands."""
    found: set[str] = {"use", "form", "remove", "overridable", "content"}
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Scheme, Examples]
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            found.add(field.alias or name)
            waiting += _models_in(field.annotation)
    return frozenset(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, Value):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
