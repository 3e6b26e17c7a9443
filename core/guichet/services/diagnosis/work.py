"""Whether the work gets done: the database answers, a worker takes what is due, nothing was given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from guichet.services.cases import UseCases
from guichet.services.diagnosis.findings import Finding, finding
from guichet.storage import instances, outbox

__all__ = ["look_at_work"]

_LATE, _TOO_LATE = timedelta(minutes=5), timedelta(hours=1)


def look_at_work(cases: UseCases) -> Iterator[Finding]:
    """Yield what there is to say of an open instance."""
    made = cases.store.read(instances.get)
    served = cases.snapshots.all_current()
    schemes = len({scheme for scheme, _ in served})
    yield finding("database", "green", "database", mode=made.mode, schemes=schemes, served=len(served))
    if made.business_day is not None and made.mode == "live":
        yield finding("business_day", "red", "fixed_day", day=made.business_day)
    yield _worker(cases)
    yield _given_up(cases)


def _worker(cases: UseCases) -> Finding:
    waiting = cases.store.read(outbox.waiting)
    if waiting.count == 0 or waiting.since is None:
        return finding("worker", "green", "nothing_due")
    late = cases.clock.now() - waiting.since
    minutes = int(late.total_seconds() // 60)
    if late < _LATE:
        return finding("worker", "green", "worker", count=waiting.count)
    state = "amber" if late < _TOO_LATE else "red"
    return finding("worker", state, "work_waits", count=waiting.count, minutes=minutes)


def _given_up(cases: UseCases) -> Finding:
    dead = cases.store.read(lambda tx: outbox.dead(tx, limit=100))
    if not dead:
        return finding("given_up", "green", "nothing_given_up")
    kinds = sorted({row.kind for row in dead})
    return finding("given_up", "red", "given_up", count=len(dead), kinds=kinds, error=dead[0].last_error or "")
