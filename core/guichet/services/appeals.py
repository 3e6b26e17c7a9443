"""Appeal to the body that decided (recours gracieux): a person looks again, and may reopen the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guichet.engine.delays import end_of_delay
from guichet.model.records import Dossier
from guichet.plugin.contracts.base import Language
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.pauses import with_decided_days
from guichet.services.refusals import Refused
from guichet.services.revocations import stage_of
from guichet.storage import Tx, decisions, dossiers
from guichet.storage.later_filings import LaterFiling

__all__ = ["FORM", "may_appeal", "reopen", "why_no_appeal"]

FORM = "appeal"
_APPEALABLE = ("refused", "inadmissible", "dropped")


def may_appeal(cases: UseCases, tx: Tx, dossier: Dossier) -> bool:
    """Whether the decision gave nothing and its delay of appeal still runs; it runs from the notification only."""
    if dossier.phase != "decided" or dossier.end not in _APPEALABLE:
        return False
    taken = decisions.of_dossier(tx, dossier.id)
    if not taken or taken[-1].notified_at is None:
        return bool(taken)
    notified = cases.day_of(taken[-1].notified_at, dossier.territory)
    last = end_of_delay(notified, compiled_for(cases, dossier).scheme.legal.appeal.after)
    return cases.today(dossier.territory) <= last


def why_no_appeal(
    cases: UseCases, tx: Tx, filing: LaterFiling, values: Mapping[str, Any], language: Language
) -> dict[str, str]:
    """An appeal in time is always received."""
    del cases, tx, filing, values, language
    return {}


def reopen(cases: UseCases, tx: Tx, dossier: Dossier, filing: LaterFiling, values: Mapping[str, Any]) -> None:
    """Put the dossier back before the deciding body: the decision stays known, another one follows it.

    Raises:
        Refused: The dossier was decided otherwise meanwhile.
    """
    del values
    if dossier.end not in _APPEALABLE:
        raise Refused("later_settled", form=FORM)
    stage = _deciding(cases, tx, dossier)
    dossiers.save(
        tx,
        dossier,
        by="appeal",
        phase="instruction",
        stage=stage,
        stage_at=tx.now,
        end=None,
        decided_at=None,
        checks=with_decided_days(cases, dossier),
    )
    data = {"filing": filing.reference, "stage": stage, "end": dossier.end}
    tx.journal(dossier.territory, "reopened_on_appeal", subject=dossier.id, data=data)


def _deciding(cases: UseCases, tx: Tx, dossier: Dossier) -> str:
    """The stage of the decision that is appealed against, as a revocation finds it."""
    acting = cases.snapshots.current(dossier.scheme, dossier.territory) or compiled_for(cases, dossier)
    taken = decisions.of_dossier(tx, dossier.id)
    stage = stage_of(acting, taken[-1]) if taken else None
    if stage is None:
        raise Refused("later_settled", form=FORM)
    return stage.id
