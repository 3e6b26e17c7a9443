"""Signs of life of the workers: written by each, read by who watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select

from guichet.storage.tables.work import worker_beat
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_or

__all__ = ["Beat", "beat", "every_beat", "gone", "sweep"]


@dataclass(frozen=True, slots=True)
class Beat:
    """A worker's last sign of life, and the duty it was in the middle of."""

    name: str
    began_at: datetime
    seen_at: datetime
    doing: str | None = None
    doing_since: datetime | None = None
    aside: Mapping[str, str] = field(default_factory=dict[str, str])
    """Plugin that its process calls no more → why."""


def beat(tx: Tx, sign: Beat) -> None:
    """Keep a worker's sign of life in place of the one before."""
    values = {
        "began_at": sign.began_at,
        "seen_at": sign.seen_at,
        "doing": sign.doing,
        "doing_since": sign.doing_since,
        "aside": dict(sign.aside),
    }
    made = insert_or(tx, worker_beat).values(name=sign.name, **values)
    tx.run(made.on_conflict_do_update(index_elements=[worker_beat.c.name], set_=values))


def gone(tx: Tx, name: str) -> None:
    """Forget a worker that stopped as it should."""
    tx.run(delete(worker_beat).where(worker_beat.c.name == name))


def every_beat(tx: Tx) -> list[Beat]:
    """Give the sign of every worker, the latest seen first."""
    rows = tx.all(select(worker_beat).order_by(worker_beat.c.seen_at.desc(), worker_beat.c.name))
    return [Beat(row.name, row.began_at, row.seen_at, row.doing, row.doing_since, row.aside) for row in rows]


def sweep(tx: Tx, *, before: datetime) -> int:
    """Forget workers not seen since an instant and give how many."""
    return tx.run(delete(worker_beat).where(worker_beat.c.seen_at < before)).rowcount
