"""The installation, published snapshots, list imports, journal lines and outbox rows as stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

__all__ = ["Current", "Event", "Head", "Instance", "ListFetch", "ListImport", "ListRow", "OutboxRow", "Snapshot"]


@dataclass(frozen=True, slots=True)
class Instance:
    """The one installation of a database."""

    mode: Literal["sandbox", "live"]
    created_at: datetime
    business_day: date | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An immutable published form of a scheme for one territory; `body` is its canonical JSON."""

    hash: str
    scheme: str
    territory: str
    format: int
    body: str
    plugin_versions: Mapping[str, str]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Current:
    """Which snapshot a territory serves; the number grows at each publication."""

    scheme: str
    territory: str
    hash: str
    number: int


@dataclass(frozen=True, slots=True)
class ListImport:
    """One import of a list file: read = added + updated + unchanged + rejected; removed is apart."""

    id: str
    scheme: str
    list: str
    territory: str | None
    as_of: date
    sha256: str
    keeps_absent: bool
    merged_up_to: str
    state: Literal["staging", "merging", "finished", "abandoned"]
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    removed: int
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListFetch:
    """How far an import fetched from a service has come.

    Args:
        origin: The digest of what is fetched and how it is read: another one means the whole list again.
        cursor: Where the next page begins; once finished, where changes will be fetched from.
    """

    import_id: str
    origin: str
    cursor: str
    all_staged: bool


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a reference list; `part` tells rows of one key apart where the list declares it."""

    key: str
    columns: Mapping[str, object]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A journal line; once purged it keeps its number and hashes only."""

    territory: str
    number: int
    kind: str
    at: datetime
    subject: str | None
    actor: str | None
    salt: str | None
    body: str | None
    inner_hash: str
    hash: str
    purged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a territory's chain: what a checkpoint outside writes down."""

    territory: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A duty outside the request."""

    id: str
    kind: str
    key: str | None
    payload: Mapping[str, object]
    state: Literal["queued", "done", "dead"]
    due_at: datetime
    created_at: datetime
    done_at: datetime | None
    lease_until: datetime | None
    worker: str | None
    attempts: int
    last_error: str | None
    kills: int = 0
    """How many workers in a row held it and did not come back."""
