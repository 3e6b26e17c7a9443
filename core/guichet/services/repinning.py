"""Repinning: undecided dossiers brought under the publication that mends the one they were filed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.form_flow import visible_answers
from guichet.model.records import Dossier
from guichet.services.answers import load_answers
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.completions import ASKED_MARK, asked_again, keys_of
from guichet.services.judging_again import check_undecided, judge_again
from guichet.services.mass_acts import MassResult, act_by_system
from guichet.services.refusals import Refused
from guichet.storage import Tx
from guichet.storage.undecided import pinned_elsewhere

__all__ = ["repin"]


def repin(cases: UseCases, scheme: str, territories: Iterable[str], reason: str) -> MassResult:
    """Bring the undecided dossiers of some territories under the scheme as published now, each judged again.

    A dossier that follows it already is not touched: a second run finds nothing.

    Raises:
        Refused: `repin_without_reason`; `not_published`, with the territories where the scheme is not.
    """
    why = " ".join(reason.split())
    if not why:
        raise Refused("repin_without_reason")
    cases.snapshots.refresh()
    meant = {territory: cases.snapshots.current(scheme, territory) for territory in territories}
    missing = [territory for territory, compiled in meant.items() if compiled is None]
    if missing or not meant:
        raise Refused("not_published", scheme=scheme, territories=missing)
    current = {territory: compiled for territory, compiled in meant.items() if compiled is not None}

    def find(tx: Tx) -> list[str]:
        return [
            one
            for territory, compiled in current.items()
            for one in pinned_elsewhere(tx, scheme, territory, compiled.hash)
        ]

    def act(tx: Tx, dossier: Dossier) -> str:
        check_undecided(tx, dossier)
        compiled = current[dossier.territory]
        return "" if dossier.snapshot_hash == compiled.hash else _repin(cases, tx, dossier, compiled, why)

    return act_by_system(cases, cases.store.read(find), act)


def _repin(cases: UseCases, tx: Tx, dossier: Dossier, compiled: CompiledScheme, reason: str) -> str:
    kept, dropped = _sorted_out(compiled_for(cases, dossier), compiled, dossier.answers)
    changes: dict[str, Any] = {"snapshot_hash": compiled.hash, "answers": kept, "checks": _checks(compiled, dossier)}
    changes |= _keys(cases, compiled, replace(dossier, answers=kept))
    workflow = compiled.scheme.workflow
    if dossier.phase == "instruction" and dossier.stage not in workflow.stages:
        changes |= {"stage": workflow.first_stage(), "stage_at": tx.now}
    data: dict[str, Any] = {
        "reason": reason,
        "from": dossier.snapshot_hash,
        "to": compiled.hash,
        "stage": changes.get("stage", dossier.stage),
        "answers_dropped": dropped,
    }
    return judge_again(cases, tx, dossier, compiled, "repinned", changes=changes, data=data)


def _sorted_out(
    old: CompiledScheme, new: CompiledScheme, answers: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """The answers to questions that are still asked, of the same type, with the proofs of lists; then the others."""
    kept = {name: value for name, value in answers.items() if name.startswith("@") or _same_question(old, new, name)}
    return kept, {name: value for name, value in answers.items() if name not in kept}


def _same_question(old: CompiledScheme, new: CompiledScheme, name: str) -> bool:
    before, after = old.fields.get(name), new.fields.get(name)
    if before is None or after is None or before.type.key != after.type.key:
        return False
    return before.type.rule_type(before.options) == after.type.rule_type(after.options)


def _checks(compiled: CompiledScheme, dossier: Dossier) -> Mapping[str, object]:
    """What is asked of the applicant again is only what the form still holds."""
    if ASKED_MARK not in dossier.checks:
        return dossier.checks
    return {**dossier.checks, ASKED_MARK: [name for name in asked_again(dossier) if name in compiled.fields]}


def _keys(cases: UseCases, compiled: CompiledScheme, dossier: Dossier) -> dict[str, Any]:
    """Company, payee and what makes a grant unique, read again by the form as it is now."""
    today = cases.today(dossier.territory)
    on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else today
    keys = keys_of(compiled, visible_answers(compiled, load_answers(compiled, dossier.answers), on))
    return {**keys, "title": keys["title"] or dossier.title}
