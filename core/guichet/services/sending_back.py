"""Sending a dossier back to an earlier stage: what was said there no longer counts."""

from __future__ import annotations

from dataclasses import replace

from guichet.engine.stages import earlier_stages
from guichet.model.records import Dossier
from guichet.services.acting import Actor
from guichet.services.assessments import assess
from guichet.services.cases import UseCases
from guichet.services.examinations import Ready
from guichet.services.filing import result_columns
from guichet.services.reopening import revoke_opinions
from guichet.storage import Tx, dossiers


def send_back(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, ready: Ready, target: str, reason: str) -> str:
    """Send a dossier back: the opinion of the stage it returns to, and later ones, no longer stand or count."""
    back = earlier_stages(ready.acting.scheme.workflow, ready.here.id)
    checks = revoke_opinions(tx, dossier, back[back.index(target) :])
    reopened_dossier = replace(dossier, checks=checks)
    after = assess(cases, tx, reopened_dossier, ready.assessment.compiled)
    dossiers.save(
        tx,
        dossier,
        by=actor.agent.name,
        stage=target,
        stage_at=tx.now,
        waiting_for_funds=False,
        checks=checks,
        **result_columns(after),
    )
    data = {"from": ready.here.id, "to": target, "reason": reason.strip()}
    tx.journal(dossier.territory, "returned", subject=dossier.id, actor=actor.agent.id, data=data)
    return "returned"
