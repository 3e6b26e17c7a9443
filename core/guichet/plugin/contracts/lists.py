"""List sources: where the rows of a reference list come from."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Literal, TypeAlias

from guichet.plugin.contracts.base import Context, Contract, OptionsT, Reason

ColumnType = Literal["text", "integer", "money", "date", "month", "boolean"]

ListColumns: TypeAlias = Mapping[str, str]
"""Column → its type: text, integer, money, date, month, boolean. The key is one of them, as text."""

ListValue: TypeAlias = str | int | bool | date | None
"""money as cents, month as `2020-03`; None for an empty cell."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row, its values by column, and the line it starts on."""

    line: int
    values: Mapping[str, ListValue]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row set aside, with the column that is wrong and what to do; the others go on."""

    line: int
    column: str
    reason: Reason


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
