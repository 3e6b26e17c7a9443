"""What an act or a read holds: a connection inside a transaction, the two clocks, the ids, and the buffered journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.exc import IntegrityError

from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.storage.errors import ConstraintError
from guichet.storage.prepared import Prepared

__all__ = ["PendingEvent", "Statement", "Tx"]

Statement: TypeAlias = Executable | Prepared


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """A journal line of this act, written just before the commit."""

    territory: str
    kind: str
    subject: str | None
    actor: str | None
    data: Mapping[str, object]


class Tx:
    """One transaction, passed to the query functions of this package; it ends with the function it was given to."""

    def __init__(self, connection: Connection, *, clock: Clock, ids: Ids, mode: str, writes: bool) -> None:
        self.connection = connection
        self.now: datetime = clock.business()
        self.real_now: datetime = clock.now()
        self.ids = ids
        self.mode = mode
        self.writes = writes
        self.pending: list[PendingEvent] = []

    @property
    def on_postgres(self) -> bool:
        """Say whether row locks mean anything here (SQLite has one writer)."""
        return self.connection.dialect.name == "postgresql"

    def journal(
        self,
        territory: str,
        kind: str,
        subject: str | None = None,
        actor: str | None = None,
        data: Mapping[str, object] | None = None,
    ) -> None:
        """Add a line to a territory's journal; chain heads are locked last, so lines wait for the end of the act."""
        if not self.writes:
            raise RuntimeError("a read writes no journal line")
        self.pending.append(PendingEvent(territory, kind, subject, actor, data or {}))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what is done inside, journal lines included, when it raises; the error goes on."""
        mark = len(self.pending)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self.pending[mark:]
            raise

    def run(self, statement: Statement, parameters: Any = None) -> Any:
        """Execute a statement and give its result; raises ConstraintError when the database refuses the change."""
        try:
            if isinstance(statement, Prepared):
                return statement.run(self.connection, parameters)
            return self.connection.execute(statement, parameters)
        except IntegrityError as error:
            # Not "from error": PostgreSQL quotes the whole row in its detail, and a traceback ends in a log.
            raise ConstraintError(reason=_reason(error)) from None

    def insert(self, table: Table, made: Any) -> None:
        """Insert a record whose fields are columns of the table."""
        self.run(table.insert(), {field.name: getattr(made, field.name) for field in fields(made)})

    def first(self, statement: Statement, parameters: Any = None) -> Any:
        """Give the first row, or None."""
        return self.run(statement, parameters).first()

    def all(self, statement: Statement, parameters: Any = None) -> Sequence[Any]:
        """Give every row."""
        return self.run(statement, parameters).all()

    def value(self, statement: Statement, parameters: Any = None) -> Any:
        """Give the first column of the first row, or None."""
        return self.run(statement, parameters).scalar()


def _reason(error: IntegrityError) -> str:
    """What the database refuses, without the row that it quotes."""
    told = getattr(error.orig, "diag", None)
    return str(told.message_primary if told is not None else error.orig)
