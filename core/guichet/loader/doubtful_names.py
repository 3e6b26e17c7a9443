"""Names written once and one slip away from a word written often: free names that nothing else would contradict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
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


def check_names(
    trees: Iterable[Node], only: Node | None = None, models: tuple[type[BaseModel], ...] = (Scheme, Examples)
) -> Iterator[Problem]:
    """A warning for each free name with a word that stands nowhere else and is one slip from a word that does.

    Args:
        only: The one tree whose names are looked at, the others being there for their words.
        models: What the trees are read as: their keys are no free names.
    """
    read = list(trees)
    sources: dict[int, Source] = {}
    names: dict[str, _Name] = {}
    own = _own_keys(models)
    for tree in read:
        for name in _free_names(tree, own):
            if only is None or tree is only:
                names.setdefault(name.key.text, name)
            sources.setdefault(id(name.key.source), name.key.source)
    for text, name in names.items():
        meant = _meant_by(name, list(sources.values()))
        if meant is not None:
            data = {"value": text, "nearest": meant}
            yield Problem("name_like_another", data, name.key.position, name.path, "warning")


@dataclass(frozen=True, slots=True)
class _Name:
    """A key that no model knows, so that its author chose it, and the words that its own entry says of it."""

    path: Path
    key: Scalar
    beside: frozenset[str]


def _free_names(node: Node, own: frozenset[str], path: Path = ()) -> Iterator[_Name]:
    if isinstance(node, Mapping):
        for name, entry in node.entries.items():
            if name not in own and entry.key.style != "verbatim":
                said = " ".join([entry.key.position.text, *_titles(entry.value)])
                yield _Name(path, entry.key, frozenset(_WORD.findall(folded(said))))
            yield from _free_names(entry.value, own, (*path, name))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _free_names(item, own, (*path, str(index)))


def _titles(node: Node) -> Iterator[str]:
    """What an entry is called for people."""
    entries = node.entries if isinstance(node, Mapping) else {}
    for key in entries.keys() & {"label", "title"}:
        if isinstance(told := entries[key].value, Scalar):
            yield told.text


def _meant_by(name: _Name, sources: list[Source]) -> str | None:
    """What a name is one slip from, None when all of its words stand elsewhere or look like no other."""
    if "__" in name.key.text:
        return name.key.text.replace("__", "_")
    words = _WORD.findall(folded(name.key.text))
    alone = [word for word in words if len(word) >= _SHORTEST and _times(word, sources) == 1]
    for word in alone:
        meant = next(chain(_alike(word, sources, name.beside), _joined(word, sources)), None)
        if meant is not None:
            return meant
    return next(_moved(words, sources), None) if alone else None


def _times(word: str, sources: Iterable[Source]) -> int:
    return sum(source.words().get(word, 0) for source in sources)


def _alike(word: str, sources: Iterable[Source], beside: frozenset[str]) -> Iterator[str]:
    """The words of which this one may be a slip: written more than once, or beside the name itself."""
    for other in _meant(word):
        if other in beside or _times(other, sources) > 1:
            yield other
    yield from (other for other in beside if _is_less_one(word, other))
    if len(word) < _SHORTEST_LESS_ONE - 1:
        return
    for source in sources:
        for other in source.words():
            if _is_less_one(word, other) and other[0] == word[0] and _times(other, sources) > 1:
                yield other


def _joined(word: str, sources: Iterable[Source]) -> Iterator[str]:
    """Two words that stand side by side somewhere, when this one is both of them without what parts them."""
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        one, other = word[:at], word[at:]
        if any(source.words()[one] and source.words()[other] for source in sources):
            together = re.compile(rf"(?<![^\W\d_]){one}[_ ]{other}(?![^\W\d_])")
            if any(together.search(folded(source.text)) for source in sources):
                yield f"{one}_{other}"


def _moved(words: list[str], sources: Iterable[Source]) -> Iterator[str]:
    """Two neighbouring words of a name, when what parts them is one letter too early or too late."""
    for one, other in pairwise(words):
        for first, second in ((one[:-1], one[-1] + other), (one + other[0], other[1:])):
            known = min(len(first), len(second)) > 1 and _times(first, sources) and _times(second, sources)
            if known and 1 in (_times(one, sources), _times(other, sources)):
                yield f"{first}_{second}"


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
    if len(other) != len(word) + 1:
        return False
    at = next((index for index, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    return 0 < at < len(word) and word[at:] == other[at + 1 :]


@cache
def _own_keys(models: tuple[type[BaseModel], ...]) -> frozenset[str]:
    """Every key that some models know, wherever it stands."""
    found: set[str] = {"use", "form", "remove", "overridable", "content"}
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = list(models)
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
