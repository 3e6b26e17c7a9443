"""Dossiers filed while a list was silent, judged again once it answers."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.plugin import answers_needed
from guichet.services.assessments import assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.drafts import GATE_MARK
from guichet.services.filing import result_columns
from guichet.services.gates import gate_state
from guichet.storage import Tx, dossiers, waiting

__all__ = ["recheck_held"]


def recheck_held(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Judge again the dossiers held at the gate of a scheme: the duty `recheck {scheme, territory?}`.

    One that the list now knows is no longer held. One that it does not know stays with the agents, told by its result:
    a dossier that was accepted is never thrown out by a file.
    """
    scheme = str(payload["scheme"])
    territory = str(payload["territory"]) if payload.get("territory") else None
    after = ""
    while True:
        ids = cases.store.read(
            lambda tx, after=after: waiting.held(tx, scheme, territory, check=GATE_MARK, after=after)
        )
        if not ids:
            return
        cases.store.act(lambda tx, ids=ids: [_recheck(cases, tx, dossier) for dossier in ids])
        after = ids[-1]


@answers_needed()
def _recheck(cases: UseCases, tx: Tx, dossier_id: str) -> None:
    dossier = dossiers.lock(tx, dossier_id)
    if dossier.checks.get(GATE_MARK) != "held" or dossier.phase not in ("filed", "instruction"):
        return
    assessment = assess(cases, tx, dossier, compiled_for(cases, dossier))
    state, _ = gate_state(tx, assessment)
    if state == "held":
        return
    checks = {**dossier.checks, GATE_MARK: state}
    saved = dossiers.save(tx, dossier, by="system", checks=checks, **result_columns(assessment))
    data = {"gate": state, **assessment.as_json()}
    tx.journal(saved.territory, "rechecked", subject=saved.id, data=data)
