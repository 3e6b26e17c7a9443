"""Going on to the next stage: those whose condition does not hold are passed over, and the journal says so."""

from __future__ import annotations

from guichet.catalogue import COMPUTED_AMOUNT, CompiledScheme
from guichet.engine.eligibility import rule_values
from guichet.engine.stages import passage
from guichet.model.records import Dossier
from guichet.services.assessments import Assessment
from guichet.storage import Tx

__all__ = ["PASSED_OVER", "go_on"]

PASSED_OVER = "stage_passed_over"
"""The journal line of a stage that a dossier did not need."""


def go_on(
    tx: Tx, dossier: Dossier, acting: CompiledScheme, assessment: Assessment, after: str | None = None
) -> str | None:
    """The stage that a dossier enters, by what the rules say of it now; each one passed over is in the journal.

    Args:
        acting: The scheme whose workflow the act follows.
        after: The stage just done; None on the way into the first one.
    """
    values = rule_values(assessment.compiled, assessment.answers, assessment.facts, assessment.on)
    amount = assessment.result.amount_so_far
    workflow, version = acting.scheme.workflow, acting.version_on(assessment.on)
    found = passage(workflow, version, {COMPUTED_AMOUNT: amount, **values}, after)
    for stage in found.over:
        data = {"stage": stage, "when": workflow.stages[stage].when, "amount": amount, "snapshot": acting.hash}
        tx.journal(dossier.territory, PASSED_OVER, subject=dossier.id, data=data)
    return found.stage
