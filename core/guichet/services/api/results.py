"""What the rules say of a dossier, as the API says it: the review page's result and reasons, as data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from guichet.engine.explanations import BriefReason
from guichet.locale import Language, Texts
from guichet.services.api.faults import pointer_to
from guichet.services.assessments import Assessment

__all__ = ["euros", "result_of"]


def euros(cents: int | None) -> str | None:
    """Give an amount as the API writes it: euros with two decimals, as text.

    >>> euros(200_000), euros(None)
    ('2000.00', None)
    """
    return None if cents is None else str(Decimal(cents).scaleb(-2))


def result_of(assessment: Assessment, reasons: Sequence[BriefReason], language: Language) -> dict[str, Any]:
    """Give the outcome, the amount and every reason."""
    result = assessment.result
    return {
        "outcome": result.outcome,
        "outcome_text": _sentence(assessment, Texts(language)),
        "amount": euros(result.amount),
        "provisional_amount": euros(result.provisional),
        "failed": list(result.failed),
        "missing": [pointer_to("answers", name) for name in result.missing],
        "unavailable": list(result.unavailable),
        "awaited": list(result.awaited),
        "rules_version": assessment.version.isoformat() if assessment.version is not None else None,
        "judged_on": assessment.on.isoformat(),
        "reasons": _reasons(reasons),
    }


def _reasons(reasons: Sequence[BriefReason]) -> list[dict[str, Any]]:
    return [
        {
            "id": reason.id,
            "label": reason.label,
            "state": reason.state,
            "text": " ".join(reason.text.split()),
            "article": reason.legal,
            "measures": [
                {"name": one.name, "found": one.found, "operator": one.operator, "threshold": one.threshold}
                for one in reason.measures
            ],
        }
        for reason in reasons
    ]


def _sentence(assessment: Assessment, say: Texts) -> str:
    """The result in the words of the review page."""
    result = assessment.result
    if result.outcome != "undetermined":
        return say(f"teleservice.outcome_{result.outcome}")
    if result.provisional is not None and not result.missing and not result.unavailable:
        return say("teleservice.outcome_provisional")
    return say("teleservice.outcome_undetermined")
