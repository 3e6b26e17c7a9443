"""A request with an idempotency key does its work once; sent again, it gets the first answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from guichet.storage.tables.outbox import saved_key
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["once", "recall", "sweep"]


def once(tx: Tx, scope: str, key: str, work: Callable[[], Any]) -> Any:
    """Give what `work` gave the first time the key was seen in this scope; a JSON value.

    A second act with the same key waits for the first to end: it then finds the answer, or does the work itself.
    """
    here = (saved_key.c.scope == scope, saved_key.c.key == key)
    if not insert_unless_there(tx, saved_key, scope=scope, key=key, result=None, at=tx.real_now):
        return tx.value(select(saved_key.c.result).where(*here))
    result = work()
    tx.run(update(saved_key).where(*here).values(result=result))
    return result


def recall(tx: Tx, scope: str, key: str) -> Any:
    """Give the first answer to a key, or None."""
    return tx.value(select(saved_key.c.result).where(saved_key.c.scope == scope, saved_key.c.key == key))


def sweep(tx: Tx, *, before: datetime) -> int:
    """Forget keys first seen before an instant and give how many."""
    return tx.run(delete(saved_key).where(saved_key.c.at < before)).rowcount
