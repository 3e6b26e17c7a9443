"""Columns by level, and what changes a frame between levels."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import narwhals as nw

from guichet.language.bulk.columns import Frame, Piece, Tables
from guichet.language.bulk.prepared import Prepared

Step = Callable[[Tables], Tables]
Reduce = Callable[[Tables], Frame]


class Levels:
    """Columns by level: each reads only what stands below it, so that no expression is ever repeated."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._names = count()
        self._columns: list[dict[str, nw.Expr]] = []
        self._prepared: list[Prepared] = []
        self._steps: list[list[Step]] = []
        self._reductions: list[list[tuple[tuple[str, ...], Reduce]]] = []

    def fresh(self) -> str:
        """A column name that nothing bears."""
        return f"{self._prefix}·{next(self._names)}"

    def hold(self, piece: Piece, *, always: bool = False) -> Piece:
        """A piece as a column of its own; what costs nothing to repeat stays as it is unless `always`."""
        if piece.simple and not always:
            return piece
        name = self.fresh()
        self._at(piece.level)
        self._columns[piece.level][name] = piece.expr
        return replace(piece, expr=nw.col(name), level=piece.level + 1, simple=True, constant=None)

    def column(self, piece: Piece) -> tuple[str, Piece]:
        """A piece as a column, with its name."""
        held = self.hold(piece, always=True)
        return next(reversed(self._columns[piece.level])), held

    def step(self, level: int, step: Step) -> int:
        """Adds what changes the frame once the columns below a level are there; gives the level of what it brings."""
        self._at(level)
        self._steps[level].append(step)
        return level + 1

    def join(self, level: int, keys: tuple[str, ...], reduce: Reduce) -> int:
        """Adds columns made of rows, joined by keys; all those of a level are made of the same frame."""
        self._at(level)
        self._reductions[level].append((keys, reduce))
        return level + 1

    @property
    def height(self) -> int:
        """The level at which everything written so far is there."""
        return len(self._columns)

    def _at(self, level: int) -> None:
        while len(self._columns) <= level:
            self._columns.append({})
            self._steps.append([])
            self._reductions.append([])

    def run(self, tables: Tables) -> Tables:
        """The frame with every column."""
        if len(self._prepared) != len(self._columns):
            self._prepared = [Prepared(columns) for columns in self._columns]
        for columns, steps, reductions in zip(self._prepared, self._steps, self._reductions, strict=True):
            reduced = [(keys, reduce(tables)) for keys, reduce in reductions]
            for step in steps:
                tables = step(tables)
            main = columns.add_to(tables.main)
            for keys, each in reduced:
                main = main.join(each, on=list(keys), how="left")
            tables = tables.with_main(main)
        return tables
