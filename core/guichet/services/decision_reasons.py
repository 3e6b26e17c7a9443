"""The reasons of a decision: what the rules failed, with what opinions and the decider say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from guichet.model.records import Decision, Dossier
from guichet.services.assessments import Assessment
from guichet.services.rulings import Ruling
from guichet.services.text_values import typed_reasons
from guichet.storage import Tx, decisions


def reasons_of(tx: Tx, dossier: Dossier, ruling: Ruling, assessment: Assessment) -> list[dict[str, str]]:
    """The failed criteria with what was typed for each, the deciding body's words before the opinion's own."""
    found: list[dict[str, str]] = []
    if ruling.choice != "grant":
        given = dict(reasons_given(tx, dossier.id))
        version = assessment.compiled.version_on(assessment.on)
        for name in assessment.result.failed:
            typed = ruling.reasons.get(name, "").strip() or given.get(name, "")
            criterion = version.rules.criteria.get(name) if version is not None else None
            text = criterion.reasons.get(typed, typed) if criterion is not None else typed
            found.append({"criterion": name, "reason": text})
    return [*found, {"criterion": "", "reason": ruling.reason.strip()}] if ruling.reason.strip() else found


def reasons_given(tx: Tx, dossier_id: str) -> dict[str, str]:
    """Failed criterion → what the standing opinions say of it."""
    found: dict[str, str] = {}
    for opinion in decisions.opinions(tx, dossier_id):
        given = opinion.checks.get("reasons")
        if isinstance(given, Mapping):
            found |= {str(name): str(text) for name, text in cast("Mapping[str, object]", given).items()}
    return found


def reasons_typed(tx: Tx, dossier_id: str, decided: Sequence[Decision]) -> dict[str, str]:
    """Failed criterion → what the last decision says of it, or the standing opinions before any decision."""
    return dict(typed_reasons(decided[-1])) if decided else reasons_given(tx, dossier_id)
