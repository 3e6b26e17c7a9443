"""The whole explanation of a stored dossier, for whoever runs the instance: the same as its agents read."""

from __future__ import annotations

from guichet.engine.full_explanations import FullExplanation, explain_fully
from guichet.plugin.contracts.base import Language
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.decision_reasons import reasons_typed
from guichet.services.gates import list_dates
from guichet.services.refusals import NotFound
from guichet.storage import Tx, decisions, dossiers

__all__ = ["explain_assessment", "explain_stored"]


def explain_stored(cases: UseCases, reference: str, language: Language = "fr") -> FullExplanation:
    """The whole explanation of a stored dossier by its reference; raises NotFound.

    For who runs the instance and reads its database: pages check that the person may see the dossier first.
    """

    def read(tx: Tx) -> FullExplanation:
        dossier = dossiers.by_reference(tx, reference)
        if dossier is None:
            raise NotFound
        decided = decisions.of_dossier(tx, dossier.id)
        typed = reasons_typed(tx, dossier.id, decided)
        assessment = assess(cases, tx, dossier, compiled_for(cases, dossier))
        return explain_assessment(tx, assessment, typed, language)

    return cases.store.read(read)


def explain_assessment(
    tx: Tx, assessment: Assessment, typed: dict[str, str], language: Language = "fr"
) -> FullExplanation:
    """The whole explanation of what the rules were told of a dossier."""
    return explain_fully(
        assessment.compiled,
        assessment.answers,
        assessment.facts,
        assessment.on,
        list_dates=list_dates(tx, assessment),
        typed=typed,
        language=language,
    )
