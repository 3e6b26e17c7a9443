"""The loop: claim under a lease, do, close; a duty that fails comes back later, one that cannot help is shown dead.

Any number of workers may run on PostgreSQL. A worker that is killed loses nothing: its leases run out and others do
its duties again, which changes nothing where they were done already.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from time import monotonic

from guichet.model.records import OutboxRow
from guichet.plugin.contracts import PluginError
from guichet.services.cases import UseCases
from guichet.services.duties import MOST_KILLS, KilledItsWorkers, cannot_help, given_up, perform, tries_of
from guichet.services.quarantine import claim_allowed
from guichet.services.schedule import put_due
from guichet.services.webhooks.following import follow
from guichet.storage import outbox
from guichet.storage.errors import LeaseLostError, StorageError, StoreClosedError
from guichet.storage.leases import give_back
from guichet.worker.heart import Heart
from guichet.worker.keeper import Keeper

__all__ = ["LEASE", "Drained", "drain", "run"]

LEASE = timedelta(seconds=60)
"""How long a killed worker's duties wait for another; a living one renews it."""

_CLAIM = 10
_IDLE_S = 0.5
_SCHEDULE_EVERY_S = 60.0
_LOOK_EVERY_S = 1.0
"""How long an event waits at most before its webhooks are told."""
_BROKEN_S = 5.0
_LOG = logging.getLogger("guichet.worker")


@dataclass(frozen=True, slots=True)
class Drained:
    """What a drain did: duties done, put back for later, and given up."""

    done: int = 0
    failed: int = 0
    dead: int = 0

    def __add__(self, other: Drained) -> Drained:
        return Drained(self.done + other.done, self.failed + other.failed, self.dead + other.dead)


def run(cases: UseCases, stop: Event, *, worker_name: str, kinds: Sequence[str] = (), schedule: bool = True) -> None:
    """Do duties until told to stop; the one under way is finished, the others are given back."""
    with Heart(cases, worker_name) as heart:
        _run(cases, stop, worker_name, kinds, heart, schedule=schedule)


def _run(cases: UseCases, stop: Event, worker_name: str, kinds: Sequence[str], heart: Heart, *, schedule: bool) -> None:
    next_schedule = next_look = monotonic()
    while not stop.is_set():
        try:
            if cases.webhooks and monotonic() >= next_look:
                follow(cases)
                next_look = monotonic() + _LOOK_EVERY_S
            if schedule and monotonic() >= next_schedule:
                put_due(cases)
                next_schedule = monotonic() + _SCHEDULE_EVERY_S
            if not _turn(cases, worker_name, kinds, _CLAIM, stop, heart)[1]:
                stop.wait(_IDLE_S)
        except StoreClosedError:
            return
        except StorageError:
            _LOG.exception("the store does not answer: the worker waits")
            stop.wait(_BROKEN_S)


def drain(
    cases: UseCases,
    limit: int | None = None,
    *,
    kinds: Sequence[str] = (),
    worker_name: str = "drain",
    threads: int = 1,
) -> Drained:
    """Do every duty due now, those they put included, and give how it went.

    Args:
        limit: At most this many.
        threads: More than one lets acts share commits and documents use several cores.
    """
    if threads == 1:
        return _drain(cases, limit, kinds, worker_name)
    with ThreadPoolExecutor(threads, thread_name_prefix="guichet-drain") as pool:
        total = Drained()
        while True:  # a thread that finds nothing may have looked while another's duty was about to put more
            share = None if limit is None else -(-(limit - total.done) // threads)
            parts = [pool.submit(_drain, cases, share, kinds, f"{worker_name}-{n}") for n in range(threads)]
            turn = sum((part.result() for part in parts), Drained())
            total += turn
            if turn == Drained() or (limit is not None and total.done >= limit):
                return total


def _drain(cases: UseCases, limit: int | None, kinds: Sequence[str], worker_name: str) -> Drained:
    total, never = Drained(), Event()
    while limit is None or total.done < limit:
        size = _CLAIM if limit is None else min(_CLAIM, limit - total.done)
        went, claimed = _turn(cases, worker_name, kinds, size, never)
        total += went
        if not claimed and not follow(cases):
            break
    return total


def _turn(
    cases: UseCases, worker_name: str, kinds: Sequence[str], size: int, stop: Event, heart: Heart | None = None
) -> tuple[Drained, int]:
    """Claim some duties and do them one by one; gives how it went and how many were claimed."""
    rows = cases.store.act(lambda tx: claim_allowed(tx, worker_name, limit=size, lease=LEASE, kinds=kinds))
    if not rows:
        return Drained(), 0
    total = Drained()
    with Keeper(cases.store, rows, LEASE) as keeper:
        for place, row in enumerate(rows):
            if stop.is_set():
                cases.store.act(lambda tx, left=rows[place:]: give_back(tx, left))
                break
            with heart.at(row.kind) if heart is not None else nullcontext():
                total += _one(cases, row)
            keeper.let_go(row)
    return total, len(rows)


def _one(cases: UseCases, row: OutboxRow) -> Drained:
    """Do one duty and close it; whatever it raises stays with it."""
    payload = {**row.payload, "duty": row.id}
    if row.kills >= MOST_KILLS or row.attempts > tries_of(row.kind).most:
        return _put_back(cases, row, payload, KilledItsWorkers(row.kills, row.last_error))
    try:
        perform(cases, row.kind, payload)
    except StoreClosedError:
        raise
    except Exception as error:  # noqa: BLE001  the border of a duty: a bad one never stops the loop
        return _put_back(cases, row, payload, error)
    try:
        cases.store.act(lambda tx: outbox.done(tx, row))
    except LeaseLostError:  # done all the same; whoever took it finds that
        _LOG.warning("duty %s %s was done after its lease ran out", row.kind, row.id)
    return Drained(done=1)


def _put_back(cases: UseCases, row: OutboxRow, payload: dict[str, object], error: Exception) -> Drained:
    text = f"{type(error).__name__}: {error}"
    # What a plugin says in its own words needs no trace of the code that said it.
    trace = None if isinstance(error, PluginError) else error
    _LOG.warning("duty %s %s failed: %s", row.kind, row.id, text, exc_info=trace)
    try:
        if cannot_help(error):
            cases.store.act(lambda tx: outbox.bury(tx, row, text))
            again = False
        else:
            again = cases.store.act(lambda tx: outbox.fail(tx, row, text, tries_of(row.kind)))
    except LeaseLostError:
        return Drained(failed=1)
    if again:
        return Drained(failed=1)
    try:
        given_up(cases, row.kind, payload, error)
    except StoreClosedError:
        raise
    except Exception:  # noqa: BLE001  the same border: what a dead duty was about may be gone
        _LOG.exception("duty %s %s is dead, and its dossier could not say so", row.kind, row.id)
    return Drained(dead=1)
