"""What another scheme granted, on which a decision rests, and what has become of it since: told, never acted upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from guichet.engine.eligibility import consult
from guichet.language import UNAVAILABLE
from guichet.model.records import Dossier
from guichet.services.assessments import Assessment, look_up, proofs_of
from guichet.storage import Tx

__all__ = ["Shift", "shifts_of"]


@dataclass(frozen=True, slots=True)
class Shift:
    """One list of another scheme's grants: its row at the decision and its row now; None where there is none."""

    list: str
    then: Mapping[str, Any] | None
    now: Mapping[str, Any] | None


def shifts_of(tx: Tx, dossier: Dossier, assessment: Assessment) -> tuple[Shift, ...]:
    """The grants a decided dossier rests on that say otherwise now; none before its decision, which reads them anew."""
    compiled, facts = assessment.compiled, assessment.facts
    chained = [name for name, one in compiled.scheme.lists.items() if one.scheme is not None and name in facts.lists]
    if dossier.phase != "decided" or assessment.version is None or not chained:
        return ()
    proofs = proofs_of(dossier.answers)
    others = {name: row for name, row in facts.lists.items() if name not in chained}
    live = consult(
        compiled,
        assessment.answers,
        replace(facts, lists=others),
        assessment.on,
        lambda name, key: look_up(tx, compiled, name, key, proofs.get(name, {})),
    )
    found = (Shift(name, _row(facts.lists[name]), _row(live.lists.get(name))) for name in chained)
    return tuple(one for one in found if one.then != one.now)


def _row(told: Any) -> Mapping[str, Any] | None:
    return cast("Mapping[str, Any]", told) if isinstance(told, Mapping) and told is not UNAVAILABLE else None
