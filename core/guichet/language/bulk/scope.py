"""Where an expression stands: on dossiers, or on the repeated rows of dossiers."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import narwhals as nw

from guichet.language.bulk.columns import KEY, Piece
from guichet.language.bulk.engines import Engine
from guichet.language.bulk.levels import Levels
from guichet.language.tree import Node, Read


class Scope:
    """The columns an expression sees; an inner scope borrows from the one around it."""

    def __init__(
        self,
        engine: Engine,
        levels: Levels,
        keys: tuple[str, ...],
        numbering: Callable[[], int],
        *,
        verified: bool = False,
    ) -> None:
        self.engine = engine
        self.verified = verified
        self.levels = levels
        self.keys = keys
        self.outer: Scope | None = None
        self.inputs: dict[str, Piece] = {}
        self.definitions: dict[str, Piece] = {}
        self.lists: dict[str, Piece] = {}
        self.columns: dict[tuple[str, str], Piece] = {}
        self.cells: dict[tuple[str, str], Piece] = {}
        self.row_definitions: dict[str, Node] = {}
        self.needs: dict[str, None] = {}
        self.needed_level = 0
        self._numbering = numbering
        self._borrowed: dict[tuple[str, ...], Piece] = {}

    @classmethod
    def of_dossiers(cls, engine: Engine, *, verified: bool = False) -> Scope:
        """The outermost scope; `verified` holds forms over columns to their functions, on the first lines."""
        numbers = count()
        return cls(engine, Levels(), (KEY,), lambda: next(numbers), verified=verified)

    def inside(self) -> Scope:
        """A scope for rows of what this one stands on, with a key of its own."""
        number = self._numbering()
        keys = (*self.keys, f"{KEY}{number}")
        scope = Scope(self.engine, Levels(f"r{number}"), keys, self._numbering, verified=self.verified)
        scope.outer = self
        return scope

    def read(self, name: str, *, defined: bool) -> Piece:
        """An input or a definition."""
        if self.outer is None:
            return (self.definitions if defined else self.inputs)[name]
        return self._borrow(("read", name, str(defined)), lambda outer: outer.read(name, defined=defined))

    def listed(self, name: str) -> Piece:
        """Whether the key of the dossier is in a list."""
        if self.outer is None:
            return self.lists[name]
        return self._borrow(("list", name), lambda outer: outer.listed(name))

    def looked_up(self, name: str, column: str) -> Piece:
        """A column of the line found in a list."""
        if self.outer is None:
            return self.columns[name, column]
        return self._borrow(("list", name, column), lambda outer: outer.looked_up(name, column))

    def cell(self, variable: str, column: str) -> Piece:
        """A column of the row a quantifier looks at; the value itself at column ``""``."""
        found = self.cells.get((variable, column))
        if found is not None:
            return found
        return self._borrow(("cell", variable, column), lambda outer: outer.cell(variable, column))

    def rows_of(self, node: Node) -> str | None:
        """The field of rows that a node stands for, through definitions; None for anything else."""
        if self.outer is not None:
            return self.outer.rows_of(node)
        while isinstance(node, Read) and node.origin == "definition":
            node = self.row_definitions[node.name]
        return node.name if isinstance(node, Read) else None

    def borrow(self, name: str, piece: Piece) -> Piece:
        """A piece of the scope around, once, under a name of its own."""
        return self._borrow(("piece", name), lambda _: piece)

    def _borrow(self, key: tuple[str, ...], find: Callable[[Scope], Piece]) -> Piece:
        if key not in self._borrowed:
            assert self.outer is not None  # noqa: S101  the outermost scope holds everything itself
            found = find(self.outer)
            if found.constant is None:
                name, held = self.outer.levels.column(found)
                self.needs[name] = None
                self.needed_level = max(self.needed_level, held.level)
                found = replace(held, expr=nw.col(name), level=0)
            self._borrowed[key] = found
        return self._borrowed[key]
