"""From a batch to files that have left: written from the database alone, counted again, handed over, frozen.

Each step may be done again: the same batch gives the same bytes, the seal accepts no others once a file was begun, a
ledger says which files the receiver has, and only the first transmission moves the orders.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from guichet.errors import GuichetError
from guichet.model.records import Batch
from guichet.plugin.contracts import (
    Act,
    BatchHeader,
    OrderPart,
    OutgoingFile,
    PaymentFile,
    Refused,
    Signatory,
    Unavailable,
)
from guichet.plugin.contracts import PaymentOrder as OrderToWrite
from guichet.plugin.contracts.base import Mode
from guichet.services.cases import UseCases
from guichet.services.quarantine import require_released
from guichet.storage import Tx, batch_answers, batch_files, batches, holds, outbox, payment_runs

__all__ = [
    "FOLDER",
    "Delivered",
    "TotalsDiffer",
    "as_written",
    "deliver_batch",
    "finish_batch",
    "freeze",
    "header_of",
    "note_transmitted",
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
    """Finish a batch that a run left behind, unless its place is held: the duty `deliver_batch {batch}`."""
    batch_id = str(payload["batch"])

    def left(tx: Tx) -> Batch | None:
        batch = batches.by_id(tx, batch_id)
        held = holds.standing(tx, batch.scheme, batch.territory) is not None
        over = held or batch.state != "written" or batch_answers.answer_of(tx, batch_id) == "not_received"
        return None if over else batch

    batch = cases.store.read(left)
    if batch is not None:
        finish_batch(cases, batch)


def finish_batch(cases: UseCases, batch: Batch) -> Delivered:
    """Write, count, seal, hand over and freeze a batch, from wherever it stopped.

    Raises:
        TotalsDiffer: The file does not hold the sum of its orders.
        OrderMovedError: It was sealed with other bytes, and a file of it was begun or laid.
        PluginError, PluginFailed: The writer or the delivery cannot, for now or for good.
    """
    laid = cases.store.read(lambda tx: batch_files.of_batch(tx, batch.id))
    if batch.sha256 and laid and all(file.state == "laid" for file in laid):
        return _finished(cases, batch, laid[-1].reference)  # only the note was missing
    counted = write_file(cases, batch)
    files = counted.all
    sealed = cases.store.act(lambda tx: _seal(tx, batch, counted))
    references = [_hand_over(cases, sealed, position, file) for position, file in enumerate(files)]
    return _finished(cases, sealed, references[-1])


def _finished(cases: UseCases, batch: Batch, reference: str) -> Delivered:
    cases.store.act(lambda tx: note_transmitted(tx, batch, reference))
    return Delivered(cases.store.read(lambda tx: batches.by_id(tx, batch.id)), reference)


def write_file(cases: UseCases, batch: Batch) -> PaymentFile:
    """The files of a batch, from what the database froze with it: the same bytes whenever they are asked for."""
    lines = cases.store.read(lambda tx: payment_runs.lines(tx, batch.id))
    frozen = thaw(batch.frozen)
    key = frozen["writer"]["plugin"]
    writer = cases.plugins.payment_writers[key]
    options = writer.Options.model_validate(frozen["writer"]["options"])
    header = header_of(frozen, batch.on_day, batch.scheme, batch.territory, batch=batch.id, number=batch.number)
    orders = [as_written(line, frozen) for line in lines]
    context = replace(cases.context(batch.territory), today=batch.on_day)
    file = cases.plugins.call(f"payment_writers:{key}", lambda: writer.write(header, orders, options, context))
    totals = cases.plugins.call(f"payment_writers:{key}", lambda: writer.read_back(file.content, options))
    expected = sum(len(order.parts) or 1 for order in orders) if writer.by_part else batch.lines
    if (totals.lines, totals.cents) != (expected, batch.cents) or len(orders) != batch.lines:
        raise TotalsDiffer(batch, totals.lines, totals.cents)
    return file


def header_of(
    frozen: Mapping[str, Any], on: date, scheme: str, territory: str, *, batch: str, number: int
) -> BatchHeader:
    """What files say beyond their lines, from the settings that were frozen for them."""
    told: Mapping[str, Any] = frozen.get("header") or {}
    signs = told.get("signatory")
    return BatchHeader(
        id=batch,
        number=number,
        date=on,
        scheme=scheme,
        territory=territory,
        payer=str(frozen["payer"]),
        mode=_mode(frozen),
        title=told.get("title", ""),
        authority=told.get("authority", ""),
        accountant=told.get("accountant", ""),
        place=told.get("place", ""),
        basis=told.get("basis", ""),
        signatory=Signatory(signs["name"], signs["quality"], tuple(signs["lines"])) if signs else None,
    )


def _seal(tx: Tx, batch: Batch, counted: PaymentFile) -> Batch:
    digests = [(file.name, _digest(file), len(file.content)) for file in counted.all]
    again = batch_files.seal(tx, batch.id, digests)
    name, digest, size = digests[-1]
    sealed = batches.seal(tx, batch.id, file_name=name, sha256=digest, size=size, again=again)
    if again:  # another version of what writes them: nobody has seen the bytes before
        data = {"batch": batch.id, "files": [{"file": name, "sha256": digest} for name, digest, _ in digests]}
        tx.journal(batch.territory, "batch_sealed_again", subject=batch.id, data=data)
    return sealed


def _digest(file: PaymentFile) -> str:
    return sha256(file.content).hexdigest()


def freeze(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as a batch keeps them: as text, because the order of the options' keys is the order of the columns."""
    return {"json": json.dumps(settings, ensure_ascii=False)}


