"""Totals for dashboards and for the demo's books: counted by the database, one statement each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, func, select

from guichet.storage.tables.dossiers import decision, dossier, opinion
from guichet.storage.tables.files import document, notice
from guichet.storage.tables.journal import event
from guichet.storage.tables.money import batch, envelope, ledger_line, payment_order
from guichet.storage.tables.parts import decision_part
from guichet.storage.tx import Tx

__all__ = ["Totals", "left_on_proofs", "totals"]


@dataclass(frozen=True, slots=True)
class Totals:
    """A scheme's books, each figure from its own table so that they can be compared."""

    filed: int
    granted: int
    refused: int
    open: int
    granted_cents: int
    decided_cents: int
    ledger_cents: int
    committed_cents: int
    ordered_cents: int
    opinions: int
    letters: int
    notices: int
    payment_files: int
    payment_lines: int
    payment_cents: int
    journal_events: int


def left_on_proofs(tx: Tx, scheme: str, amount: str | None) -> int:
    """Give what was granted on proofs and is not ordered yet: one amount of the aid, or the whole of each grant."""
    mine = select(dossier.c.id).where(dossier.c.scheme == scheme, dossier.c.practice.is_(False))
    decided = select(decision.c.id).where(decision.c.dossier.in_(mine))
    on_proofs = (
        _sum(tx, decision.c.amount_cents, decision.c.dossier.in_(mine))
        if amount is None
        else _sum(tx, decision_part.c.cents, decision_part.c.decision.in_(decided), decision_part.c.amount == amount)
    )
    asked = (payment_order.c.dossier.in_(mine), payment_order.c.instalment > 1, payment_order.c.state != "rejected")
    return on_proofs - _sum(tx, payment_order.c.cents, *asked)


def totals(tx: Tx, scheme: str) -> Totals:
    """Give a scheme's books; `granted` counts in full and in part, `refused` every other end, `open` the undecided."""
    filed = (dossier.c.scheme == scheme, dossier.c.filed_at.is_not(None), dossier.c.practice.is_(False))
    granted = dossier.c.end.in_(("granted", "granted_in_part"))
    mine = select(dossier.c.id).where(dossier.c.scheme == scheme, dossier.c.practice.is_(False))
    batches = (batch.c.scheme == scheme,)
    return Totals(
        filed=_count(tx, dossier, *filed),
        granted=_count(tx, dossier, *filed, granted),
        refused=_count(tx, dossier, *filed, dossier.c.end.is_not(None), ~granted),
        open=_count(tx, dossier, *filed, dossier.c.end.is_(None)),
        granted_cents=_sum(tx, dossier.c.granted_cents, *filed, granted),
        decided_cents=_sum(tx, decision.c.amount_cents, decision.c.dossier.in_(mine)),
        ledger_cents=_sum(tx, ledger_line.c.cents, ledger_line.c.dossier.in_(mine)),
        committed_cents=_sum(tx, envelope.c.committed_cents, envelope.c.scheme == scheme),
        ordered_cents=_sum(
            tx, payment_order.c.cents, payment_order.c.scheme == scheme, payment_order.c.state != "rejected"
        ),
        opinions=_count(tx, opinion, opinion.c.dossier.in_(mine), opinion.c.revoked_at.is_(None)),
        letters=_count(tx, document, document.c.dossier.in_(mine), document.c.kind == "letter"),
        notices=_count(tx, notice, notice.c.dossier.in_(mine)),
        payment_files=_count(tx, batch, *batches),
        payment_lines=_sum(tx, batch.c.lines, *batches),
        payment_cents=_sum(tx, batch.c.cents, *batches),
        journal_events=_count(tx, event),
    )


def _count(tx: Tx, table: Table, *where: ColumnElement[bool]) -> int:
    return tx.value(select(func.count()).select_from(table).where(*where))


def _sum(tx: Tx, column: ColumnElement[int], *where: ColumnElement[bool]) -> int:
    return int(tx.value(select(func.coalesce(func.sum(column), 0)).where(*where)))
