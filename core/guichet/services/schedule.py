"""What happens every day: a duty per scheme, territory and day, put once whoever asks, at the territory's own time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from guichet.catalogue import CompiledScheme
from guichet.services.cases import UseCases
from guichet.services.list_fetches import is_fetched
from guichet.services.reevaluation import follows_the_calendar
from guichet.services.retention import has_visa
from guichet.storage import Tx, outbox

__all__ = ["DAILY", "FETCHED_AT", "Daily", "put_due"]

FETCHED_AT = time(4, 0)
"""When lists are fetched from the services that keep them: before the agents, and before the applicants."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A duty put once a day, for each scheme and territory it concerns, from a local time on."""

    kind: str
    at: time
    concerns: Callable[[CompiledScheme], bool]


def _pays(compiled: CompiledScheme) -> bool:
    return compiled.scheme.payment is not None


def _has_funds(compiled: CompiledScheme) -> bool:
    return compiled.scheme.envelope is not None


DAILY = (
    Daily("reevaluate", time(0, 5), follows_the_calendar),  # before the agents: they work under the day's own rules
    Daily("pay", time(18, 0), _pays),  # after the day's decisions, before the accountant's night
    Daily("resume_waiting", time(7, 0), _has_funds),
    Daily("forget", time(3, 0), has_visa),
)


def put_due(cases: UseCases, instant: datetime | None = None) -> int:
    """Put the duties of the day whose time has come and give how many are new; a day missed is not made up for.

    Nothing is lost by that: a payment run takes every order that is in no file, whatever the day it was made.
    """
    now = instant or cases.clock.business()
    due: list[tuple[Daily, str, str, date]] = []
    for scheme, territory in cases.snapshots.all_current():
        compiled = cases.snapshots.current(scheme, territory)
        if compiled is None:
            continue
        local = now.astimezone(ZoneInfo(cases.territory(territory).time_zone))
        due += [
            (daily, scheme, territory, local.date())
            for daily in DAILY
            if local.time() >= daily.at and daily.concerns(compiled)
        ]
    fetches = _fetches_due(cases, now)
    if not due and not fetches:
        return 0
    return cases.store.act(lambda tx: sum(_put(tx, *one) for one in due) + sum(_put_fetch(tx, *one) for one in fetches))


def _fetches_due(cases: UseCases, now: datetime) -> set[tuple[str, str, str | None, date]]:
    """The fetched lists whose time has come: scheme, list, its territory or None, day."""
    due: set[tuple[str, str, str | None, date]] = set()
    for scheme, territory in cases.snapshots.all_current():
        compiled = cases.snapshots.current(scheme, territory)
        local = now.astimezone(ZoneInfo(cases.territory(territory).time_zone))
        if compiled is None or local.time() < FETCHED_AT:
            continue
        for name, declared in compiled.scheme.lists.items():
            if is_fetched(cases, declared):
                own = territory if declared.across == "territory" else None
                due.add((scheme, name, own, local.date()))
    return due


def _put_fetch(tx: Tx, scheme: str, name: str, territory: str | None, day: date) -> bool:
    payload = {"scheme": scheme, "list": name, "territory": territory, "day": day.isoformat()}
    key = f"fetch_list:{scheme}:{name}:{territory or 'all'}:{day.isoformat()}"
    return outbox.put(tx, "fetch_list", payload, key=key) is not None


def _put(tx: Tx, daily: Daily, scheme: str, territory: str, day: date) -> bool:
    payload = {"scheme": scheme, "territory": territory, "day": day.isoformat()}
    key = f"{daily.kind}:{scheme}:{territory}:{day.isoformat()}"
    return outbox.put(tx, daily.kind, payload, key=key) is not None
