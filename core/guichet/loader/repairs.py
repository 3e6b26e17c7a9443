"""Guessing on past a mistake: a tree as its author meant it, so that the next mistakes show at the same time.

What is guessed is never used for anything but finding further problems, and none that only the guess brings is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from guichet.errors import Position, Problem, ProblemsFound
from guichet.errors.spelling import is_close
from guichet.errors.vocabulary import english_of
from guichet.loader.reader import Entry, Mapping, Node, Scalar, Sequence, named

__all__ = ["Guess", "guess_past"]

T = TypeVar("T")
Path = tuple[str, ...]
Spot = tuple[str, int, int]
"""File, line and column."""

_ROUNDS = 8
"""What is left out may be missed by what holds it, which is then left out in its turn: as many steps as a path has."""

_WORDS = frozenset({"label", "title", "otherwise", "text", "legal", "what", "who", "amount", "basis", "name"})
"""Keys that hold what people read: any words stand in for those that are missing."""

_STAND_INS = {
    "scalar.day": "2020-01-01", "scalar.no_such_day": "2020-01-01", "scalar.far_day": "2020-01-01",
    "scalar.instant": "2020-01-01T00:00",
    "scalar.money": "1 €", "scalar.whole": "1", "scalar.decimal": "1", "scalar.rate": "1 %", "scalar.period": "1 month",
}  # fmt: skip
"""What stands in for a text that cannot be read: left out, it would take what cannot do without it along."""

_OF_THE_WHOLE = frozenset(
    f"rule.{name}"
    for name in (
        "always_false", "always_true", "constant_condition", "contradiction", "division_maybe_zero", "may_overflow",
        "maybe_negative", "never_false", "never_true", "stuck_amount", "stuck_condition", "unreachable_branch",
    )
)  # fmt: skip
"""Refusals that a bound or a branch left out may bring."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A tree as it was perhaps meant: what was left out of it, and the places where something stands in."""

    tree: Node
    left_out: frozenset[str] = frozenset()
    """The names that are no longer declared."""
    places: tuple[Path, ...] = ()
    """The paths at which it says less, or something else, than its author did."""
    spots: frozenset[Spot] = frozenset()
    """Where something was complained of already."""

    def told(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems that are its author's: none of what was guessed."""
        for problem in problems:
            again = not self.spots.isdisjoint(_spots(problem))
            if again or any(_is_within(_whole_path(problem), place) for place in self.places):
                continue
            if not self.left_out or self._stands_alone(problem):
                yield problem

    def _stands_alone(self, problem: Problem) -> bool:
        quoted = {value for value in problem.data.values() if isinstance(value, str)}
        if quoted & self.left_out or problem.code in _OF_THE_WHOLE:
            return False
        return problem.code.startswith(("rule.", "unknown_"))

    def past(self, problems: Iterable[Problem]) -> Guess:
        """The guess that goes past these problems too; the same one when nothing can be guessed."""
        guess = self
        for problem in problems:
            past = guess._past(problem)
            guess = guess if past is guess else replace(past, spots=past.spots | set(_spots(problem)))
        return guess

    def _past(self, problem: Problem) -> Guess:
        near = str(problem.data.get("nearest") or "")
        guessed = near or str(problem.data.get("meant") or "")
        if problem.code == "unknown_key":
            return self._with_key_put_right(problem.path, str(problem.data["value"]), near)
        if problem.code == "missing_key":
            return self._completed(problem.path, str(problem.data["key"]))
        if problem.path and not guessed and problem.code in _STAND_INS:
            return self._standing_in(problem.path, _STAND_INS[problem.code])
        if not guessed or not problem.path:
            return self._without(problem.path)
        path, key = problem.path[:-1], problem.path[-1]
        if str(problem.data.get("value")) == key:
            names = self.left_out | {key, guessed}  # nobody knows by which name the rest calls it
            return replace(self, tree=_at(self.tree, path, _renamed(key, guessed)), left_out=names)
        return replace(self, tree=_at(self.tree, path, _said(key, guessed)), places=(*self.places, problem.path))

    def _with_key_put_right(self, path: Path, key: str, near: str) -> Guess:
        """With the name a key most likely has; without the key, and the names below it, when none is sure."""
        if not (is_close(key, near) or english_of(key, [near])):
            near = ""
        tree = _at(self.tree, path, _renamed(key, near))
        lost = frozenset(_names(_child_at(self.tree, (*path, key)))) if not near else frozenset[str]()
        return replace(self, tree=tree, left_out=self.left_out | lost)

    def _completed(self, path: Path, key: str) -> Guess:
        """With words where words are missing; otherwise without what lacks something."""
        if key not in _WORDS:
            return self._without(path)
        tree = _at(self.tree, path, _with_words(key))
        return replace(self, tree=tree, places=(*self.places, (*path, key)))

    def _standing_in(self, path: Path, text: str) -> Guess:
        """With another text at a path; without what stands there when it is no text."""
        tree = _at(self.tree, path[:-1], _said(path[-1], text))
        if tree is self.tree:
            return self._without(path)
        return replace(self, tree=tree, left_out=self.left_out | {path[-1]}, places=(*self.places, path))

    def _without(self, path: Path) -> Guess:
        """Without what stands at a path, unless it is a whole part of the scheme: too much would be missed."""
        if len(path) < (3 if path[:1] in (("rules",), ("forms",)) else 1) or not _holds(_child_at(self.tree, path)):
            return self
        tree = _at(self.tree, path[:-1], _left_out(path[-1]))
        if tree is self.tree:
            return self
        held = _child_at(self.tree, path[:-1])
        place = path[:-1] if isinstance(held, Sequence) else path
        names = frozenset(_names(_child_at(self.tree, path))) | {path[-1]}
        return replace(self, tree=tree, left_out=self.left_out | names, places=(*self.places, place))


def guess_past(declare: Callable[[Node], T], tree: Node, problems: list[Problem]) -> tuple[T, Guess] | None:
    """What a tree declares, as it stands or as it was perhaps meant, with the guess; None when there is none.

    Args:
        declare: Reads a tree; raises ProblemsFound.
        problems: Where the mistakes met on the way are added.
    """
    guess = Guess(tree)
    for _ in range(_ROUNDS):
        try:
            return declare(guess.tree), guess
        except ProblemsFound as error:
            problems += guess.told(error.problems)
            further = guess.past(error.problems)
            if further is guess:
                break
            guess = further
    return None


def _spots(problem: Problem) -> Iterator[Spot]:
    where = problem.position
    if where is not None:
        yield where.file, where.line, where.column


def _holds(tree: Node | None) -> bool:
    """Whether something stands there: what is empty leaves names out that nobody knows."""
    return tree is not None and not (isinstance(tree, Mapping) and not tree.entries)


def _whole_path(problem: Problem) -> Path:
    """The path a problem speaks of, the key that is missing included."""
    return (*problem.path, str(problem.data["key"])) if problem.code == "missing_key" else problem.path


def _is_within(path: Path, place: Path) -> bool:
    """Whether a path lies at a place, below it or above it."""
    shared = min(len(path), len(place))
    return bool(path) and path[:shared] == place[:shared]


Change = Callable[[Node], Node]


def _at(tree: Node, path: Path, change: Change) -> Node:
    """The tree changed at a path; the very same one where the path leads nowhere."""
    if not path:
        return change(tree)
    below = _child(tree, path[0])
    if below is None:
        return tree
    changed = _at(below, path[1:], change)
    return tree if changed is below else _with(tree, path[0], changed)


def _renamed(key: str, near: str) -> Change:
    """A misspelt key put right; left out where it has no near name, or where that name stands already."""

    def change(tree: Node) -> Node:
        if not isinstance(tree, Mapping) or key not in tree.entries:
            return tree
        if not near or near in tree.entries:
            return _left_out(key)(tree)
        return Mapping({near if name == key else name: item for name, item in tree.entries.items()}, tree.position)

    return change


def _said(key: str, text: str) -> Change:
    """Another text under a key."""

    def change(tree: Node) -> Node:
        said = _child(tree, key)
        return _with(tree, key, replace(said, text=text)) if isinstance(said, Scalar) else tree

    return change


def _with_words(key: str) -> Change:
    """Words under a key that is not there."""

    def change(tree: Node) -> Node:
        if not isinstance(tree, Mapping) or key in tree.entries:
            return tree
        where: Position = tree.position
        return tree.with_entries({key: Entry(named(key, where), named("…", where))})

    return change


def _left_out(step: str) -> Change:
    """Without what a step leads to."""

    def change(tree: Node) -> Node:
        if isinstance(tree, Mapping) and step in tree.entries:
            return tree.without(step)
        if isinstance(tree, Sequence) and _child(tree, step) is not None:
            return Sequence(tuple(item for index, item in enumerate(tree.items) if index != int(step)), tree.position)
        return tree

    return change


def _names(tree: Node | None) -> Iterator[str]:
    """Every key of a tree: what may no longer be declared without it."""
    if isinstance(tree, Mapping):
        for name, entry in tree.entries.items():
            yield name
            yield from _names(entry.value)


def _child_at(tree: Node, path: Path) -> Node | None:
    found: Node | None = tree
    for step in path:
        found = _child(found, step) if found is not None else None
    return found


def _child(tree: Node, step: str) -> Node | None:
    if isinstance(tree, Mapping):
        return tree.entries[step].value if step in tree.entries else None
    if isinstance(tree, Sequence) and step.isdigit() and int(step) < len(tree.items):
        return tree.items[int(step)]
    return None


def _with(tree: Node, step: str, child: Node) -> Node:
    if isinstance(tree, Mapping):
        return tree.with_value(step, child)
    if isinstance(tree, Sequence):
        items = tuple(child if index == int(step) else item for index, item in enumerate(tree.items))
        return Sequence(items, tree.position)
    return tree
