"""What the rules said of a dossier, explained: the same for its applicant, its agents and its letters."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.engine.explanations import Explanation, explain_dossier
from guichet.plugin.contracts.base import Language
from guichet.services.assessments import Assessment
from guichet.services.gates import list_dates
from guichet.storage import Tx

__all__ = ["explained"]


def explained(
    tx: Tx, assessment: Assessment, *, typed: Mapping[str, str] | None = None, language: Language = "fr"
) -> Explanation | None:
    """Why each condition and the amount came out as they did; None before the first version of the rules.

    Args:
        typed: Criterion → what a person typed of it.
    """
    return explain_dossier(
        assessment.compiled,
        assessment.answers,
        assessment.facts,
        assessment.on,
        list_dates=list_dates(tx, assessment),
        typed=dict(typed or {}),
        language=language,
    )
