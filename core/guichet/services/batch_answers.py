"""A batch that could not be finished, settled by a person who asked its receiver: it has it, or never had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guichet.model.records import Batch
from guichet.services.cases import UseCases
from guichet.services.deliveries import note_transmitted
from guichet.services.quarantine import require_released
from guichet.services.refusals import NotFound, Refused
from guichet.storage import Tx, batch_answers, batch_files, batches
from guichet.storage.batch_answers import Answer
from guichet.storage.errors import OrderMovedError

__all__ = ["Answered", "settle_batch"]


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a batch, and the references of its orders."""

    batch: Batch
    orders: tuple[str, ...]


def settle_batch(
    cases: UseCases, scheme: str, territory: str, on: date, number: int, answer: Answer, *, because: str, by: str
) -> Answered:
    """Settle a batch that has not left: received, it is transmitted; not received, its orders enter the next file.

    Raises:
        NotFound: There is no such batch.
        Refused: No reason or no name is given, the batch has left or is settled, or it is on its way right now.
        Quarantined: The installation is held back after a restoration.
    """
    require_released(cases)
    if not because.strip() or not by.strip():
        raise Refused("batch_answer_unsigned")

    def act(tx: Tx) -> Answered:
        found = next((one for one in batches.of_day(tx, scheme, territory, on) if one.number == number), None)
        if found is None:
            raise NotFound
        try:
            orders = batch_answers.answer_batch(tx, found.id, answer, because=because.strip(), by=by.strip())
        except OrderMovedError as error:
            raise Refused("batch_not_open", state=error.data["state"]) from error
        data = {"batch": found.id, "answer": answer, "because": because.strip(), "by": by.strip(), "orders": orders}
        tx.journal(territory, "batch_answered", subject=found.id, data=data)
        if answer == "received":
            note_transmitted(tx, found, batch_files.of_batch(tx, found.id)[-1].reference)
        return Answered(batches.by_id(tx, found.id), tuple(orders))

    return cases.store.act(act)
