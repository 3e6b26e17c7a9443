"""Repeated rows and lists of values: a second frame, reduced to one line a dossier and joined."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

import narwhals as nw

from guichet.language import tree
from guichet.language.bounds import MOST_ROWS
from guichet.language.bulk.columns import KEY, Frame, Piece, Tables, column_of, is_wide
from guichet.language.bulk.numbers import joined, made
from guichet.language.bulk.ranges import range_of
from guichet.language.bulk.refusals import NotInBulk
from guichet.language.bulk.scope import Scope
from guichet.language.tree import Node
from guichet.language.types import Type

Write = Callable[[Node], Piece]
_ONE = nw.lit(1, nw.Int64())
PLACE = "place"
"""The column that numbers the rows of a dossier."""


@dataclass(frozen=True, slots=True)
class _Inside:
    """The rows of something, ready to be reduced."""

    scope: Scope
    held: Piece
    source: Callable[[Tables], Frame]


class Reductions:
    """Turns quantifiers and aggregates of one scope into columns of it."""

    def __init__(self, scope: Scope, write: Write, within: Callable[[Scope], Write]) -> None:
        self._scope = scope
        self._write = write
        self._within = within

    def quantified(self, node: tree.Quantified) -> Piece:
        """`some … in … satisfies …`, `every … in … satisfies …`."""
        inside = self._enter(node.rows, node.variable, once=True)
        name, _ = inside.scope.levels.column(self._within(inside.scope)(node.condition))
        deciding = node.quantifier == "some"
        decided = nw.col(name) if deciding else ~nw.col(name)
        found, unknown = self._sums(inside, [decided, nw.col(name).is_null()])
        undecided = nw.when(unknown.expr == 0).then(nw.lit(value=not deciding))
        expr = nw.when(found.expr > 0).then(nw.lit(value=deciding)).otherwise(undecided)
        return self._while_known(inside, expr, found)

    def contains(self, node: tree.Contains) -> Piece:
        """A value among those a field, or a column of rows, holds."""
        operand = self._scope.levels.hold(self._write(node.operand))
        if not isinstance(node.held, tree.Column) and isinstance(operand.constant, str):
            held = self._scope.levels.hold(self._write(node.held))
            expr = nw.when(~held.expr.is_null()).then(held.expr.list.contains(operand.constant))
            return made(expr, held)
        rows, column = _column(node.held)
        inside = self._enter(rows, "·", once=True)
        cell, wanted = inside.scope.cell("·", column), inside.scope.borrow("wanted", operand)
        name, _ = inside.scope.levels.column(joined(cell.expr == wanted.operand, cell, wanted))
        gone, _ = inside.scope.levels.column(made(cell.expr.is_null(), cell))
        found, unknown = self._sums(inside, [nw.col(name), nw.col(gone)])
        sure = ~operand.expr.is_null() & (unknown.expr == 0)
        return self._while_known(inside, nw.when(sure).then(found.expr > 0), joined(sure, found, operand))

    def aggregated(self, node: tree.Apply) -> Piece:
        """`count`, and `sum`, `min`, `max` of a column of rows or of the values of a field."""
        if isinstance(node.arguments[0], tree.Gathered):
            return self._of_gathered(node.function, node.arguments[0])
        rows, column = _column(node.arguments[0])
        if node.function == "count" and rows is node.arguments[0]:
            return self._size(rows)
        inside = self._enter(rows, "·")
        name, cell = inside.scope.levels.column(inside.scope.cell("·", column))
        brought = _ONE if node.function == "count" else nw.col(name)
        return self._total(node.function, inside, cell, brought, nw.col(name).is_null())

    def _of_gathered(self, function: str, node: tree.Gathered) -> Piece:
        """The same of a value of each row that satisfies a condition; of the rows themselves without a value."""
        inside = self._enter(node.rows, node.variable)
        write, levels = self._within(inside.scope), inside.scope.levels
        left = nw.lit(value=True) if node.condition is None else nw.col(levels.column(write(node.condition))[0])
        unsure = nw.lit(value=False) if node.condition is None else left.is_null()
        if node.value is None:
            return self._total(function, inside, None, nw.when(left).then(_ONE), unsure)
        piece = write(node.value)
        if function == "sum" and not piece.wide and is_wide(*_repeated(piece)):
            piece = replace(piece, expr=piece.expr.cast(self._scope.engine.wide), wide=True)
        name, piece = levels.column(piece)
        brought, gone = _ONE if function == "count" else nw.col(name), nw.col(name).is_null()
        return self._total(function, inside, piece, nw.when(left).then(brought), unsure | (left & gone))

    def _total(self, function: str, inside: _Inside, cell: Piece | None, brought: nw.Expr, gone: nw.Expr) -> Piece:
        """What the rows give together, unknown where one of them is `gone`."""
        how = "sum" if function == "count" else function
        value, unknown = self._reduced(inside, [(brought, how), (gone.cast(nw.Int64()), "sum")])
        expr = value.expr.fill_null(0) if how == "sum" else value.expr
        known = self._while_known(inside, nw.when(unknown.expr.fill_null(0) == 0).then(expr), value)
        if cell is None or function == "count":
            return Piece(expr=known.expr, level=known.level, low=0, high=MOST_ROWS)
        low, high = _repeated(cell) if function == "sum" else cell.range
        return Piece(expr=known.expr, level=known.level, low=low, high=high, wide=cell.wide)

    def incomplete(self, rows: Node, columns: Sequence[str]) -> Piece:
        """Whether some row lacks one of these columns: false over nothing, and while the rows are not known."""
        inside = self._enter(rows, "·")
        cells = [inside.scope.cell("·", column) for column in columns]
        test = reduce(or_, [cell.expr.is_null() for cell in cells])
        level = max(cell.level for cell in cells)
        name, _ = inside.scope.levels.column(Piece(expr=test, level=level, nullable=False))
        (found,) = self._sums(inside, [nw.col(name)])
        return Piece(expr=found.expr > 0, level=found.level, nullable=False)

    def _size(self, node: Node) -> Piece:
        held = self._scope.levels.hold(self._write(node))
        if node.type.kind == "rows":
            return Piece(expr=held.expr, level=held.level, low=0, high=MOST_ROWS, simple=True)
        expr = nw.when(~held.expr.is_null()).then(held.expr.list.len().cast(nw.Int64()))
        return Piece(expr=expr, level=held.level, low=0, high=MOST_ROWS)

    def _enter(self, rows: Node, variable: str, *, once: bool = False) -> _Inside:
        """The rows of a node as a scope; `once` drops repeated values, which decide nothing."""
        inner = self._scope.inside()
        key = inner.keys[-1]
        name, held = self._scope.levels.column(self._write(rows))
        inner.needed_level = held.level
        if rows.type.kind == "rows":
            for column, type_ in rows.type.columns:
                inner.cells[variable, column] = _cell(f"{key}/{column}", type_)
            return _Inside(inner, held, self._rows_source(inner, rows, name))
        assert rows.type.item is not None  # noqa: S101  the checker lets rows and lists be looked into only
        inner.cells[variable, ""] = _cell(f"{key}/", rows.type.item)
        return _Inside(inner, held, self._values_source(inner, name, once=once))

    def _rows_source(self, inner: Scope, rows: Node, held: str) -> Callable[[Tables], Frame]:
        key, keys = inner.keys[-1], self._scope.keys
        field = self._scope.rows_of(rows)
        if field is None:
            raise NotInBulk("bulk.rows_expression", value=rows.text)
        columns = {
            f"{key}/{name}": nw.col(column_of(name, is_date=type_.kind == "date")) for name, type_ in rows.type.columns
        }

        def source(tables: Tables) -> Frame:
            lines = tables.rows[field].select(KEY, **{key: nw.col(PLACE)}, **columns)
            if keys == (KEY,) and not inner.needs:  # rows that stand alone: nothing to look up around them
                return lines
            around = tables.main.filter(~nw.col(held).is_null()).select(*keys, *inner.needs)
            return self._scope.engine.settled(lines.join(around, on=KEY, how="inner"))

        return source

    def _values_source(self, inner: Scope, held: str, *, once: bool) -> Callable[[Tables], Frame]:
        key, keys = inner.keys[-1], self._scope.keys

        def source(tables: Tables) -> Frame:
            some = tables.main.filter(nw.col(held).list.len() > 0)
            lines = some.select(*keys, *inner.needs, **{f"{key}/": nw.col(held)}).explode(f"{key}/")
            lines = lines.with_columns(**{key: nw.col(f"{key}/")})
            return lines.unique() if once else lines

        return source

    def _sums(self, inside: _Inside, tests: list[nw.Expr]) -> list[Piece]:
        """How many rows satisfy each test, 0 where there is none."""
        found = self._reduced(inside, [(test.cast(nw.Int64()), "sum") for test in tests])
        return [Piece(expr=each.expr.fill_null(0), level=each.level, nullable=False) for each in found]

    def _reduced(self, inside: _Inside, values: list[tuple[nw.Expr, str]]) -> list[Piece]:
        """Columns of the outer frame made of the rows; null where there is none."""
        scope, inner = self._scope, inside.scope
        names = [scope.levels.fresh() for _ in values]
        columns = {name: expr for name, (expr, _) in zip(names, values, strict=True)}
        totals: list[nw.Expr] = [getattr(nw.col(name), how)() for name, (_, how) in zip(names, values, strict=True)]

        def reduce_rows(tables: Tables) -> Frame:
            lines = inner.levels.run(Tables(inside.source(tables), tables.rows)).main
            return lines.select(*scope.keys, **columns).group_by(*scope.keys).agg(*totals)

        level = scope.levels.join(inner.needed_level, scope.keys, reduce_rows)
        return [Piece(expr=nw.col(name), level=level) for name in names]

    def _while_known(self, inside: _Inside, expr: nw.Expr, found: Piece) -> Piece:
        level = max(found.level, inside.held.level)
        return Piece(expr=nw.when(~inside.held.expr.is_null()).then(expr), level=level)


def _repeated(piece: Piece) -> tuple[int, int]:
    """The integers that the sum of as many such values as there may be rows can give."""
    low, high = piece.range
    return min(0, low * MOST_ROWS), max(0, high * MOST_ROWS)


def _column(node: Node) -> tuple[Node, str]:
    """The rows and the column of a node; values that a field holds have no column."""
    return (node.rows, node.column) if isinstance(node, tree.Column) else (node, "")


def _cell(name: str, type_: Type) -> Piece:
    low, high = range_of(type_, *type_.declared)
    return Piece(expr=nw.col(name), low=low, high=high, simple=True)
