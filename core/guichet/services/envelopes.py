"""The envelope of a scheme: opened at need, committed by the deciding act, released by a revocation."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.catalogue import CompiledScheme
from guichet.model.payment import Envelope as Declared
from guichet.model.records import Decision, Dossier, Envelope
from guichet.services.cases import UseCases
from guichet.storage import Tx, dossiers, envelopes, outbox, waiting
from guichet.storage.errors import EnvelopeExhaustedError

__all__ = ["commit_grant", "envelope_of", "release_grant", "resume_waiting"]


def commit_grant(cases: UseCases, tx: Tx, compiled: CompiledScheme, dossier: Dossier, decision: Decision) -> bool:
    """Take what a decision grants from the envelope, inside its act; False, and nothing taken, when too little is left.

    An aid of right is never refused for want of money: its envelope takes all and says when it is spent.
    """
    envelope = envelope_of(cases, tx, compiled, dossier.territory)
    cents = decision.amount_cents or 0
    if envelope is None or dossier.practice or not cents:
        return True
    try:
        after = envelopes.commit(tx, envelope.id, cents=cents, dossier=dossier.id, decision=decision.id)
    except EnvelopeExhaustedError:
        return False
    left = after.left_cents
    if left is not None and left < 0 <= left + cents:
        data = {"envelope": after.id, "ceiling": after.ceiling_cents, "committed": after.committed_cents}
        tx.journal(dossier.territory, "envelope_overspent", subject=dossier.id, data=data)
    return True


def envelope_of(cases: UseCases, tx: Tx, compiled: CompiledScheme, territory: str) -> Envelope | None:
    """The envelope a territory draws on, opened or brought to the ceiling published now; None where there is none."""
    current = cases.snapshots.current(compiled.scheme.id, territory) or compiled
    declared = current.scheme.envelope
    if declared is None:
        return None
    found = envelopes.find(tx, compiled.scheme.id, territory)
    if found is not None and _as_declared(found, declared):
        return found
    place = None if declared.across == "all_territories" else territory
    try:
        return envelopes.open_envelope(
            tx,
            scheme=compiled.scheme.id,
            territory=place,
            ceiling_cents=declared.ceiling,
            alert_only=declared.when_spent == "alert",
        )
    except EnvelopeExhaustedError:
        return found  # more is committed than the new ceiling holds: the old one stands until some is released


def release_grant(tx: Tx, dossier: Dossier, decision: Decision | None = None) -> int:
    """Give back all that a dossier holds, inside the act that revokes it; those who wait are looked at again.

    It goes back where it was taken, whatever envelope the scheme declares since.
    """
    held = envelopes.held_by(tx, dossier.id)
    for envelope_id in held:
        envelopes.release(tx, envelope_id, dossier=dossier.id, decision=decision.id if decision is not None else None)
    if held:
        outbox.put(tx, "resume_waiting", {"scheme": dossier.scheme, "territory": dossier.territory})
    return sum(held.values())


def resume_waiting(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Call back to the agents, by filing instant, the dossiers that the envelope can now pay.

    The first that does not fit stops the queue: a smaller one filed later does not overtake it. The decision itself
    stays a person's act, under a signatory.
    """
    scheme, territory = str(payload["scheme"]), str(payload["territory"])
    compiled = cases.snapshots.current(scheme, territory)
    if compiled is None:
        return

    def act(tx: Tx) -> None:
        envelope = envelope_of(cases, tx, compiled, territory)
        if envelope is None:
            return
        left = envelope.left_cents
        for dossier in waiting.for_funds(tx, scheme, envelope.territory):
            wanted = dossier.computed_cents or dossier.provisional_cents or 0
            if left is not None and not envelope.alert_only:
                if wanted > left:
                    return
                left -= wanted
            dossiers.save(tx, dossier, by="system", waiting_for_funds=False)
            tx.journal(dossier.territory, "funds_available", subject=dossier.id, data={"cents": wanted})

    cases.store.act(act)


def _as_declared(found: Envelope, declared: Declared) -> bool:
    same_place = (found.territory is None) == (declared.across == "all_territories")
    alerts = declared.when_spent == "alert"
    return same_place and found.ceiling_cents == declared.ceiling and found.alert_only == alerts
