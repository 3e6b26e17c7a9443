"""Whether the work gets done: the database answers, a worker takes what is due, nothing was given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from guichet.services.cases import UseCases
from guichet.services.diagnosis.findings import Finding, finding
from guichet.services.heartbeats import workers
from guichet.services.quarantine import standing
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
    if (restored := standing(cases)) is not None:
        yield finding("quarantine", "red", "quarantine", backup_at=f"{restored.backup_at:%Y-%m-%d %H:%M} UTC")
    yield from _worker(cases)
    for plugin, reason in sorted(workers(cases).aside.items()):
        yield finding(f"plugin:{plugin}", "red", "plugin_aside", plugin=plugin, reason=reason)
    yield from _retried(cases)
    yield _given_up(cases)


def _worker(cases: UseCases) -> Iterator[Finding]:
    """Whether somebody works, then whether the work gets done."""
    found = workers(cases)
    if found.stuck:
        one = found.stuck[0]
        minutes = int((found.at - (one.doing_since or found.at)).total_seconds() // 60)
        yield finding("workers", "amber", "worker_stuck", name=one.name, kind=one.doing, minutes=minutes)
    elif found.alive:
        yield finding("workers", "green", "workers_alive", count=len(found.alive))
    elif found.silent:
        one = found.silent[0]
        minutes = int((found.at - one.seen_at).total_seconds() // 60)
        yield finding(
            "workers", "red" if cases.mode == "live" else "amber", "worker_silent", name=one.name, minutes=minutes
        )
    else:
        yield finding("workers", "amber" if found.waiting else "green", "no_worker")
    minutes = int(found.waited.total_seconds() // 60)
    if not found.waiting:
        yield finding("worker", "green", "nothing_due")
    elif found.waited < _LATE:
        yield finding("worker", "green", "worker", count=found.waiting)
    else:
        state = "amber" if found.waited < _TOO_LATE else "red"
        yield finding("worker", state, "work_waits", count=found.waiting, minutes=minutes)


def _retried(cases: UseCases) -> Iterator[Finding]:
    """What another's machine has not answered for long: it waits for the next try, due or not."""
    often = cases.store.read(lambda tx: outbox.retried(tx, least=outbox.SOON.most))
    if often:
        kinds = sorted({row.kind for row in often})
        yield finding("retried", "amber", "retried", count=len(often), kinds=kinds, error=often[0].last_error or "")


def _given_up(cases: UseCases) -> Finding:
    dead = cases.store.read(lambda tx: outbox.dead(tx, limit=1))
    if not dead:
        return finding("given_up", "green", "nothing_given_up")
    counts = {kind: number for (kind, state), number in cases.store.read(outbox.counts).items() if state == "dead"}
    total, kinds = sum(counts.values()), sorted(counts)
    return finding("given_up", "red", "given_up", count=total, kinds=kinds, error=dead[0].last_error or "")
