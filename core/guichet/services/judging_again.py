"""An undecided dossier judged again after its rules changed: the old result is journaled, a new one is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from guichet.catalogue import CompiledScheme
from guichet.locale import Language, Texts, format_money
from guichet.model.records import Dossier
from guichet.plugin import answers_needed
from guichet.services.assessments import assess
from guichet.services.cases import UseCases
from guichet.services.filing import result_columns
from guichet.services.mass_acts import already_decided
from guichet.services.passages import go_on
from guichet.services.pre_instruction import columns_of, indicators_of
from guichet.services.refusals import WrongPhase
from guichet.storage import Tx, dossiers, exchanges, outbox
from guichet.storage.undecided import UNDECIDED

__all__ = ["CHANGED", "Why", "check_undecided", "judge_again"]

Why = Literal["repinned", "reevaluated", "enriched"]
CHANGED = "changed"
"""The note of a dossier whose outcome or amount is no longer what it was."""


def check_undecided(tx: Tx, dossier: Dossier) -> None:
    """Raise the refusal that says who decided a dossier, or where it stands."""
    if dossier.phase not in UNDECIDED:
        raise already_decided(tx, dossier) or WrongPhase(dossier.phase, dossier.stage)


@answers_needed()
def judge_again(
    cases: UseCases,
    tx: Tx,
    seen: Dossier,
    compiled: CompiledScheme,
    why: Why,
    *,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> str:
    """Judge a locked dossier under a scheme, inside an act; gives CHANGED when the applicant was told something new.

    Args:
        changes: Columns of the dossier that change with it.
        data: What its line of the journal says besides the result before and after.
    """
    changed = dict(changes or {})
    becoming = replace(seen, **changed)
    assessment = assess(cases, tx, becoming, compiled)
    noted = dict(data or {})
    if "stage" in changed:  # it begins again, by the conditions of the stages there are now
        changed["stage"] = noted["stage"] = go_on(tx, becoming, compiled, assessment)
    if seen.phase == "instruction":
        indicators = indicators_of(tx, becoming, assessment)
        changed |= {"indicators": indicators, "columns": columns_of(assessment, indicators)}
    saved = dossiers.save(tx, seen, by="system", **{**changed, **result_columns(assessment)})
    before = dict(seen.result) if seen.result is not None else None
    tx.journal(saved.territory, why, subject=saved.id, data={**noted, "before": before, "after": assessment.as_json()})
    if _told(seen) == _told(saved):
        return ""
    _tell(tx, saved, why)
    return CHANGED


def _told(dossier: Dossier) -> tuple[str | None, int | None]:
    """What an applicant knows of a result: the outcome, and the amount, be it provisional."""
    amount = dossier.computed_cents
    return dossier.outcome, amount if amount is not None else dossier.provisional_cents


def _tell(tx: Tx, dossier: Dossier, why: Why, language: Language = "fr") -> None:
    """A message beside the dossier, brought by the scheme's own notice of messages where it has one."""
    say = Texts(language)
    outcome, amount = _told(dossier)
    lines = [say(f"letters.{why}", reference=dossier.reference), say(f"letters.again_{outcome}")]
    if amount is not None and outcome != "not_eligible":
        kind = "amount" if dossier.computed_cents is not None else "provisional"
        lines.append(say(f"letters.again_{kind}", amount=format_money(amount, language)))
    body = " ".join([*lines, say("letters.again_undecided")])
    made = exchanges.add(tx, dossier=dossier.id, author_kind="system", author="system", body=body)
    outbox.put(tx, "notice", {"dossier": dossier.id, "event": "message", "message": body}, key=f"message:{made.id}")
