"""What one explanation holds while it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from guichet.language.trace import Bound, Comparison
from guichet.language.tree import Node

Evaluate = Callable[["Run"], Any]  # what comes out has the type the checker found


class Run:
    """The values of one dossier, those of its definitions, and what has been met so far."""

    __slots__ = ("asked", "bounds", "comparisons", "definitions", "lists", "met", "met_bounds", "rows", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.asked: dict[str, bool | None] = {}
        self.lists: dict[str, Any] = {}
        self.definitions: dict[str, Any] = {}
        self.rows: dict[str, Any] = {}
        self.comparisons: list[Comparison] = []
        self.bounds: list[Bound] = []
        self.met: dict[str, list[Comparison]] = {}
        self.met_bounds: dict[str, list[Bound]] = {}


class Evaluates(Protocol):
    """What turns the parts of an expression into functions of a run."""

    constants: frozenset[str]

    def value(self, node: Node) -> Evaluate:
        """What evaluates a part that is not in the place of a condition."""
        ...

    def state(self, node: Node) -> Evaluate:
        """What evaluates a condition and notes the comparisons met."""
        ...
