"""What must hold of every dossier, order, envelope and journal, whatever was done to them and in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from guichet.model.records import Dossier
from guichet.storage import Tx, decisions, dossiers, envelopes, journal, later_filings, recoveries
from guichet.storage import payments as orders
from guichet.storage.tables import batch, batch_line
from random_lives import Walk, a_walk
from settling import PLACE, SCHEME

__all__ = ["Books", "faults_of"]

_LEAVING = ("ordered", "resumed", "suspended", "transmitted")


class Books:
    """The books of a walk; `faults` says what is wrong in them after an act, empty when nothing is."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.left: set[tuple[str, str]] = set()

    def faults(self) -> list[str]:
        """What is wrong now; the files that left since the last time are looked at line by line."""
        return self.walk.cases.store.read(lambda tx: [*self._faults(tx)])

    def _faults(self, tx: Tx) -> Iterator[str]:
        there = [dossiers.by_id(tx, one) for one in self.walk.ids]
        for dossier in there:
            yield from _of_dossier(tx, dossier)
        holders = Counter(one.grant_key for one in there if one.granted_cents)
        yield from (f"{key} holds {number} grants" for key, number in holders.items() if number > 1)
        yield from _of_envelope(tx, there)
        yield from self._of_files(tx)
        yield from journal.verify(tx, PLACE).faults

    def _of_files(self, tx: Tx) -> Iterator[str]:
        """A line leaves while its decision stands, and pays no more than what it granted, less what is out."""
        sent = select(batch_line.c.payment_order, batch_line.c.batch).join(batch, batch.c.id == batch_line.c.batch)
        now = {(row.payment_order, row.batch) for row in tx.all(sent.where(batch.c.state == "transmitted"))}
        for order_id, _ in now - self.left:
            order = orders.by_id(tx, order_id)
            dossier = dossiers.by_id(tx, order.dossier)
            made = orders.of_dossier(tx, dossier.id)
            out = sum(one.cents for one in made if one.state in ("paid", "transmitted"))
            back = recoveries.reimbursed(tx, dossier.id)
            if out - back > (dossier.granted_cents or 0):
                yield f"{order.reference} left: {out} out, {back} back, {dossier.granted_cents} granted"
        self.left = now


def _of_dossier(tx: Tx, dossier: Dossier) -> Iterator[str]:
    made, decided = orders.of_dossier(tx, dossier.id), decisions.of_dossier(tx, dossier.id)
    granted = (dossier.granted_cents or 0) if dossier.phase == "decided" else 0
    held = sum(envelopes.held_by(tx, dossier.id).values())
    out = sum(one.cents for one in made if one.state == "paid") - recoveries.reimbursed(tx, dossier.id)
    name = f"{dossier.reference} ({dossier.phase} {dossier.end})"
    if granted:
        standing = sum(one.cents for one in made if one.state != "rejected" and one.decision == decided[-1].id)
        if standing > granted:
            yield f"{name}: {standing} ordered of {granted} granted"
        if held != granted:
            yield f"{name}: {held} committed for {granted} granted"
    else:
        yield from (f"{name}: {one.reference} is {one.state}" for one in made if one.state in _LEAVING)
        if held and out <= 0:
            yield f"{name}: {held} committed while nothing is out"
    if dossier.phase != "decided":
        waiting = [one.form for one in later_filings.of_dossier(tx, dossier.id) if one.state in ("asked", "filed")]
        yield from (f"{name}: {form} waits" for form in waiting)


def _of_envelope(tx: Tx, there: list[Dossier]) -> Iterator[str]:
    envelope = envelopes.find(tx, SCHEME, PLACE)
    if envelope is None:
        return
    held = sum(sum(envelopes.held_by(tx, one.id).values()) for one in there)
    if not held == envelope.committed_cents == envelopes.ledger_cents(tx, envelope.id):
        yield f"the envelope says {envelope.committed_cents}, its dossiers hold {held}"
    if envelope.ceiling_cents is not None and envelope.committed_cents > envelope.ceiling_cents:
        yield f"the envelope holds {envelope.committed_cents} of {envelope.ceiling_cents}"


def faults_of(folder: Path, seed: int, steps: int, url: str | None = None) -> list[str]:
    """Walk until something is wrong, and give what, with the last acts."""
    with a_walk(folder, seed, url) as walk:
        books = Books(walk)
        for _ in range(steps):
            walk.step()
            if found := books.faults():
                return [*found, *walk.log[-8:]]
        assert walk.done["decide done"] > 3, walk.done
    return []
