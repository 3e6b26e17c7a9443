"""Telling a decision, or its revocation, to the software where the applicant filed: the duty `write_back`.

The decisions of a dossier are told in their order: one waits for those before it, and none is told after a later one.
"""

from __future__ import annotations

from collections.abc import Mapping

from guichet.catalogue import CompiledScheme
from guichet.engine.keys import siret_of
from guichet.model.records import Decision, Dossier
from guichet.plugin.contracts import DecisionTold, PluginError, Unavailable
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.text_values import typed_reasons
from guichet.services.transfers import TRANSFERRED
from guichet.storage import Tx, accounts, decisions, dossiers, outbox

__all__ = ["give_up_write_back", "owe_write_back", "write_back"]


def owe_write_back(tx: Tx, compiled: CompiledScheme, dossier: Dossier, decision: Decision) -> None:
    """Queue the telling of a decision, where the scheme says that another software is told."""
    declared = compiled.scheme.write_back
    if declared is not None and not dossier.practice and dossier.answers.get(declared.number) is not None:
        payload = {"dossier": dossier.id, "decision": decision.id}
        outbox.put(tx, "write_back", payload, key=_key(decision))


def write_back(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Tell a decision, once whatever happens, and note it in the journal.

    The number there is the applicant's word: who they are goes with it, for the other software to agree or refuse.

    Raises:
        Unavailable: A decision before it is still to be told.
    """
    dossier, decision, email = cases.store.read(lambda tx: _told_of(tx, payload))
    compiled = compiled_for(cases, dossier)
    declared = compiled.scheme.write_back
    if declared is None or dossier.practice:  # a number typed to practise is somebody's
        return
    if cases.store.read(lambda tx: _overtaken(tx, dossier, decision)):
        return
    plugin = cases.plugins.write_backs[declared.plugin]
    options = cases.service_options(plugin, declared.options)
    told = DecisionTold(
        id=decision.id,
        dossier=str(dossier.answers[declared.number]),
        reference=dossier.reference,
        outcome=decision.kind,
        reason=" ".join(text for _, text in typed_reasons(decision) if text),
        decided_on=decision.act_date or cases.day_of(decision.at, dossier.territory),
        cents=decision.amount_cents,
        act=decision.act_number or "",
        siret=siret_of(compiled, dossier.answers),
        email=email,
    )
    context = cases.context(dossier.territory, dossier=dossier.id)
    done = cases.plugins.call(f"write_backs:{declared.plugin}", lambda: plugin.write_back(told, options, context))
    data = {"decision": decision.id, "by": declared.plugin, "already": done.already}
    cases.store.act(lambda tx: tx.journal(dossier.territory, "decision_written_back", subject=dossier.id, data=data))


def give_up_write_back(cases: UseCases, payload: Mapping[str, object], error: Exception) -> None:
    """Journal, beside its dossier, a decision that is not told, and why: agents read it there."""
    dossier = cases.store.read(lambda tx: dossiers.by_id(tx, str(payload["dossier"])))
    reason = error.text("fr") if isinstance(error, PluginError) else type(error).__name__
    data = {"decision": str(payload["decision"]), "reason": reason}
    kind = "decision_not_written_back"
    cases.store.act(lambda tx: tx.journal(dossier.territory, kind, subject=dossier.id, data=data))


def _key(decision: Decision) -> str:
    return f"write_back:{decision.id}"


def _overtaken(tx: Tx, dossier: Dossier, decision: Decision) -> bool:
    """Whether a later decision was told, so that this one no more can be; raises Unavailable before its turn."""
    made = [one for one in decisions.of_dossier(tx, dossier.id) if one.kind != TRANSFERRED]  # which nobody is told of
    place = [one.id for one in made].index(decision.id)
    if any(row is not None and row.state == "queued" for row in (outbox.by_key(tx, _key(one)) for one in made[:place])):
        raise Unavailable(
            fr="Une décision antérieure de ce dossier reste à dire.",
            en="A decision before it on this dossier is still to be told.",
        )
    after = (outbox.by_key(tx, _key(one)) for one in made[place + 1 :])
    return any(row is None or row.state == "done" for row in after)


def _told_of(tx: Tx, payload: Mapping[str, object]) -> tuple[Dossier, Decision, str]:
    """The dossier, its decision, and the address that the applicant proved by signing in."""
    dossier = dossiers.by_id(tx, str(payload["dossier"]))
    account = accounts.by_id(tx, dossier.account) if dossier.account else None
    return dossier, decisions.by_id(tx, str(payload["decision"])), account.email if account is not None else ""
