"""Filing: a complete draft becomes a dossier, once, with its receipt and the duties that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.explanations import Explanation
from guichet.engine.form_flow import visible_answers
from guichet.engine.keys import grant_key_of, iban_hash_of, payee_of, siren_of, title_of
from guichet.model.canonical import canonical_json
from guichet.model.records import Dossier
from guichet.plugin.contracts.base import Language
from guichet.services.answers import PROOF_PREFIX, dump_answers
from guichet.services.assessments import Assessment, assess
from guichet.services.cases import UseCases
from guichet.services.drafts import GATE_MARK, Draft, as_draft, check_open, owned
from guichet.services.explained import explained
from guichet.services.gates import gate_state
from guichet.services.prefills import put_enrichment
from guichet.services.refusals import GateClosed, Incomplete, Refused
from guichet.services.sessions import session_hash
from guichet.storage import Tx, dossiers, idempotency, identities, outbox


@dataclass(frozen=True, slots=True)
class Filed:
    """A dossier just filed, or filed before with the same key."""

    reference: str
    filed_at: datetime


def attestations(compiled: CompiledScheme, assessment: Assessment) -> dict[str, str]:
    """The criteria an applicant attests on honour, with the text attested, under the rules of the day."""
    version = compiled.version_on(assessment.on)
    return {} if version is None else dict(version.attested)


@dataclass(frozen=True, slots=True)
class Review:
    """What the rules say of a draft as if it were filed and declared on honour now."""

    assessment: Assessment
    explanation: Explanation | None
    attestations: Mapping[str, str]
    seen: str
    """What the applicant was shown, in short: filing with it is refused once the rules would say otherwise."""


class ResultChanged(Refused):
    """The rules no longer say what the applicant was shown."""


def review(cases: UseCases, draft: Draft, language: Language = "fr") -> Review:
    """What the rules would say if the draft were filed now, with every reason."""

    def look(tx: Tx) -> Review:
        declared = _attested_true(draft.compiled)
        assessment = assess(cases, tx, draft.dossier, draft.compiled, checks=declared)
        explanation = explained(tx, assessment, language=language)
        return Review(assessment, explanation, attestations(draft.compiled, assessment), _seen(assessment))

    return cases.store.read(look)


def file(
    cases: UseCases,
    account: str,
    reference: str,
    attested: Mapping[str, bool],
    key: str,
    seen: str = "",
    session: str = "",
) -> Filed:
    """File a draft; the same key again gives the first receipt. Takes and raises what `filing` says."""
    return cases.store.act(filing(cases, account, reference, attested, key, seen, session))


def filing(
    cases: UseCases,
    account: str,
    reference: str,
    attested: Mapping[str, bool],
    key: str,
    seen: str = "",
    session: str = "",
) -> Callable[[Tx], Filed]:
    """The act that files a draft, for who does not wait for it in a thread.

    Args:
        attested: Criterion → what the applicant declared; only criteria attested on honour count.
        seen: What the review showed; left out, nothing is compared.
        session: The id of the session it is filed in; who a provider said is there is noted with the dossier.

    Raises:
        NotFound, WrongPhase, NotOpen: There is no such draft to file now.
        GateClosed: The gate does not open for it, whatever was posted before.
        Incomplete: Required answers or attestations are missing.
        ResultChanged: The rules say something else than what was seen.
    """

    def act(tx: Tx) -> Filed:
        done: Mapping[str, str] = idempotency.once(
            tx, f"file:{account}", key, lambda: _file(cases, tx, account, reference, attested, seen, session)
        )
        return Filed(done["reference"], datetime.fromisoformat(done["filed_at"]))

    return act


def _file(
    cases: UseCases, tx: Tx, account: str, reference: str, attested: Mapping[str, bool], shown: str, session: str
) -> dict[str, str]:
    draft = as_draft(cases, owned(tx, account, reference, locked=True))
    filed, _ = file_draft(cases, tx, account, draft, attested, shown=shown)
    if session:
        identities.note_filing(tx, filed.id, session_hash(session))
    assert filed.filed_at is not None  # noqa: S101  a filed dossier has its instant
    return {"reference": filed.reference, "filed_at": filed.filed_at.isoformat()}


def file_draft(
    cases: UseCases,
    tx: Tx,
    account: str,
    draft: Draft,
    attested: Mapping[str, bool],
    *,
    shown: str = "",
    entering: bool = False,
) -> tuple[Dossier, Assessment]:
    """File a draft of this act, with what the rules say of it: the one way a dossier comes to be filed.

    Args:
        entering: Everything came at once: the dossier is kept only now, and the gate is tried here; otherwise it must
            have been passed before.

    Raises:
        NotOpen, GateClosed, Incomplete, ResultChanged: As `file`.
    """
    check_open(cases, draft.compiled, practice=draft.dossier.practice)
    declared = {name: True for name in _attested_true(draft.compiled) if attested.get(name) is True}
    answers = visible_answers(draft.compiled, draft.answers, draft.rules_day, draft.asked)
    assessment = assess(cases, tx, draft.dossier, draft.compiled, checks=declared, answers=answers)
    state, reasons = gate_state(tx, assessment)
    if state == "stopped" or not (entering or draft.gate_passed):
        raise GateClosed("gate_closed", reasons=reasons)
    asked = attestations(draft.compiled, assessment)
    _require_whole(draft, asked, attested)
    if shown and shown != _seen(assessment):
        raise ResultChanged("result_changed")
    marks = {GATE_MARK: state} if entering and draft.gate else {}
    changes = _filed_as(tx, draft, assessment, {**draft.dossier.checks, **marks, **dict.fromkeys(asked, True)})
    entered = draft.dossier
    filed = dossiers.insert(tx, entered, **changes) if entering else dossiers.save(tx, entered, by=account, **changes)
    told = {"reference": filed.reference, "scheme": filed.scheme, "snapshot": draft.compiled.hash}
    data = {**told, **assessment.as_json()}
    tx.journal(filed.territory, "dossier_filed", subject=filed.id, actor=account, data=data)
    outbox.put(tx, "pre_instruct", {"dossier": filed.id}, key=f"pre_instruct:{filed.id}")
    outbox.put(tx, "receipt", {"dossier": filed.id}, key=f"receipt:{filed.id}")
    put_enrichment(cases, tx, filed, draft.compiled)
    return filed, assessment


def _require_whole(draft: Draft, asked: Iterable[str], attested: Mapping[str, bool]) -> None:
    """Raise Incomplete while a required answer or an attestation is missing."""
    absent = tuple(name for step in draft.steps for name in step.unanswered)
    absent += tuple(name for name in asked if attested.get(name) is not True)
    if absent:
        raise Incomplete(absent)


def _filed_as(tx: Tx, draft: Draft, assessment: Assessment, checks: Mapping[str, Any]) -> dict[str, Any]:
    """What becomes of a draft once it is filed."""
    compiled, answers = draft.compiled, assessment.answers
    proofs = {name: text for name, text in draft.dossier.answers.items() if name.startswith(PROOF_PREFIX)}
    return {
        "phase": "filed",
        "stage": None,
        "stage_at": tx.now,
        "filed_at": tx.now,
        "snapshot_hash": compiled.hash,
        "answers": {**dump_answers(compiled, answers), **proofs},
        "checks": checks,
        "title": title_of(compiled, answers) or draft.dossier.reference,
        "grant_key": grant_key_of(compiled, answers),
        "siren": siren_of(compiled, answers),
        "iban_hash": iban_hash_of(compiled, answers),
        "payee": payee_of(compiled, answers),
        **result_columns(assessment),
    }


def _attested_true(compiled: CompiledScheme) -> dict[str, bool | None]:
    """Every criterion that some version has attested on honour, as declared."""
    return {name: True for version in compiled.versions for name in version.attested}


def _seen(assessment: Assessment) -> str:
    shown = {**assessment.as_json(), "snapshot": assessment.compiled.hash}
    return sha256(canonical_json(shown).encode()).hexdigest()


def result_columns(assessment: Assessment) -> dict[str, Any]:
    """What a dossier keeps of an evaluation."""
    return {
        "outcome": assessment.result.outcome,
        "computed_cents": assessment.result.amount,
        "provisional_cents": assessment.result.provisional,
        "rules_version": assessment.version.isoformat() if assessment.version else None,
        "result": assessment.as_json(),
    }
