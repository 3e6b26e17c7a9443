"""The batch of a run: what is ordered and in no file, less what the writer cannot write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from guichet.locale import format_money
from guichet.model.payment import Payment
from guichet.model.records import Batch, PaymentOrder
from guichet.plugin.contracts import UNMADE, BatchHeader, Reason
from guichet.plugin.contracts import PaymentOrder as OrderToWrite
from guichet.services.batch_settings import frozen_settings
from guichet.services.cases import UseCases
from guichet.services.deliveries import as_written, freeze, header_of
from guichet.services.refusals import Refused
from guichet.storage import Tx, batches, holds, outbox, payment_runs
from guichet.storage import payments as orders

__all__ = ["SetAside", "make_batch"]


_GRACE = timedelta(minutes=5)  # a run that lives finishes its own batches well before


@dataclass(frozen=True, slots=True)
class SetAside:
    """An order kept out of the file, and why."""

    order: PaymentOrder
    dossier: str
    reason: str


def make_batch(cases: UseCases, on: date, scheme: str, territory: str) -> tuple[Batch | None, list[SetAside]]:
    """The batch of what is ordered and in no file, and the orders that were set aside for it.

    Raises:
        Refused: The scheme is not published there, or pays nothing; a live instance still has placeholders.
    """
    waiting = cases.store.read(lambda tx: _waiting(tx, scheme, territory))
    if not waiting:
        return None, []
    compiled = cases.snapshots.current(scheme, territory)
    payment = compiled.scheme.payment if compiled is not None else None
    if compiled is None or payment is None:
        raise Refused("payment_not_published", scheme=scheme, territory=territory)
    frozen = frozen_settings(cases, compiled, payment, on)
    number = cases.store.read(lambda tx: batches.next_number(tx, scheme, territory, on))
    header = header_of(frozen, on, scheme, territory, batch=UNMADE, number=number)
    good, hostile = _sort_out(cases, payment, frozen, waiting, header)
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
    header: BatchHeader,
) -> tuple[set[str], list[SetAside]]:
    """The ids of the orders the writer can write, and the others with its reason: one hostile name stops one order."""
    key = f"payment_writers:{payment.writer.plugin}"
    writer = cases.plugins.payment_writers[payment.writer.plugin]
    options = writer.Options.model_validate(payment.writer.options)
    good: list[tuple[payment_runs.Line, OrderToWrite]] = []
    hostile: list[SetAside] = []
    for line in sorted(waiting, key=lambda line: line.order.id):  # by line of the file, for what is taken back too
        written = as_written(line, frozen)
        reason = (
            _paid_before(line)
            or _without_imputation(written, frozen)
            or cases.plugins.call(key, lambda written=written: writer.check(written, options))
        )
        if reason is None:
            good.append((line, written))
        else:
            hostile.append(SetAside(line.order, line.dossier, reason.fr))
    if not good:
        return set(), hostile
    to_write = [written for _, written in good]
    crowded = cases.plugins.call(key, lambda: writer.check_batch(header, to_write, options))
    hostile += [SetAside(one.order, one.dossier, crowded[to.id].fr) for one, to in good if to.id in crowded]
    return {one.order.id for one, to in good if to.id not in crowded}, hostile


def _paid_before(line: payment_runs.Line) -> Reason | None:
    """Why an order would pay a second time: an accountant may pay after all what an undone decision had ordered."""
    if not line.out:
        return None
    fr, en = (format_money(line.out, language) for language in ("fr", "en"))
    return Reason(
        fr=f"Une décision retirée de ce dossier a été payée, et {fr} ne sont pas revenus : réclamez-les d'abord.",
        en=f"A decision of this dossier that was undone was paid, and {en} did not come back: claim them first.",
    )


def _without_imputation(order: OrderToWrite, frozen: Mapping[str, Any]) -> Reason | None:
    """Why an order cannot be charged: an amount was declared when it was granted, and has no references any more."""
    unknown = next((part for part in order.parts if part.amount not in frozen["imputations"]), None)
    if unknown is None:
        return None
    return Reason(
        fr=f"Le montant « {unknown.label} » ({unknown.amount}) n'a pas d'imputation dans le dispositif en vigueur.",
        en=f'The amount "{unknown.label}" ({unknown.amount}) has no imputation in the scheme in force.',
    )


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
