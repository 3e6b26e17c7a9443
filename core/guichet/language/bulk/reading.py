"""What the frame of the dossiers gives: fields and facts by name, lists as `@list`, answers as `@criterion`."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from guichet.language.bulk.columns import Piece, column_of
from guichet.language.bulk.engines import Engine
from guichet.language.bulk.expressions import Expressions
from guichet.language.bulk.ranges import range_of
from guichet.language.declarations import Input
from guichet.language.plan import Plan, Uses
from guichet.language.types import BOOLEAN, Type
from guichet.language.values import UNAVAILABLE

SILENT = "?"
"""`?name`: whether the source of a field, or of a list as `?@list`, was asked and does not answer."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column the frame may hold: its type, and between which whole numbers it stays."""

    name: str
    type: Type
    low: int | None = None
    high: int | None = None


class Given:
    """The inputs of one set of rules as columns, asked or not; parameters of the day as constants."""

    def __init__(
        self,
        plan: Plan,
        expressions: Expressions,
        constants: Mapping[str, object],
        there: frozenset[str] | None = None,
        uses: Uses | None = None,
    ) -> None:
        """Reads the inputs; `there` names the columns of the frame, when it is known; `uses` what is read, else all."""
        self._plan = plan
        self._there = there
        self._expressions = expressions
        self._constants = constants
        self.uses = uses or plan.uses(*plan.condition_nodes(), *plan.amount_nodes())
        self.columns_read: dict[str, Column] = {}
        self.inputs: dict[str, Piece] = {}
        self.asked: dict[str, Piece] = {}
        self.lists: dict[str, Piece] = {}
        self.columns: dict[tuple[str, str], Piece] = {}
        scope = expressions.scope
        scope.inputs, scope.lists, scope.columns = self.inputs, self.lists, self.columns
        self._read()
        self._define()

    def answer(self, criterion: str) -> Piece:
        """What a person answered about a criterion."""
        return self._column(Column(f"@{criterion}", BOOLEAN))

    def unavailable(self, name: str) -> nw.Expr | None:
        """Whether the source of a field is silent, never null; None when none can be."""
        if name in self._constants:
            return nw.lit(value=True) if self._constants[name] is UNAVAILABLE else None
        return self._silent(name)

    def consulted(self, name: str) -> nw.Expr:
        """Whether a list was asked, whatever it answered; never null."""
        known, asked = ~nw.col(f"@{name}").is_null(), self._silent(f"@{name}")
        return known if asked is None else asked | known

    def _silent(self, name: str) -> nw.Expr | None:
        column = Column(SILENT + name, BOOLEAN)
        piece = self._column(column)
        gone = self._there is not None and column.name not in self._there
        return None if gone else piece.expr.fill_null(value=False)

    def _read(self) -> None:
        for name in self._plan.environment.lists:
            if name in self.uses.lists:
                self.lists[name] = self._column(Column(f"@{name}", BOOLEAN))
                for column, type_ in self._plan.environment.lists[name].columns.items():
                    low, high = range_of(type_)
                    self.columns[name, column] = self._column(Column(f"@{name}/{column}", type_, low, high))
        levels = self._expressions.scope.levels
        order = self._plan.asking_order(self.uses.inputs)
        for name in order:
            raw = self._input(name, self._plan.environment.inputs[name])
            if name in self._plan.asked:
                asked = self.asked[name] = levels.hold(self._expressions.write(self._plan.asked[name]))
                expr = nw.when(asked.expr).then(raw.expr)
                level = max(asked.level, raw.level)
                raw = levels.hold(Piece(expr=expr, level=level, low=raw.low, high=raw.high))
            self.inputs[name] = raw
        for name in self._plan.ordered_inputs(self.uses.inputs):
            self.inputs[name] = self.inputs.pop(name)

    def _define(self) -> None:
        scope, levels = self._expressions.scope, self._expressions.scope.levels
        scope.row_definitions.update(self._plan.definitions)
        for name, node in self._plan.definitions.items():
            if name in self.uses.definitions:
                scope.definitions[name] = levels.hold(self._expressions.write(node))

    def _input(self, name: str, entry: Input) -> Piece:
        if name in self._constants:
            return self._constant(self._constants[name], entry.type)
        if entry.type.kind == "rows":
            return self._column(Column(name, entry.type, 0, 1000))
        return self._column(Column(name, entry.type, *range_of(entry.type, entry.minimum, entry.maximum)))

    def _constant(self, value: object, type_: Type) -> Piece:
        match value:
            case bool() | str():
                return Piece(expr=nw.lit(value), nullable=False, simple=True, constant=value)
            case int():
                return self._expressions.numbers.constant(value)
            case date():
                return self._expressions.calendar.constant(value)
            case _:
                low, high = range_of(type_)
                return Piece(expr=nw.lit(None, dtype_of(type_)), low=low, high=high, simple=True)

    def _column(self, column: Column) -> Piece:
        self.columns_read[column.name] = column
        name = column_of(column.name, is_date=column.type.kind == "date")
        return Piece(expr=nw.col(name), low=column.low, high=column.high, simple=True)


def dtype_of(type_: Type) -> nw.dtypes.DType:
    """The type a column is held in; repeated rows as how many there are, dates as days since 1970."""
    match type_.kind:
        case "boolean":
            return nw.Boolean()
        case "text" | "choice":
            return nw.String()
        case "list" if type_.item is not None:
            return nw.List(dtype_of(type_.item))
        case _:
            return nw.Int64()


def first_columns(engine: Engine, columns: Mapping[str, Column], there: Mapping[str, bool]) -> dict[str, nw.Expr]:
    """What is added to a frame before anything: columns it lacks as nulls, dates as days since 1970.

    Args:
        there: The columns the frame has, and whether each holds dates.
    """
    made: dict[str, nw.Expr] = {}
    for name, column in columns.items():
        if column.type.kind == "date":
            day = engine.day_number(nw.col(name)) if there.get(name) else nw.col(name)
            made[column_of(name, is_date=True)] = day if name in there else nw.lit(None, nw.Int64())
        if name not in there:
            made[name] = nw.lit(None, stored_as(column.type))
    return made


def stored_as(type_: Type) -> nw.dtypes.DType:
    """The type a column of the frame has: as `dtype_of`, with dates as dates."""
    return nw.Date() if type_.kind == "date" else dtype_of(type_)
