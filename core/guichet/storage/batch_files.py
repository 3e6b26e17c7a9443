"""The ledger of a batch's files: sealed with the batch, begun before each handing over, laid after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from guichet.storage.errors import OrderMovedError
from guichet.storage.rows import every, reading
from guichet.storage.tables.money import batch
from guichet.storage.tables.paying import batch_file
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["BatchFile", "begin", "laid", "not_laid", "of_batch", "seal"]


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file of a batch and how far its handing over went."""

    batch: str
    position: int
    name: str
    sha256: str
    bytes: int
    state: str
    attempts: int
    reference: str
    begun_at: datetime | None
    laid_at: datetime | None


_READ = reading(batch_file, BatchFile)


def seal(tx: Tx, batch_id: str, files: Sequence[tuple[str, str, int]]) -> bool:
    """Note the files of a batch as (name, sha256, size), and tell whether others were noted before.

    Others take their place as long as no file was begun: then it is sure that no receiver has any.

    Raises:
        OrderMovedError: a file was begun or laid, and these are others.
    """
    _lock(tx, batch_id)
    _insert(tx, batch_id, files)
    before = of_batch(tx, batch_id)
    if [(file.name, file.sha256, file.bytes) for file in before] == list(files):
        return False
    if any(file.state != "sealed" for file in before):
        raise OrderMovedError(order=batch_id, state="sealed", wanted="written")
    tx.run(delete(batch_file).where(batch_file.c.batch == batch_id))
    _insert(tx, batch_id, files)
    return True


def _lock(tx: Tx, batch_id: str) -> None:
    """Whoever seals or begins a file of a batch waits for the other: what is read next is what they left."""
    tx.value(select(batch.c.id).where(batch.c.id == batch_id).with_for_update())


def _insert(tx: Tx, batch_id: str, files: Sequence[tuple[str, str, int]]) -> None:
    for position, (name, digest, size) in enumerate(files):
        given = {"batch": batch_id, "position": position, "name": name, "sha256": digest, "bytes": size}
        insert_unless_there(tx, batch_file, **given, state="sealed", attempts=0, reference="")


def of_batch(tx: Tx, batch_id: str) -> list[BatchFile]:
    """Give the files of a batch, in the order they leave."""
    return every(tx, BatchFile, _READ.where(batch_file.c.batch == batch_id).order_by(batch_file.c.position))


def begin(tx: Tx, batch_id: str, position: int, sha256: str) -> BatchFile:
    """Note that a file is about to be handed over, and give what was known of it before; one that is laid stays so.

    Raises:
        OrderMovedError: it was sealed again meanwhile, with other bytes than those in hand.
    """
    _lock(tx, batch_id)
    here = (batch_file.c.batch == batch_id, batch_file.c.position == position)
    before = BatchFile(*tx.all(_READ.where(*here).with_for_update())[0])
    if before.sha256 != sha256:
        raise OrderMovedError(order=batch_id, state="sealed", wanted="written")
    if before.state != "laid":
        values = {"state": "begun", "attempts": batch_file.c.attempts + 1, "begun_at": tx.real_now}
        tx.run(update(batch_file).where(*here, batch_file.c.state != "laid").values(**values))
    return before


def laid(tx: Tx, batch_id: str, position: int, reference: str) -> None:
    """Note that the receiver has a file, and where; the first note stands."""
    here = (batch_file.c.batch == batch_id, batch_file.c.position == position, batch_file.c.state != "laid")
    tx.run(update(batch_file).where(*here).values(state="laid", reference=reference, laid_at=tx.real_now))


def not_laid(tx: Tx, batch_id: str, position: int) -> None:
    """Note that an attempt ended and that the delivery says the receiver has nothing."""
    here = (batch_file.c.batch == batch_id, batch_file.c.position == position, batch_file.c.state == "begun")
    tx.run(update(batch_file).where(*here).values(state="sealed"))
