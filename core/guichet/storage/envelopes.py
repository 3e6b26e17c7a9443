"""Envelopes: committed under their ceiling by one guarded statement, each movement a line of the ledger."""

from __future__ import annotations

from sqlalchemy import Update, func, or_, select, update

from guichet.model.records import Envelope, LedgerLine
from guichet.storage.errors import EnvelopeExhaustedError, NotFoundError
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.money import envelope, ledger_line
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "all_envelopes",
    "by_id",
    "commit",
    "committed",
    "find",
    "held_by",
    "ledger",
    "ledger_cents",
    "open_envelope",
    "release",
]

_ENVELOPE = reading(envelope, Envelope)


def open_envelope(
    tx: Tx, *, scheme: str, territory: str | None, ceiling_cents: int | None, alert_only: bool = False
) -> Envelope:
    """Give the envelope of a place, made at need, under this ceiling; a ceiling below what is committed is refused."""
    made = Envelope(tx.ids.new(), scheme, territory, ceiling_cents, 0, alert_only)
    values = {name: getattr(made, name) for name in Envelope.__dataclass_fields__}
    if insert_unless_there(tx, envelope, **values):
        return made
    here = (
        envelope.c.scheme == scheme,
        envelope.c.territory.is_(None) if territory is None else envelope.c.territory == territory,
    )
    statement = update(envelope).where(*here).values(ceiling_cents=ceiling_cents, alert_only=alert_only)
    if ceiling_cents is not None and not alert_only:
        statement = statement.where(envelope.c.committed_cents <= ceiling_cents)
    row = tx.first(statement.returning(*_ENVELOPE.selected_columns))
    if row is None:
        held = tx.value(select(envelope.c.committed_cents).where(*here))
        raise EnvelopeExhaustedError(envelope=scheme, asked_cents=held, left_cents=ceiling_cents or 0)
    return Envelope(*row)


def find(tx: Tx, scheme: str, territory: str) -> Envelope | None:
    """Give the envelope a dossier draws on: its territory's, else the scheme's."""
    mine = or_(envelope.c.territory == territory, envelope.c.territory.is_(None))
    statement = _ENVELOPE.where(envelope.c.scheme == scheme, mine).order_by(envelope.c.territory.is_(None))
    return one(tx, Envelope, statement)


def by_id(tx: Tx, envelope_id: str) -> Envelope:
    """Give an envelope; raises NotFoundError."""
    found = one(tx, Envelope, _ENVELOPE.where(envelope.c.id == envelope_id))
    if found is None:
        raise NotFoundError(kind="envelope", id=envelope_id)
    return found


def all_envelopes(tx: Tx, scheme: str) -> list[Envelope]:
    """Give a scheme's envelopes."""
    return every(tx, Envelope, _ENVELOPE.where(envelope.c.scheme == scheme).order_by(envelope.c.territory))


def commit(tx: Tx, envelope_id: str, *, cents: int, dossier: str, decision: str | None = None) -> Envelope:
    """Take an amount for a dossier and give the envelope as it stands.

    Raises:
        EnvelopeExhaustedError: not enough is left; nothing was taken and the act may go on.
    """
    wanted = envelope.c.committed_cents + cents
    fits = or_(envelope.c.alert_only, envelope.c.ceiling_cents.is_(None), wanted <= envelope.c.ceiling_cents)
    after = _move(tx, update(envelope).where(envelope.c.id == envelope_id, fits), cents)
    if after is None:
        left = by_id(tx, envelope_id).left_cents
        raise EnvelopeExhaustedError(envelope=envelope_id, asked_cents=cents, left_cents=left or 0)
    _write(tx, envelope_id, dossier, decision, cents, "commitment")
    return after


def release(
    tx: Tx, envelope_id: str, *, dossier: str, decision: str | None = None, cents: int | None = None
) -> Envelope:
    """Give back an amount, or all that a dossier holds, and give the envelope as it stands."""
    held = committed(tx, envelope_id, dossier)
    back = held if cents is None else cents
    if not 0 <= back <= held:
        raise ValueError(f"the dossier holds {held} cents, not {back}")
    after = _move(tx, update(envelope).where(envelope.c.id == envelope_id), -back)
    if after is None:
        raise NotFoundError(kind="envelope", id=envelope_id)
    if back:
        _write(tx, envelope_id, dossier, decision, -back, "release")
    return after


def committed(tx: Tx, envelope_id: str, dossier: str) -> int:
    """Give what a dossier holds of an envelope."""
    lines = (ledger_line.c.envelope == envelope_id, ledger_line.c.dossier == dossier)
    return int(tx.value(select(func.coalesce(func.sum(ledger_line.c.cents), 0)).where(*lines)))


def held_by(tx: Tx, dossier: str) -> dict[str, int]:
    """Give what a dossier holds of each envelope, in the order in which they are locked."""
    cents = func.sum(ledger_line.c.cents)
    statement = select(ledger_line.c.envelope, cents.label("held")).where(ledger_line.c.dossier == dossier)
    found = tx.all(statement.group_by(ledger_line.c.envelope).having(cents > 0).order_by(ledger_line.c.envelope))
    return {row.envelope: int(row.held) for row in found}


def ledger(tx: Tx, envelope_id: str) -> list[LedgerLine]:
    """Give an envelope's lines, the first first."""
    return every(
        tx,
        LedgerLine,
        reading(ledger_line, LedgerLine).where(ledger_line.c.envelope == envelope_id).order_by(ledger_line.c.id),
    )


def ledger_cents(tx: Tx, envelope_id: str) -> int:
    """Give the sum of an envelope's lines, which must be what it has committed."""
    lines = select(func.coalesce(func.sum(ledger_line.c.cents), 0)).where(ledger_line.c.envelope == envelope_id)
    return int(tx.value(lines))


def _move(tx: Tx, guarded: Update, cents: int) -> Envelope | None:
    statement = guarded.values(committed_cents=envelope.c.committed_cents + cents)
    row = tx.first(statement.returning(*_ENVELOPE.selected_columns))
    return None if row is None else Envelope(*row)


def _write(tx: Tx, envelope_id: str, dossier: str, decision: str | None, cents: int, kind: str) -> None:
    tx.run(
        ledger_line.insert().values(
            id=tx.ids.new(),
            envelope=envelope_id,
            dossier=dossier,
            decision=decision,
            cents=cents,
            kind=kind,
            at=tx.now,
        )
    )
