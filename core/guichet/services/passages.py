"""Going on to the next stage: those whose condition does not hold are passed over, and the journal says so."""

from __future__ import annotations

import json
from datetime import date

from guichet.catalogue import COMPUTED_AMOUNT, CompiledScheme
from guichet.engine.eligibility import rule_values
from guichet.engine.stages import passage
from guichet.model.records import Dossier
from guichet.services.assessments import Assessment
from guichet.services.cases import UseCases
from guichet.storage import Tx, journal

__all__ = ["PASSED_OVER", "go_on", "passed_over"]

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


def passed_over(cases: UseCases, tx: Tx, dossier: Dossier) -> dict[str, date]:
    """The stages that a dossier passed over, each with the day."""
    found: dict[str, date] = {}
    for line in journal.of_subject(tx, dossier.id):
        if line.kind == PASSED_OVER and line.body is not None:
            found[str(json.loads(line.body)["data"]["stage"])] = cases.day_of(line.at, dossier.territory)
    return found
