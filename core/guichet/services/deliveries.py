"""From a batch to a file that has left: written from the database alone, counted again, handed over, frozen.

Each step may be done again: the same batch gives the same bytes, the seal accepts no others, the receiver takes the
same file once, and only the first transmission moves the orders.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from guichet.errors import GuichetError
from guichet.model.records import Batch, PaymentOrder
from guichet.plugin.contracts import BatchHeader, OutgoingFile, PaymentFile
from guichet.plugin.contracts import PaymentOrder as OrderToWrite
from guichet.plugin.contracts.base import Mode
from guichet.services.cases import UseCases
from guichet.storage import Tx, batches, outbox, payment_runs

__all__ = [
    "FOLDER",
    "Delivered",
    "TotalsDiffer",
    "as_written",
    "deliver_batch",
    "finish_batch",
    "freeze",
    "thaw",
    "write_file",
]

FOLDER = "payments"
"""Where a folder delivery lays files, below the instance's own folder."""


class TotalsDiffer(GuichetError):  # noqa: N818  reads as the fact it states
    """The bytes of a file do not hold what its orders do: it does not leave."""

    def __init__(self, batch: Batch, lines: int, cents: int) -> None:
        self.batch = batch
        super().__init__(f"batch {batch.id}: {batch.lines} orders and {batch.cents} cents, file {lines} and {cents}")


@dataclass(frozen=True, slots=True)
class Delivered:
    """A batch that has left, and where its file lies."""

    batch: Batch
    reference: str


def deliver_batch(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Finish a batch that a run left behind: the duty `deliver_batch {batch}`."""
    batch_id = str(payload["batch"])
    batch = cases.store.read(lambda tx: batches.by_id(tx, batch_id))
    if batch.state == "written":
        finish_batch(cases, batch)


def finish_batch(cases: UseCases, batch: Batch) -> Delivered:
    """Write, count, seal, hand over and freeze a batch, from wherever it stopped.

    Raises:
        TotalsDiffer: The file does not hold the sum of its orders.
        OrderMovedError: It was sealed with other bytes.
        PluginError, PluginFailed: The writer or the delivery cannot, for now or for good.
    """
    file = write_file(cases, batch)
    digest = sha256(file.content).hexdigest()
    sealed = cases.store.act(
        lambda tx: batches.seal(tx, batch.id, file_name=file.name, sha256=digest, size=len(file.content))
    )
    reference = _hand_over(cases, sealed, OutgoingFile(file.name, file.content))
    cases.store.act(lambda tx: _freeze(tx, sealed, reference))
    return Delivered(cases.store.read(lambda tx: batches.by_id(tx, batch.id)), reference)


def write_file(cases: UseCases, batch: Batch) -> PaymentFile:
    """The file of a batch, from what the database froze with it: the same bytes whenever it is asked for."""
    lines = cases.store.read(lambda tx: payment_runs.lines(tx, batch.id))
    frozen = thaw(batch.frozen)
    key = frozen["writer"]["plugin"]
    writer = cases.plugins.payment_writers[key]
    options = writer.Options.model_validate(frozen["writer"]["options"])
    header = BatchHeader(
        id=batch.id,
        number=batch.number,
        date=batch.on_day,
        scheme=batch.scheme,
        territory=batch.territory,
        payer=batch.payer,
        mode=_mode(frozen),
    )
    orders = [as_written(order, reference, frozen["imputation"]) for order, reference in lines]
    context = replace(cases.context(batch.territory), today=batch.on_day)
    file = cases.plugins.call(f"payment_writers:{key}", lambda: writer.write(header, orders, options, context))
    totals = cases.plugins.call(f"payment_writers:{key}", lambda: writer.read_back(file.content, options))
    if (totals.lines, totals.cents) != (batch.lines, batch.cents) or len(orders) != batch.lines:
        raise TotalsDiffer(batch, totals.lines, totals.cents)
    return file


def freeze(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as a batch keeps them: as text, because the order of the options' keys is the order of the columns."""
    return {"json": json.dumps(settings, ensure_ascii=False)}


def thaw(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """The settings a batch was made with."""
    return json.loads(frozen["json"])


def as_written(order: PaymentOrder, dossier: str, imputation: Mapping[str, str]) -> OrderToWrite:
    """A stored order as a writer takes it."""
    return OrderToWrite(
        id=order.reference,
        dossier=dossier,
        payee=order.payee,
        iban=order.iban,
        bic=order.bic or "",
        cents=order.cents,
        label=order.label,
        siret=order.siret or "",
        imputation=dict(imputation),
    )


def _hand_over(cases: UseCases, batch: Batch, file: OutgoingFile) -> str:
    chosen: Mapping[str, Any] = thaw(batch.frozen)["delivery"]
    delivery = cases.plugins.deliveries[chosen["plugin"]]
    options = cases.service_options(delivery, chosen["options"])
    context = replace(cases.context(batch.territory), folder=cases.folder / FOLDER)
    key = f"deliveries:{chosen['plugin']}"
    return cases.plugins.call(key, lambda: delivery.deliver(file, options, context)).reference


def _freeze(tx: Tx, batch: Batch, reference: str) -> None:
    if not batches.transmit(tx, batch.id):
        return
    for order in batches.orders(tx, batch.id):
        payload = {"dossier": order.dossier, "event": "payment_ordered", "order": order.id}
        outbox.put(tx, "notice", payload, key=f"notice:payment_ordered:{order.id}")
    data = {"batch": batch.id, "file": batch.file_name, "sha256": batch.sha256, "lines": batch.lines}
    tx.journal(
        batch.territory, "batch_transmitted", subject=batch.id, data={**data, "cents": batch.cents, "to": reference}
    )


def _mode(frozen: Mapping[str, Any]) -> Mode:
    return "live" if frozen["mode"] == "live" else "sandbox"
