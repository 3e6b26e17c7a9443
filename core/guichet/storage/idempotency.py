"""A request with an idempotency key does its work once; sent again, it gets the first answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from guichet.storage.prepared import Prepared
from guichet.storage.tables.outbox import saved_key
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["once", "recall", "sweep"]

# Made once: every creating request uses them.
_HERE = (saved_key.c.scope == bindparam("of_scope"), saved_key.c.key == bindparam("of_key"))
_ANSWER = Prepared(select(saved_key.c.result).where(*_HERE))
_KEPT = Prepared(insert(saved_key))
_ANSWERED = Prepared(update(saved_key).where(*_HERE).values(result=bindparam("answer")))


def once(tx: Tx, scope: str, key: str, work: Callable[[], Any]) -> Any:
    """Give what `work` gave the first time the key was seen in this scope; a JSON value.

    A second act with the same key waits for the first to end: it then finds the answer, or does the work itself.
    """
    here = {"of_scope": scope, "of_key": key}
    if not tx.on_postgres:  # one writes at a time: nobody can come between the look and the row
        known = tx.first(_ANSWER, here)
        if known is not None:
            return known.result
        result = work()
        tx.run(_KEPT, {"scope": scope, "key": key, "result": result, "at": tx.real_now})
        return result
    if not insert_unless_there(tx, saved_key, scope=scope, key=key, result=None, at=tx.real_now):
        return tx.value(_ANSWER, here)
    result = work()
    tx.run(_ANSWERED, {**here, "answer": result})
    return result


def recall(tx: Tx, scope: str, key: str) -> Any:
    """Give the first answer to a key, or None."""
    return tx.value(_ANSWER, {"of_scope": scope, "of_key": key})


def sweep(tx: Tx, *, before: datetime) -> int:
    """Forget keys first seen before an instant and give how many."""
    return tx.run(delete(saved_key).where(saved_key.c.at < before)).rowcount
