"""The gate: a page after sign-in with exactly the fields it reads; only true opens.

A wrong proof and an absent key answer alike and cost the same attempt, so that nobody learns who is in a
confidential list by trying.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from guichet.engine.explanations import fill_reason
from guichet.model.records import Dossier
from guichet.plugin.contracts.base import Language
from guichet.services.answers import PROOF_PREFIX, dump_answers, load_answers, read_posted
from guichet.services.assessments import Assessment, assess
from guichet.services.cases import UseCases
from guichet.services.drafts import GATE_MARK, Draft, check_open, draft_of, open_draft
from guichet.services.following import followed_answers
from guichet.services.given import forget_stale
from guichet.services.refusals import NotFound, TooManyAttempts, WrongPhase
from guichet.storage import Tx, dossiers, lists, probes

ATTEMPTS = 5
WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What the gate says: open, stopped with its reasons, held while a source is silent, or incomplete."""

    state: Literal["open", "stopped", "held", "incomplete"]
    draft: Draft
    refused: Mapping[str, str]
    reasons: tuple[str, ...] = ()
    attempts_left: int = ATTEMPTS
    list_days: Mapping[str, date] = field(default_factory=dict[str, date])
    """List consulted → the day its rows were settled."""


@dataclass(frozen=True, slots=True)
class ProofQuestion:
    """One thing to quote of a confidential list."""

    name: str
    list: str
    column: str
    label: str


def proof_questions(draft: Draft) -> tuple[ProofQuestion, ...]:
    """What the gate asks to quote, besides its fields."""
    return tuple(
        ProofQuestion(f"proof_{name}_{column}", name, column, label or column)
        for name, declared in draft.compiled.scheme.lists.items()
        for column, label in declared.proof.items()
    )


def pass_gate(
    cases: UseCases, account: str, reference: str, posted: Mapping[str, Any], language: Language = "fr"
) -> GateAnswer:
    """Try the gate with what was posted.

    Raises:
        NotFound, WrongPhase, NotOpen: There is no such draft, or filing is closed.
        TooManyAttempts: Too many tries within the hour.
    """
    draft = open_draft(cases, account, reference)
    check_open(cases, draft.compiled, practice=draft.dossier.practice)
    if not draft.gate:
        raise NotFound
    context = cases.context(draft.dossier.territory, language)
    read = read_posted(tuple(draft.compiled.fields[name] for name in draft.gate), posted, context)
    proofs = {
        f"{PROOF_PREFIX}{question.list}": {question.column: str(posted.get(question.name) or "").strip()[:200]}
        for question in proof_questions(draft)
    }
    absent = [name for name in draft.gate if read.values.get(name) is None and name not in read.refused]
    absent += [q.name for q in proof_questions(draft) if not str(posted.get(q.name) or "").strip()]
    if absent or read.refused:
        return GateAnswer("incomplete", draft, {**read.refused, **dict.fromkeys(absent, "")})
    answers = {**dump_answers(draft.compiled, read.values), **proofs}
    left = cases.store.act(lambda tx: _count_attempt(tx, account, draft.dossier))
    return cases.store.act(lambda tx: _try(cases, tx, account, draft, answers, left))


def _count_attempt(tx: Tx, account: str, dossier: Dossier) -> int:
    """The attempts left after this one; counted per account and scheme, in an act of its own so that it stays."""
    made = probes.count(tx, f"gate:{dossier.scheme}:{account}", WINDOW)
    if made > ATTEMPTS:
        raise TooManyAttempts(probes.end_of_window(tx, WINDOW))
    return ATTEMPTS - made


def _try(cases: UseCases, tx: Tx, account: str, draft: Draft, answers: Mapping[str, Any], left: int) -> GateAnswer:
    current = dossiers.lock(tx, draft.dossier.id)
    if current.phase != "draft":
        raise WrongPhase(current.phase, current.stage)
    known = followed_answers(cases, current, draft.compiled)
    seen = replace(current, answers={**known, **answers})
    assessment = assess(cases, tx, seen, draft.compiled)
    state, reasons = gate_state(tx, assessment)
    checks = {name: value for name, value in current.checks.items() if name != GATE_MARK}
    if state in ("open", "held"):
        checks[GATE_MARK] = state
    kept = {**known, **answers} if state != "stopped" else known
    kept = forget_stale(tx, draft.compiled, current, kept)
    saved = dossiers.save(tx, current, by=account, answers=kept, checks=checks, snapshot_hash=draft.compiled.hash)
    if state == "stopped":
        tx.journal(saved.territory, "gate_stopped", subject=saved.id, actor=account, data={"left": left})
    loaded = load_answers(draft.compiled, saved.answers)
    passed = replace(draft_of(cases, saved, draft.compiled, loaded), gate_passed=state in ("open", "held"))
    days = {name: day for name, day in list_dates(tx, assessment).items() if name in assessment.facts.lists}
    return GateAnswer(state, passed, {}, reasons, left, days)


def gate_state(tx: Tx, assessment: Assessment) -> tuple[Literal["open", "stopped", "held"], tuple[str, ...]]:
    """Whether every gate is true; the reasons of those that are false; held when a source is silent and may be."""
    compiled = assessment.compiled
    version = compiled.version_on(assessment.on)
    if version is None or not version.rules.gates:
        return "open", ()
    missing = assessment.result.missing
    if missing and any(set(missing) & set(version.program.dependencies(name)) for name in version.rules.gates):
        return "stopped", ()  # a question of the gate has no answer: only true opens
    failed = [name for name in assessment.result.failed if name in version.rules.gates]
    if failed:
        dates = list_dates(tx, assessment)
        return "stopped", tuple(
            fill_reason(compiled, version, name, assessment.answers, assessment.facts, assessment.on, dates)
            for name in failed
        )
    silent = [name for name in assessment.result.unavailable if name in compiled.scheme.lists]
    if any(compiled.scheme.lists[name].when_unavailable == "stop" for name in silent):
        return "stopped", ()
    return ("held" if silent else "open"), ()


def list_dates(tx: Tx, assessment: Assessment) -> dict[str, Any]:
    """List → the day its rows were settled, for reasons that quote it."""
    scheme = assessment.compiled.scheme
    found: dict[str, Any] = {}
    for name, declared in scheme.lists.items():
        where = assessment.compiled.territory if declared.across == "territory" else None
        last = lists.latest(tx, scheme.id, name, territory=where)
        if last is not None:
            found[name] = last.as_of
    return found
