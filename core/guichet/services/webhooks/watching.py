"""What an operator sees and mends of webhooks: what waits, what was given up, sending again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from guichet.errors import Problem, ProblemsFound, guess
from guichet.model.webhooks import Webhook
from guichet.services.cases import UseCases
from guichet.services.webhooks.following import tell_again
from guichet.storage import Tx, outbox, webhooks

__all__ = ["GivenUp", "Watched", "failed_events", "named", "replay_failed", "replay_since", "watched"]


@dataclass(frozen=True, slots=True)
class Watched:
    """A webhook and how it goes."""

    name: str
    webhook: Webhook
    waiting: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An event that was given up, and why."""

    event: str
    reference: str
    territory: str
    at: datetime
    attempts: int
    why: str


def watched(cases: UseCases) -> list[Watched]:
    """Every webhook declared, by name; what was sent is counted over the last month."""

    def look(tx: Tx) -> list[Watched]:
        found: list[Watched] = []
        for name, webhook in sorted(cases.webhooks.items()):
            counted = webhooks.counts(tx, name)
            waiting, sent, failed = (counted.get(state, 0) for state in ("queued", "done", "dead"))
            found.append(Watched(name, webhook, waiting, sent, failed))
        return found

    return cases.store.read(look)


def named(cases: UseCases, name: str) -> Webhook:
    """A webhook by name; raises ProblemsFound for one that is not declared."""
    if name not in cases.webhooks:
        raise ProblemsFound([Problem("webhook.unknown", guess(name, sorted(cases.webhooks)))])
    return cases.webhooks[name]


def failed_events(cases: UseCases, name: str) -> list[GivenUp]:
    """The events of a webhook that were given up, the first first."""
    named(cases, name)
    found: list[GivenUp] = []
    for row in cases.store.read(lambda tx: webhooks.dead(tx, name)):
        told = cast("Mapping[str, Any]", row.payload["told"])
        found.append(
            GivenUp(
                str(row.payload["event"]),
                str(told["reference"]),
                str(told["territory"]),
                row.created_at,
                row.attempts,
                row.last_error or "",
            )
        )
    return found


def replay_failed(cases: UseCases, name: str) -> int:
    """Queue afresh every event of a webhook that was given up, and give how many."""
    named(cases, name)

    def act(tx: Tx) -> int:
        return sum(outbox.revive(tx, row.id) for row in webhooks.dead(tx, name))

    return cases.store.act(act)


def replay_since(cases: UseCases, name: str, day: date, territories: tuple[str, ...] = ()) -> int:
    """Queue every event of a webhook since the first instant of a day in each territory, and give how many."""
    named(cases, name)
    wanted = territories or tuple({where for _, where in cases.snapshots.all_current()})
    problems = [found for one in wanted if (found := cases.territories.problem(one)) is not None]
    if problems:
        raise ProblemsFound(problems)
    return sum(
        tell_again(cases, name, datetime.combine(day, time.min, ZoneInfo(cases.territory(where).time_zone)), (where,))
        for where in wanted
    )
