"""Statements made once, run on SQLite straight by its driver: the library's own path costs several times the query.

On a server the library runs them as any other: there the road to it costs more than the path.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.sql.selectable import ReturnsRows

from guichet.storage.columns import CanonicalJson, Instant

__all__ = ["Prepared", "Ran"]

Processor = Callable[[Any], Any]


class Ran:
    """What a statement gave: the rows it found, or how many it changed."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def all(self) -> list[Any]:
        """Give every row, its columns by name and in order."""
        return self._rows

    def first(self) -> Any:
        """Give the first row, or None."""
        return self._rows[0] if self._rows else None

    def scalar(self) -> Any:
        """Give the first column of the first row, or None."""
        return self._rows[0][0] if self._rows else None


class Prepared:
    """A select, insert or update without list of values (`in`), compiled at its first use for each set of columns."""

    __slots__ = ("_ways", "statement")

    def __init__(self, statement: Executable) -> None:
        self.statement: Any = statement
        self._ways: dict[tuple[str, ...], _Way] = {}

    def run(self, connection: Connection, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None) -> Any:
        """Execute with the parameters of one row, or of several; gives what the library would, as far as `Ran` goes.

        Raises:
            StatementError: a value does not fit its column; DBAPIError: the database refuses. As the library does.
        """
        if connection.dialect.name != "sqlite":
            return connection.execute(self.statement, parameters)
        if isinstance(parameters, (list, tuple)):
            return self._way(connection, tuple(parameters[0])).run_each(connection, parameters)
        one = cast("Mapping[str, Any]", parameters or {})
        return self._way(connection, tuple(one)).run(connection, one)

    def _way(self, connection: Connection, named: tuple[str, ...]) -> _Way:
        way = self._ways.get(named)
        if way is None:
            way = self._ways[named] = _Way(self.statement, connection, named)
        return way


class _Way:
    """One statement for one set of columns: its text, how values go in, how rows come out."""

    def __init__(self, statement: Any, connection: Connection, named: tuple[str, ...]) -> None:
        dialect = connection.dialect
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(named))
        if compiled.post_compile_params or compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError(f"this statement cannot be prepared: {compiled}")
        self._text = str(compiled)
        self._errors: Any = dialect.loaded_dbapi.Error
        given = compiled.params
        names = list(compiled.positiontup or ())
        self._taken = _taking(names, named, given)
        into = [_processor(compiled.binds[name].type, dialect) for name in names]
        self._in = [(number, process) for number, process in enumerate(into) if process is not None]
        columns = list(statement.exported_columns) if isinstance(statement, ReturnsRows) else []
        self._row: Any = namedtuple("Row", [column.name for column in columns], rename=True)._make if columns else None  # noqa: PYI024  its columns are known at run time only
        out = [_reader(column.type, dialect) for column in columns]
        self._out = [(number, process) for number, process in enumerate(out) if process is not None]

    def run(self, connection: Connection, parameters: Mapping[str, Any]) -> Ran:
        values = self._values(parameters)
        try:
            cursor = _driver(connection).execute(self._text, values)
            if self._row is None:
                return Ran([], cursor.rowcount)
            return Ran([self._shaped(row) for row in cursor.fetchall()], 0)
        except self._errors as error:
            raise self._refused(connection, error) from error

    def run_each(self, connection: Connection, every: Sequence[Mapping[str, Any]]) -> Ran:
        if self._row is not None:
            return Ran([row for parameters in every for row in self.run(connection, parameters).all()], 0)
        values = [self._values(parameters) for parameters in every]
        try:
            return Ran([], _driver(connection).executemany(self._text, values).rowcount)
        except self._errors as error:
            raise self._refused(connection, error) from error

    def _refused(self, connection: Connection, error: Any) -> DBAPIError:
        dialect = connection.dialect
        return cast(
            "DBAPIError",
            DBAPIError.instance(self._text, None, error, self._errors, hide_parameters=True, dialect=dialect),
        )

    def _values(self, parameters: Mapping[str, Any]) -> list[Any]:
        values = self._taken(parameters)
        try:
            for number, process in self._in:
                values[number] = process(values[number])
        except (TypeError, ValueError) as error:
            raise StatementError(str(error), self._text, None, error, hide_parameters=True) from error
        return values

    def _shaped(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for number, process in self._out:
            values[number] = process(values[number])
        return self._row(values)


def _processor(kind: Any, dialect: Any) -> Processor | None:
    """What makes a value one of the driver's; straight to it where the library's way there calls twice on the road."""
    if isinstance(kind, Instant | CanonicalJson):
        return kind.stored
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: Any, dialect: Any) -> Processor | None:
    """What makes a value of what the driver gives; as straight."""
    if isinstance(kind, Instant | CanonicalJson):
        return kind.found
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _taking(
    names: Sequence[str], named: Sequence[str], given: Mapping[str, Any]
) -> Callable[[Mapping[str, Any]], list[Any]]:
    """What takes the values of a statement out of its parameters, in its order; the rest it holds itself."""
    if len(names) > 1 and set(names) <= set(named):
        take = itemgetter(*names)
        return lambda parameters: list(take(parameters))
    binds = [(name, given[name]) for name in names]
    return lambda parameters: [parameters.get(name, default) for name, default in binds]


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection  # the driver's own, on SQLite
