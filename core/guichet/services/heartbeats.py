"""Which workers are alive, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from guichet.services.cases import UseCases
from guichet.storage import Tx, heartbeats, outbox
from guichet.storage.heartbeats import Beat

__all__ = ["BEAT_S", "LATE", "STUCK", "Workers", "beat", "gone", "workers"]

BEAT_S = 10.0
"""How often a worker says that it lives."""
LATE = timedelta(seconds=45)
"""How long a worker may be silent: four signs missed."""
STUCK = timedelta(minutes=10)
"""How long one duty may take before it is said to take too long."""


@dataclass(frozen=True, slots=True)
class Workers:
    """The workers seen alive, those that fell silent without saying that they stop, and the oldest duty due."""

    alive: tuple[Beat, ...]
    silent: tuple[Beat, ...]
    waiting: int
    waiting_since: datetime | None
    at: datetime

    @property
    def waited(self) -> timedelta:
        """How long the oldest duty that is due has waited."""
        return self.at - self.waiting_since if self.waiting_since is not None else timedelta()

    @property
    def aside(self) -> dict[str, str]:
        """Plugin that a living worker's process calls no more → why."""
        return {plugin: reason for one in self.alive for plugin, reason in one.aside.items()}

    @property
    def stuck(self) -> tuple[Beat, ...]:
        """The workers that have been at one duty for too long."""
        return tuple(one for one in self.alive if one.doing_since is not None and self.at - one.doing_since > STUCK)


def beat(cases: UseCases, name: str, began_at: datetime, doing: str | None, since: datetime | None) -> None:
    """Note that a worker lives."""
    aside = cases.plugins.health.aside()
    sign = Beat(name, began_at, cases.clock.now(), doing, since, aside)
    cases.store.act(lambda tx: heartbeats.beat(tx, sign))


def gone(cases: UseCases, name: str) -> None:
    """Note that a worker has stopped as it should."""
    cases.store.act(lambda tx: heartbeats.gone(tx, name))


def workers(cases: UseCases) -> Workers:
    """The workers of an instance as they stand."""
    return cases.store.read(workers_at)


def workers_at(tx: Tx) -> Workers:
    """The workers as a transaction sees them."""
    now, due = tx.real_now, outbox.waiting(tx)
    signs = heartbeats.every_beat(tx)
    return Workers(
        alive=tuple(one for one in signs if now - one.seen_at <= LATE),
        silent=tuple(one for one in signs if now - one.seen_at > LATE),
        waiting=due.count,
        waiting_since=due.since,
        at=now,
    )
