"""The ledger of a batch's files: sealed with the batch, begun before each handing over, laid after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from sqlalchemy import delete, select, update

from guichet.storage.errors import OrderMovedError
from guichet.storage.rows import every, reading
from guichet.storage.tables.money import batch
from guichet.storage.tables.paying import batch_answer, batch_file
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

    Others take their place as long as they were not begun: then it is sure that no receiver has them. A file that is
    laid stays as it is, whatever it would be written to today.

    Raises:
        OrderMovedError: a file was begun, and this is another; or they have other names than those laid.
    """
    _lock(tx, batch_id)
    _insert(tx, batch_id, files)
    before = of_batch(tx, batch_id)
    begun = any(file.state != "sealed" for file in before)
    if begun and [file.name for file in before] != [name for name, _, _ in files]:
        raise OrderMovedError(order=batch_id, state="sealed", wanted="written")
    others = [
        file.position
        for file, told in zip_longest(before, files)
        if file is not None and file.state != "laid" and (file.name, file.sha256, file.bytes) != told
    ]
    if any(before[position].state == "begun" for position in others):
        raise OrderMovedError(order=batch_id, state="sealed", wanted="written")
    if not others:
        return False
    free = (batch_file.c.batch == batch_id, batch_file.c.state == "sealed")
    tx.run(delete(batch_file).where(*free))
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
        OrderMovedError: it was sealed again meanwhile, with other bytes than those in hand, or it is settled.
    """
    _lock(tx, batch_id)
    here = (batch_file.c.batch == batch_id, batch_file.c.position == position)
    before = BatchFile(*tx.all(_READ.where(*here).with_for_update())[0])
    if before.state == "laid":
        return before
    if before.sha256 != sha256 or tx.value(select(batch_answer.c.answer).where(batch_answer.c.batch == batch_id)):
        raise OrderMovedError(order=batch_id, state="sealed", wanted="written")
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
