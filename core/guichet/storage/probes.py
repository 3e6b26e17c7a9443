"""How often a gate was tried, by account and by address, so that nobody reads a confidential list by guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, select

from guichet.storage.prepared import Prepared
from guichet.storage.tables.people import probe_attempt
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_or

__all__ = ["attempts", "count", "end_of_window", "sweep"]

_ATTEMPTS = Prepared(
    select(probe_attempt.c.attempts).where(
        probe_attempt.c.bucket == bindparam("of_bucket"), probe_attempt.c.window_start == bindparam("since")
    )
)


def count(tx: Tx, bucket: str, window: timedelta) -> int:
    """Count a try and give how many the bucket made in the present window."""
    statement = (
        insert_or(tx, probe_attempt)
        .values(bucket=bucket, window_start=_start(tx, window), attempts=1)
        .on_conflict_do_update(
            index_elements=["bucket", "window_start"], set_={"attempts": probe_attempt.c.attempts + 1}
        )
        .returning(probe_attempt.c.attempts)
    )
    return int(tx.value(statement))


def attempts(tx: Tx, bucket: str, window: timedelta) -> int:
    """Give how many tries the bucket made in the present window."""
    return tx.value(_ATTEMPTS, {"of_bucket": bucket, "since": _start(tx, window)}) or 0


def end_of_window(tx: Tx, window: timedelta) -> datetime:
    """Give the real instant at which the present window ends and tries are counted afresh."""
    return _start(tx, window) + window


def sweep(tx: Tx, *, before: datetime) -> int:
    """Forget windows that began before an instant and give how many."""
    return tx.run(delete(probe_attempt).where(probe_attempt.c.window_start < before)).rowcount


def _start(tx: Tx, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(tx.real_now.timestamp()) // seconds * seconds, UTC)
