"""Paying: the daily run that puts each order in exactly one file, and one more only after a suspension.

There is one file per scheme, territory and run. A run takes what is ordered and in no file yet, so a second run of the
same day finds nothing, and one that was cut short is finished by the next. What an earlier run set aside is looked at
again: once the writer takes it (an imputation completed, another encoding), it goes into the file like the others.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.errors import GuichetError
from guichet.model.payment import Payment
from guichet.model.records import Batch, PaymentOrder
from guichet.model.territory import PLACEHOLDER, Territory
from guichet.plugin.contracts import PluginError
from guichet.services.cases import UseCases
from guichet.services.deliveries import Delivered, as_written, finish_batch, freeze
from guichet.services.quarantine import require_released
from guichet.services.refusals import Refused
from guichet.storage import Tx, batches, holds, outbox, payment_runs
from guichet.storage import payments as orders

__all__ = [
    "Failed",
    "PaymentReport",
    "PlacePaid",
    "SetAside",
    "imputation_of",
    "pay_place",
    "run_duty",
    "run_payments",
]

_GRACE = timedelta(minutes=5)  # a run that lives finishes its own batches well before


@dataclass(frozen=True, slots=True)
class SetAside:
    """An order kept out of the file, and why."""

    order: PaymentOrder
    dossier: str
    reason: str


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
    """Write and deliver the day's files; a place that fails stops no other. Raises Quarantined."""
    require_released(cases)
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
        batch, hostile = _make_batch(cases, on, scheme, territory)
        paid.set_aside.extend(hostile)
        if batch is not None:
            paid.delivered.append(finish_batch(cases, batch))
    return paid


def _make_batch(cases: UseCases, on: date, scheme: str, territory: str) -> tuple[Batch | None, list[SetAside]]:
    """The batch of what is ordered and in no file, and the orders that were set aside for it."""
    waiting = cases.store.read(lambda tx: _waiting(tx, scheme, territory))
    if not waiting:
        return None, []
    compiled = cases.snapshots.current(scheme, territory)
    payment = compiled.scheme.payment if compiled is not None else None
    if compiled is None or payment is None:
        raise Refused("payment_not_published", scheme=scheme, territory=territory)
    frozen = _frozen(cases, compiled, payment, on)
    good, hostile = _sort_out(cases, payment, frozen, waiting)
    hostile = [one for one in hostile if one.order.set_aside_reason is None]
    if hostile:
        cases.store.act(lambda tx: _keep_out(tx, hostile))
    if any(line.order.id in good and line.order.set_aside_reason is not None for line in waiting):
        cases.store.act(lambda tx: _take_back(tx, scheme, territory, good))
    batch = cases.store.act(lambda tx: _take(tx, scheme, territory, on, frozen, good)) if good else None
    return batch, hostile


def _waiting(tx: Tx, scheme: str, territory: str) -> list[payment_runs.Line]:
    waiting = [*orders.due(tx, scheme, territory), *payment_runs.kept_out(tx, scheme, territory)]
    return payment_runs.waiting(tx, waiting)


def _sort_out(
    cases: UseCases,
    payment: Payment,
    frozen: Mapping[str, Any],
    waiting: Sequence[payment_runs.Line],
) -> tuple[set[str], list[SetAside]]:
    """The ids of the orders the writer can write, and the others with its reason: one hostile name stops one order."""
    writer = cases.plugins.payment_writers[payment.writer.plugin]
    options = writer.Options.model_validate(payment.writer.options)
    good: set[str] = set()
    hostile: list[SetAside] = []
    for line in waiting:
        order = line.order
        written = as_written(line, frozen["imputation"])
        reason = cases.plugins.call(
            f"payment_writers:{payment.writer.plugin}", lambda written=written: writer.check(written, options)
        )
        if reason is None:
            good.add(order.id)
        else:
            hostile.append(SetAside(order, line.dossier, reason.fr))
    return good, hostile


