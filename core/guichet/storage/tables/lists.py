"""Reference lists: imported rows a rule can consult, and the ledger of each import."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["list_import", "list_row", "staged_row"]


class ListImportTable(Base, table=True):
    """One import of a list file: read = added + updated + unchanged + rejected; removed is counted apart."""

    __table_args__ = (
        one_of("state", ("staging", "merging", "finished", "abandoned")),
        Index("ix_list_import_list", "scheme", "list", "finished_at"),
    )

    id: str = Field(primary_key=True)
    scheme: str
    list: str
    territory: str | None = None
    as_of: date
    sha256: str
    state: str = "staging"
    keeps_absent: bool = False
    merged_up_to: str = ""
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    removed: int = 0
    started_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)


class ListRowTable(Base, table=True):
    """A row as it stands: a key may have several, told apart by `part` and then by `seq`."""

    __table_args__ = {"sqlite_with_rowid": False}

    scheme: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    territory: str = Field(primary_key=True, default="")
    part: str = Field(primary_key=True, default="")
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    columns: Any = Field(sa_type=CanonicalJson)
    row_hash: str
    import_id: str = Field(foreign_key="list_import.id")


class StagedRowTable(Base, table=True):
    """A row read from a file, waiting to be merged."""

    __table_args__ = {"sqlite_with_rowid": False}

    import_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    line: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    columns: str = Field(sa_type=Text)
    row_hash: str


list_import = table_of(ListImportTable)
list_row = table_of(ListRowTable)
staged_row = table_of(StagedRowTable)
