"""Holds: all the payments of a scheme in a territory suspended; one stands at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from guichet.storage.rows import every, reading
from guichet.storage.tables.paying import payment_hold
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["Hold", "begin", "end", "of_schemes", "standing"]


@dataclass(frozen=True, slots=True)
class Hold:
    """A suspension of a place's payments, and why."""

    id: str
    scheme: str
    territory: str
    because: str
    begun_at: datetime
    ended_at: datetime | None


_READ = reading(payment_hold, Hold)


def begin(tx: Tx, scheme: str, territory: str, because: str) -> bool:
    """Hold the payments of a place; False when they are held already."""
    values = {"scheme": scheme, "territory": territory, "because": because}
    return insert_unless_there(tx, payment_hold, id=tx.ids.new(), **values, begun_at=tx.now)


def standing(tx: Tx, scheme: str, territory: str) -> Hold | None:
    """Give the hold of a place, and in an act hold it until its end; None when payments go on."""
    here = (payment_hold.c.scheme == scheme, payment_hold.c.territory == territory, payment_hold.c.ended_at.is_(None))
    statement = _READ.where(*here)
    found = every(tx, Hold, statement.with_for_update() if tx.writes else statement)
    return found[0] if found else None


def end(tx: Tx, scheme: str, territory: str) -> bool:
    """Let the payments of a place go on; False when nothing held them."""
    here = (payment_hold.c.scheme == scheme, payment_hold.c.territory == territory, payment_hold.c.ended_at.is_(None))
    return tx.run(update(payment_hold).where(*here).values(ended_at=tx.now)).rowcount == 1


def of_schemes(tx: Tx) -> list[Hold]:
    """Give every hold that stands, by place."""
    statement = _READ.where(payment_hold.c.ended_at.is_(None))
    return every(tx, Hold, statement.order_by(payment_hold.c.scheme, payment_hold.c.territory))
