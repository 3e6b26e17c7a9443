"""The days on which the legal clock of a dossier did not run, because something was missing (CRPA art. L114-5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from guichet.engine.delays import Pause
from guichet.model.records import Dossier
from guichet.services.cases import UseCases

__all__ = ["PAUSES_MARK", "noted_pauses", "pauses_of", "with_decided_days"]

PAUSES_MARK = "@pauses"
"""Kept beside the checks: `[[from, until], …]`; the last `until` is None while the dossier is incomplete."""


def pauses_of(cases: UseCases, dossier: Dossier) -> tuple[Pause, ...]:
    """The pauses of a dossier, the one that goes on until today."""
    today = cases.today(dossier.territory)
    return tuple(
        Pause(date.fromisoformat(first), date.fromisoformat(last) if last else today)
        for first, last in noted_pauses(dossier)
    )


def with_decided_days(cases: UseCases, dossier: Dossier) -> dict[str, Any]:
    """The checks of a decided dossier that waits for a decision again: its clock did not run while it was decided."""
    today = cases.today(dossier.territory).isoformat()
    decided = cases.day_of(dossier.decided_at, dossier.territory).isoformat() if dossier.decided_at else today
    return {**dossier.checks, PAUSES_MARK: [*(list(one) for one in noted_pauses(dossier)), [decided, today]]}


def noted_pauses(dossier: Dossier) -> list[tuple[str, str | None]]:
    """The pauses as they are kept."""
    found = dossier.checks.get(PAUSES_MARK)
    if not isinstance(found, (list, tuple)):
        return []
    return [(first, last) for first, last in cast("Sequence[tuple[str, str | None]]", found)]