def _keep_out(tx: Tx, hostile: Sequence[SetAside]) -> None:
    standing = {order.id for one in hostile[:1] for order in orders.due(tx, one.order.scheme, one.order.territory)}
    for one in hostile:
        if one.order.id not in standing:
            continue  # another run has set it aside already
        orders.set_aside(tx, one.order.id, one.reason)
        data = {"order": one.order.reference, "reason": one.reason}
        tx.journal(one.order.territory, "payment_set_aside", subject=one.order.dossier, data=data)


def _take_back(tx: Tx, scheme: str, territory: str, good: set[str]) -> None:
    for order in payment_runs.kept_out(tx, scheme, territory):
        if order.id in good:
            orders.take_back(tx, order.id)
            data = {"order": order.reference, "reason": order.set_aside_reason}
            tx.journal(territory, "payment_taken_back", subject=order.dossier, data=data)


def _take(tx: Tx, scheme: str, territory: str, on: date, frozen: Mapping[str, Any], good: set[str]) -> Batch | None:
    """Put in one batch what was checked and is still in no file; None when another run took it all, or a hold came."""
    if holds.standing(tx, scheme, territory) is not None:
        return None
    taken = [order for order in orders.due(tx, scheme, territory) if order.id in good]
    if not taken:
        return None
    batch = batches.write(
        tx,
        scheme=scheme,
        territory=territory,
        payer=str(frozen["payer"]),
        on_day=on,
        orders=taken,
        frozen=freeze(frozen),
    )
    outbox.put(tx, "deliver_batch", {"batch": batch.id}, key=f"deliver_batch:{batch.id}", due_at=tx.real_now + _GRACE)
    data = {
        "batch": batch.id,
        "day": on.isoformat(),
        "number": batch.number,
        "lines": batch.lines,
        "cents": batch.cents,
    }
    tx.journal(territory, "batch_written", subject=batch.id, data=data)
    return batch


def imputation_of(territory: Territory, payment: Payment) -> dict[str, str]:
    """The accounting references of a payment: the scheme's, the territory's own in their place."""
    told = {name: text for name, text in territory.imputation.items() if text and text != PLACEHOLDER}
    return {**payment.imputation, **told}


def _frozen(cases: UseCases, compiled: CompiledScheme, payment: Payment, on: date) -> dict[str, Any]:
    """All a file says beyond its orders, kept with the batch so that it can be written again years later.

    Raises:
        Refused: A live instance still has placeholders where the accountant expects references.
    """
    territory = cases.territory(compiled.territory)
    imputation = imputation_of(territory, payment)
    payer = payment.paid_by or territory.payer.get("name", "")
    if cases.mode == "live":
        left = [name for name, text in (*imputation.items(), ("payer.name", payer)) if text == PLACEHOLDER]
        if left:
            raise Refused("payment_placeholders", names=left)
    return {
        "snapshot": compiled.hash,
        "mode": cases.mode,
        "payer": payer,
        "writer": {"plugin": payment.writer.plugin, "options": dict(payment.writer.options)},
        "delivery": {"plugin": payment.delivery.plugin, "options": dict(payment.delivery.options)},
        "imputation": imputation,
        "header": _header(compiled, payment, territory, on),
    }


def _header(compiled: CompiledScheme, payment: Payment, territory: Territory, on: date) -> dict[str, Any]:
    """What the files say of the batch as a whole, and who signs its statement on the day."""
    deciding = [stage.issued_by for stage in compiled.scheme.workflow.stages.values() if stage.act == "decision"]
    issuer = payment.signed_by or next((name for name in reversed(deciding) if name), None)
    signs = next(iter(territory.signatories_for(issuer, on).values()), None) if issuer else None
    authority = territory.authority_on(on)
    accountant = territory.payer.get("accountant", "")
    return {
        "title": compiled.scheme.title,
        "authority": authority.council,
        "place": authority.city,
        "accountant": accountant if accountant != PLACEHOLDER else "",
        "basis": compiled.scheme.legal.basis,
        "signatory": signs
        and {"name": signs.name, "quality": signs.quality, "lines": [signs.delegation] if signs.delegation else []},
    }
