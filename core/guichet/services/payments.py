"""Paying: the daily run that puts each order in exactly one file, and one more only after a suspension.

There is one file per scheme, territory and run. A run takes what is ordered and in no file yet, so a second run of the
same day finds nothing, and one that was cut short is finished by the next. What an earlier run set aside is looked at
again: once the writer takes it (an imputation completed, another encoding), it goes into the file like the others.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from guichet.errors import GuichetError, Problem, ProblemsFound
from guichet.plugin.contracts import PluginError
from guichet.services.batches import SetAside, make_batch
from guichet.services.cases import UseCases
from guichet.services.deliveries import Delivered, finish_batch
from guichet.services.quarantine import require_released
from guichet.storage import holds, payment_runs

__all__ = [
    "Failed",
    "PaymentReport",
    "PlacePaid",
    "pay_place",
    "run_duty",
    "run_payments",
]


@dataclass(frozen=True, slots=True)
class Failed:
    """A file of a place that did not leave; its orders lost nothing and the next run takes them."""

    scheme: str
    territory: str
    error: str


@dataclass(frozen=True, slots=True)
class PlacePaid:
    """What a run did for one scheme in one territory, and what went wrong on its way."""

    delivered: list[Delivered] = field(default_factory=list[Delivered])
    set_aside: list[SetAside] = field(default_factory=list[SetAside])
    errors: list[GuichetError | PluginError] = field(default_factory=list[GuichetError | PluginError])

    @contextmanager
    def going_on(self) -> Generator[None]:
        """Keep what goes wrong inside, and go on."""
        try:
            yield
        except (GuichetError, PluginError) as error:
            self.errors.append(error)


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """What a run did."""

    on: date
    delivered: tuple[Delivered, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    failed: tuple[Failed, ...] = ()
    held: tuple[holds.Hold, ...] = ()
    """The places whose payments are suspended: nothing leaves there."""
    lines: int = field(init=False, default=0)
    cents: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", sum(one.batch.lines for one in self.delivered))
        object.__setattr__(self, "cents", sum(one.batch.cents for one in self.delivered))


def run_payments(cases: UseCases, on: date, scheme: str | None = None, territory: str | None = None) -> PaymentReport:
    """Write and deliver the day's files; a place that fails stops no other.

    Raises:
        Quarantined: The instance comes from a backup and is not released yet.
        ProblemsFound: The day has not come in any territory.
    """
    require_released(cases)
    today = max(cases.today(one.id) for one in cases.territories)
    if on > today:
        raise ProblemsFound([Problem("run.payment_ahead", {"day": on, "today": today})])
    delivered: list[Delivered] = []
    aside: list[SetAside] = []
    failed: list[Failed] = []
    held = [
        hold
        for hold in cases.store.read(holds.of_schemes)
        if (scheme or hold.scheme, territory or hold.territory) == (hold.scheme, hold.territory)
    ]
    for name, where in cases.store.read(payment_runs.places):
        if (scheme or name, territory or where) != (name, where):
            continue
        if any((hold.scheme, hold.territory) == (name, where) for hold in held):
            continue
        paid = pay_place(cases, on, name, where)
        delivered += paid.delivered
        aside += paid.set_aside
        failed += [Failed(name, where, _said(error)) for error in paid.errors]
    return PaymentReport(on, tuple(delivered), tuple(aside), tuple(failed), tuple(held))


def _said(error: Exception) -> str:
    return error.text("fr") if isinstance(error, PluginError) else str(error)


def run_duty(cases: UseCases, payload: Mapping[str, object]) -> None:
    """The daily run of one place: the duty `pay {scheme, territory, day}`; raises the first thing that went wrong."""
    day, scheme = date.fromisoformat(str(payload["day"])), str(payload["scheme"])
    paid = pay_place(cases, day, scheme, str(payload["territory"]))
    if paid.errors:
        raise paid.errors[0]


def pay_place(cases: UseCases, on: date, scheme: str, territory: str) -> PlacePaid:
    """Finish what an earlier run left, then pay what is ordered for one scheme in one territory; nothing while held.

    A batch that cannot leave stops no other: its orders wait with it, those in no file leave in the next.
    """
    require_released(cases)
    paid = PlacePaid()
    if cases.store.read(lambda tx: holds.standing(tx, scheme, territory)) is not None:
        return paid
    for batch in cases.store.read(lambda tx: payment_runs.unsent(tx, scheme, territory)):
        with paid.going_on():
            paid.delivered.append(finish_batch(cases, batch))
    with paid.going_on():
        batch, hostile = make_batch(cases, on, scheme, territory)
        paid.set_aside.extend(hostile)
        if batch is not None:
            paid.delivered.append(finish_batch(cases, batch))
    return paid