def thaw(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """The settings a batch was made with."""
    return json.loads(frozen["json"])


def as_written(line: payment_runs.Line, frozen: Mapping[str, Any]) -> OrderToWrite:
    """A stored order as a writer takes it.

    Args:
        frozen: `imputation` of a batch, and its `imputations` by amount: without them an order is one line.
    """
    order, told = line.order, line.told
    shared: Mapping[str, str] = frozen["imputation"]
    by_amount: Mapping[str, Mapping[str, str]] = frozen.get("imputations") or {}
    parts = [OrderPart(one.amount, one.label, one.cents, by_amount.get(one.amount, shared)) for one in line.parts]
    act: Mapping[str, str] = told.get("act") or {}
    return OrderToWrite(
        id=order.reference,
        dossier=line.dossier,
        payee=order.payee,
        iban=order.iban,
        bic=order.bic or "",
        cents=order.cents,
        label=order.label,
        siret=order.siret or "",
        imputation=shared,
        act=Act(
            number=act.get("number", ""),
            date=date.fromisoformat(act["date"]) if act.get("date") else None,
            form=act.get("form", ""),
            signatory=act.get("signatory", ""),
            quality=act.get("quality", ""),
        ),
        details=dict(told.get("details") or {}),
        facts=tuple((label, text) for label, text in told.get("facts") or ()),
        sending=line.sending,
        parts=tuple(parts) if by_amount else (),
    )


def _hand_over(cases: UseCases, batch: Batch, position: int, file: PaymentFile) -> str:
    """Hand one file over, noted before and after: one noted as laid is never laid again.

    An attempt cut short between the two notes leaves a doubt. If the file still lies there, the delivery says so; if
    not, nobody can tell whether it was taken, so it is laid again and the journal tells it.
    """
    require_released(cases)
    before = cases.store.act(lambda tx: batch_files.begin(tx, batch.id, position, _digest(file)))
    if before.state == "laid":
        return before.reference
    chosen: Mapping[str, Any] = thaw(batch.frozen)["delivery"]
    delivery = cases.plugins.deliveries[chosen["plugin"]]
    options = cases.service_options(delivery, chosen["options"])
    context = replace(cases.context(batch.territory), folder=cases.folder / FOLDER)
    key = f"deliveries:{chosen['plugin']}"
    outgoing = OutgoingFile(file.name, file.content)
    try:
        done = cases.plugins.call(key, lambda: delivery.deliver(outgoing, options, context))
    except (Refused, Unavailable):
        if before.state == "sealed":  # an earlier doubt stands
            cases.store.act(lambda tx: batch_files.not_laid(tx, batch.id, position))
        raise
    doubtful = before.state == "begun" and not done.already
    cases.store.act(lambda tx: _laid(tx, batch, position, file.name, done.reference, doubtful=doubtful))
    return done.reference


def _laid(tx: Tx, batch: Batch, position: int, name: str, reference: str, *, doubtful: bool) -> None:
    batch_files.laid(tx, batch.id, position, reference)
    if doubtful:
        data = {"batch": batch.id, "file": name, "to": reference}
        tx.journal(batch.territory, "batch_file_laid_again", subject=batch.id, data=data)


def note_transmitted(tx: Tx, batch: Batch, reference: str) -> None:
    """Freeze a batch that has left, with its orders, and owe each applicant a message; the first time only."""
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
