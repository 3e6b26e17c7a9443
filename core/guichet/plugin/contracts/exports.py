"""Exporters: a table of the screen as a file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO, Literal, TypeAlias

from guichet.plugin.contracts.base import Context, Contract, OptionsT

ColumnKind = Literal["text", "integer", "decimal", "money", "date", "instant", "boolean"]

Cell: TypeAlias = str | int | bool | Decimal | date | datetime | None
"""money as cents; None for an empty cell."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its title as the screen shows it, and the kind of its cells."""

    title: str
    kind: ColumnKind = "text"


class Exporter(Contract[OptionsT]):
    """Writes a table, row after row, in bounded memory. No cell can act as a formula."""

    media_type: str
    extension: str

    @abstractmethod
    def write(
        self,
        columns: Sequence[ExportColumn],
        rows: Iterable[Sequence[Cell]],
        stream: BinaryIO,
        options: OptionsT,
        context: Context,
    ) -> int:
        """Write the table to a binary stream and give the number of rows."""
