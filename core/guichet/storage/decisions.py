"""Opinions and decisions: added, revoked or notified, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import update

from guichet.model.records import Decision, Opinion
from guichet.storage.errors import NotFoundError
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.dossiers import decision, opinion
from guichet.storage.tx import Tx

__all__ = ["DecisionStart", "add", "add_opinion", "by_id", "notify", "of_dossier", "opinions", "revoke_opinion"]

_OPINION = reading(opinion, Opinion)
_DECISION = reading(decision, Decision)


class DecisionStart(TypedDict, total=False):
    """What a decision may carry beyond its dossier, kind and snapshot."""

    amount_cents: int | None
    issuer: str | None
    form: str | None
    act_number: str | None
    act_date: date | None
    signatory_name: str | None
    signatory_quality: str | None
    reasons: Sequence[object]
    agent: str | None


def add(tx: Tx, *, dossier: str, kind: str, snapshot_hash: str, **values: Unpack[DecisionStart]) -> Decision:
    """Add a decision to a dossier."""
    made = Decision(
        id=tx.ids.new(),
        dossier=dossier,
        kind=kind,
        amount_cents=values.get("amount_cents"),
        issuer=values.get("issuer"),
        form=values.get("form"),
        act_number=values.get("act_number"),
        act_date=values.get("act_date"),
        signatory_name=values.get("signatory_name"),
        signatory_quality=values.get("signatory_quality"),
        reasons=tuple(values.get("reasons", ())),
        agent=values.get("agent"),
        at=tx.now,
        snapshot_hash=snapshot_hash,
        notified_at=None,
        notified_by=None,
    )
    tx.insert(decision, made)
    return made


def by_id(tx: Tx, decision_id: str) -> Decision:
    """Give a decision; raises NotFoundError."""
    found = one(tx, Decision, _DECISION.where(decision.c.id == decision_id))
    if found is None:
        raise NotFoundError(kind="decision", id=decision_id)
    return found


def of_dossier(tx: Tx, dossier_id: str) -> list[Decision]:
    """Give a dossier's decisions, the first first."""
    return every(tx, Decision, _DECISION.where(decision.c.dossier == dossier_id).order_by(decision.c.id))


def notify(tx: Tx, decision_id: str, *, by: str, at: datetime | None = None) -> bool:
    """Date the notification of a decision and keep its means; False when it was notified before."""
    fresh = (decision.c.id == decision_id, decision.c.notified_at.is_(None))
    return tx.run(update(decision).where(*fresh).values(notified_at=at or tx.now, notified_by=by)).rowcount == 1


def add_opinion(
    tx: Tx,
    *,
    dossier: str,
    stage: str,
    body: str,
    agent: str,
    favourable: bool,
    checks: Mapping[str, object],
    reason: str = "",
) -> Opinion:
    """Add an opinion to a dossier."""
    made = Opinion(tx.ids.new(), dossier, stage, body, agent, favourable, checks, reason, tx.now, None)
    tx.insert(opinion, made)
    return made


def opinions(tx: Tx, dossier_id: str, *, revoked: bool = False) -> list[Opinion]:
    """Give a dossier's opinions, the first first; revoked ones on request."""
    statement = _OPINION.where(opinion.c.dossier == dossier_id).order_by(opinion.c.id)
    return every(tx, Opinion, statement if revoked else statement.where(opinion.c.revoked_at.is_(None)))


def revoke_opinion(tx: Tx, opinion_id: str) -> bool:
    """Withdraw an opinion, which stays readable; False when it was withdrawn before."""
    standing = (opinion.c.id == opinion_id, opinion.c.revoked_at.is_(None))
    return tx.run(update(opinion).where(*standing).values(revoked_at=tx.now)).rowcount == 1
