"""Reference lists: imported rows a rule can consult, and the ledger of each import."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = ["list_fetch", "list_import", "list_row", "staged_part", "staged_row"]

_WITH_PART = text("part <> ''")


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

    __table_args__ = (
        Index(
            "ix_list_row_part",
            "part",
            "list",
            "scheme",
            "territory",
            sqlite_where=_WITH_PART,
            postgresql_where=_WITH_PART,
        ),
        {"sqlite_with_rowid": False},
    )

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

    __table_args__ = (
        Index("ix_staged_row_part", "import_id", "part", sqlite_where=_WITH_PART, postgresql_where=_WITH_PART),
        {"sqlite_with_rowid": False},
    )

    import_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    line: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    columns: str = Field(sa_type=Text)
    row_hash: str


class ListFetchTable(Base, table=True):
    """How far an import fetched from a service has come, and from where the next one goes on."""

    import_id: str = Field(primary_key=True, foreign_key="list_import.id")
    origin: str
    cursor: str = Field(sa_type=Text)
    all_staged: bool = False


class StagedPartTable(Base, table=True):
    """A part that a fetch of changes speaks of: the rows it had before go, unless they were staged again."""

    __table_args__ = {"sqlite_with_rowid": False}

    import_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)


list_fetch = table_of(ListFetchTable)
list_import = table_of(ListImportTable)
list_row = table_of(ListRowTable)
staged_part = table_of(StagedPartTable)
staged_row = table_of(StagedRowTable)
