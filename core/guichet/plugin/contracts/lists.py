"""List sources: where the rows of a reference list come from."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, TypeAlias
from wsgiref.types import WSGIApplication

from guichet.plugin.contracts.base import Context, Contract, OptionsT, Reason, Refused

ListColumns: TypeAlias = Mapping[str, str]
"""Column → its type: text, integer, money, date, month, boolean. The key is one of them, as text."""

ListValue: TypeAlias = str | int | bool | date | None
"""money as cents, month as `2020-03`; None for an empty cell."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row, its values by column.

    Args:
        line: The line it starts on, or its number at the service.
        identity: What tells this row apart for good at the service (the number of a dossier): fetched again, it takes
            the place of what it was. Empty in a file, where the key and the order tell rows apart.
    """

    line: int
    values: Mapping[str, ListValue]
    identity: str = ""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row set aside, with the column that is wrong and what to do; the others go on."""

    line: int
    column: str
    reason: Reason
    identity: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows of a list that a service keeps.

    Args:
        cursor: Where the next page begins, as the source writes it; after the last page, from where changes will be
            fetched (empty when the service cannot tell what changed: the whole list is then fetched each time).
        last: Whether the list ends here.
        gone: The identities that are no longer in the list, as the service tells them.
    """

    rows: tuple[ListRow | RejectedRow, ...]
    cursor: str
    last: bool
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that a service holds beside a row of a list.

    Args:
        identity: What tells its content apart for good at the service; a file of the same identity is brought once.
        size: Its length in bytes, as the service tells it.
        address: Where it is to be had now, which may not last.
        refused: Why the service itself says not to take it; None when it may be taken.
    """

    identity: str
    name: str
    size: int
    address: str
    refused: Reason | None = None


class ListSource(Contract[OptionsT]):
    """Reads rows in bounded memory: it yields them and keeps none."""

    @abstractmethod
    def rows(
        self, content: BinaryIO, key: str, columns: ListColumns, options: OptionsT, context: Context
    ) -> Iterator[ListRow | RejectedRow]:
        """Yield each row in order, read or rejected; read + rejected is the number of rows of the source.

        Raises:
            Refused: The whole source cannot be read: a column is missing, the encoding is another.
        """


class FetchedList(ListSource[OptionsT]):
    """A list that a service keeps: fetched page by page, then only what changed. It reads no file."""

    @abstractmethod
    def fetch(self, cursor: str, key: str, columns: ListColumns, options: OptionsT, context: Context) -> ListPage:
        """Give one page through `context.outside`: the first for an empty cursor, else the one the cursor leads to.

        The same cursor gives the same page again, but for what changed at the service. A cursor that ended a list
        gives the changes since: rows as they are now, and what is gone.

        Raises:
            Refused: The service does not know the list, or not this token.
            Unavailable: The service is silent for now; the cursor stays good.
        """

    def file_places(self, options: OptionsT) -> tuple[str, ...]:
        """Give the names of the places where a row brings files; none for a list whose rows bring none."""
        return ()

    def files(self, identity: str, options: OptionsT, context: Context) -> Mapping[str, tuple[OfferedFile, ...]]:
        """Give the files that the row of an identity brings, by place, as they may be had now.

        Raises:
            Refused: The service does not know the row, or not this token.
            Unavailable: The service is silent, or has not looked at the files yet.
        """
        return {}

    def file_content(self, file: OfferedFile, options: OptionsT, context: Context) -> bytes:
        """Give the bytes of a file just offered, whole and as the service says they are.

        Raises:
            Refused: The operator does not allow the address it lies at.
            Unavailable: It cannot be had whole for now; it will be offered again.
        """
        raise Refused(fr="Cette liste n'apporte pas de fichiers.", en="This list brings no files.")

    def rows(
        self, content: BinaryIO, key: str, columns: ListColumns, options: OptionsT, context: Context
    ) -> Iterator[ListRow | RejectedRow]:
        """Refuse a file."""
        raise Refused(
            fr="Cette liste se prend auprès d'un service, pas dans un fichier : relancez sans nommer de fichier.",
            en="This list comes from a service and not from a file: run again without naming one.",
        )

    def stand_in(
        self, rows: Sequence[Mapping[str, ListValue]], key: str, columns: ListColumns, options: OptionsT
    ) -> WSGIApplication | None:
        """Give a stand-in of the service that holds these rows, for demonstrations; None when there is none."""
        return None
