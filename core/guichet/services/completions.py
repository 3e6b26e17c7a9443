"""Incomplete dossiers: what is missing is asked with its legal ground, the clock stops, the applicant answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.engine.form_flow import asked_fields, gate_fields, is_silent, visible_answers
from guichet.engine.keys import grant_key_of, iban_hash_of, payee_of, siren_of, title_of
from guichet.engine.stages import earlier_stages, standing
from guichet.model.records import Agent, Dossier
from guichet.plugin.contracts import StoredFile
from guichet.plugin.contracts.base import Language
from guichet.services.acting import ROLE_OF_ACT, acting_scheme, actor_of, require_sight
from guichet.services.answers import dump_answers, load_answers, read_posted
from guichet.services.asked_documents import (
    DOCUMENTS_MARK,
    checked_names,
    document_fields,
    keep_documents,
    read_documents,
)
from guichet.services.assessments import assess, compiled_for
from guichet.services.attachments import note_attachments
from guichet.services.cases import UseCases
from guichet.services.drafts import owned
from guichet.services.filing import result_columns
from guichet.services.mass_acts import already_decided, check_revision
from guichet.services.messages import checked
from guichet.services.pauses import PAUSES_MARK, noted_pauses
from guichet.services.pre_instruction import columns_of, indicators_of
from guichet.services.refusals import Incomplete, NotFound, Refused, WrongPhase
from guichet.services.reopening import first_opinion_to_redo, matters_to_opinions, revoke_opinions
from guichet.storage import Tx, dossiers, exchanges, outbox

ASKED_MARK = "@asked"
"""Kept beside the checks while completing: the fields asked again."""

MESSAGE = "message"
"""What is named as missing when only a word was asked for, and none came."""

_NOTHING = (None, "", ())


def ask_missing(
    cases: UseCases,
    agent_id: str,
    dossier_id: str,
    fields: tuple[str, ...],
    message: str,
    *,
    documents: Iterable[str] = (),
    revision: int | None = None,
) -> Dossier:
    """Ask an applicant for what is missing; the dossier waits and its clock stops.

    Args:
        documents: The names of documents that no form asks for, in the agent's words.
        revision: The revision the agent saw; None accepts any.

    Raises:
        NotFound: The agent may not see the dossier.
        Refused: Nothing is asked, the dossier changed, the agent holds no role here, a field cannot be asked again, or
            a document has no fit name.
    """
    asked = _Asked(fields, checked_names(documents), message.strip())

    def act(tx: Tx) -> Dossier:
        actor = actor_of(cases, tx, agent_id)
        current = dossiers.lock(tx, dossier_id)
        require_sight(actor, current)
        check_revision(tx, current, revision)
        compiled = compiled_for(cases, current)
        here = standing(acting_scheme(cases, current, compiled).scheme.workflow, current)
        if here is None:
            raise already_decided(tx, current) or WrongPhase(current.phase, current.stage)
        if not actor.may(ROLE_OF_ACT[here.stage.act], current.territory, current.scheme, here.stage.body):
            raise Refused("not_for_you", body=here.stage.body)
        askable = may_be_asked(cases, current)
        unknown = [name for name in fields if name not in askable]
        if unknown or not any((asked.fields, asked.documents, asked.message)):
            raise Refused("nothing_asked", fields=unknown)
        return _wait(cases, tx, actor.agent, current, asked)

    return cases.store.act(act)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an agent asks for: questions again, documents by their names, a word."""

    fields: tuple[str, ...]
    documents: tuple[str, ...]
    message: str


def _wait(cases: UseCases, tx: Tx, agent: Agent, current: Dossier, asked: _Asked) -> Dossier:
    """The dossier waits for its applicant, who is told; nobody waits for the clock meanwhile."""
    today = cases.today(current.territory).isoformat()
    pauses: list[Any] = [list(pause) for pause in noted_pauses(current)]
    marks = {ASKED_MARK: list(asked.fields), DOCUMENTS_MARK: list(asked.documents)}
    checks = {**current.checks, PAUSES_MARK: [*pauses, [today, None]], **marks}
    saved = dossiers.save(tx, current, by=agent.name, to_complete=True, checks=checks)
    if asked.message:
        exchanges.add(tx, dossier=current.id, author_kind="agent", author=agent.name, body=asked.message)
    data = {"fields": list(asked.fields), "documents": list(asked.documents), "message": asked.message}
    tx.journal(current.territory, "missing_asked", subject=current.id, actor=agent.id, data=data)
    payload = {"dossier": current.id, "event": "to_complete", **data}
    outbox.put(tx, "notice", payload, key=f"to_complete:{current.id}:{saved.revision}")
    return saved


def complete(
    cases: UseCases,
    account: str,
    reference: str,
    posted: Mapping[str, Any],
    message: str = "",
    language: Language = "fr",
) -> Mapping[str, str]:
    """Take what an applicant answers; gives why some answers were refused, empty once the dossier goes on.

    Args:
        posted: Raw values by field; for the question of a document, the files sent. A word may stand for a document.

    Raises:
        NotFound: It is not their dossier.
        WrongPhase: Nothing is asked.
        Incomplete: A required answer is still missing, or nothing at all was answered: neither a question nor a word.
        Refused: The word is too long, or holds what no keyboard types.
    """
    refused: dict[str, str] = {}
    word = checked(message) if message.strip() else ""

    def act(tx: Tx) -> None:
        current = dossiers.lock(tx, owned(tx, account, reference).id)
        if not current.to_complete:
            raise WrongPhase(current.phase, current.stage)
        compiled = compiled_for(cases, current)
        asked = tuple(compiled.fields[name] for name in asked_again(current) if name in compiled.fields)
        context = cases.context(current.territory, language)
        read, documents = read_posted(asked, posted, context), document_fields(cases, current)
        refused.clear()
        refused.update(read.refused)
        sent = read_documents(documents, posted, context, refused)
        if refused:
            return
        _require_answers(asked, read.values, documents, sent, word)
        joined = _Joined(documents, sent, word)
        _resume(cases, tx, account, current, dump_answers(compiled, read.values), joined)

    cases.store.act(act)
    return refused


@dataclass(frozen=True, slots=True)
class _Joined:
    """What an applicant adds to their answers: documents, a word."""

    documents: tuple[CompiledField, ...]
    sent: Mapping[str, tuple[StoredFile, ...]]
    message: str


def _require_answers(
    asked: tuple[CompiledField, ...],
    values: Mapping[str, Any],
    documents: tuple[CompiledField, ...],
    sent: Mapping[str, tuple[StoredFile, ...]],
    message: str,
) -> None:
    """Raise Incomplete for what must be answered and is not; a word may stand for documents, never for nothing."""
    absent = tuple(f.id for f in asked if f.declaration.required and values.get(f.id) is None)
    if not message.strip():
        absent += tuple(f.id for f in documents if f.declaration.required and not sent.get(f.id))
    if absent:
        raise Incomplete(absent)
    if not message.strip() and not any(sent.values()) and all(values.get(f.id) in _NOTHING for f in asked):
        raise Incomplete(tuple(f.id for f in asked) or (MESSAGE,))


def _resume(
    cases: UseCases, tx: Tx, account: str, current: Dossier, answers: Mapping[str, Any], joined: _Joined
) -> None:
    """Back to the stage that asked, or to the opinion that rested on what changed; the clock runs from tomorrow."""
    today = cases.today(current.territory).isoformat()
    pauses = [[first, last or today] for first, last in noted_pauses(current)]
    answered = {name: value for name, value in current.checks.items() if name not in (ASKED_MARK, DOCUMENTS_MARK)}
    checks = answered | {PAUSES_MARK: pauses}
    merged = {**current.answers, **answers}
    note_attachments(tx, current, compiled_for(cases, current), merged)
    compiled = compiled_for(cases, current)
    filed_on = cases.day_of(current.filed_at, current.territory) if current.filed_at else cases.today(current.territory)
    visible = visible_answers(compiled, load_answers(compiled, merged), filed_on)
    moved, checks = _reopened(cases, tx, compiled, replace(current, checks=checks), merged)
    completed = replace(current, answers=merged, checks=checks, **keys_of(compiled, visible))
    assessment = assess(cases, tx, completed, compiled)
    indicators = indicators_of(tx, completed, assessment)
    saved = dossiers.save(
        tx,
        current,
        by="applicant",
        to_complete=False,
        answers=merged,
        checks=checks,
        title=completed.title or current.title,
        grant_key=completed.grant_key,
        siren=completed.siren,
        iban_hash=completed.iban_hash,
        payee=completed.payee,
        indicators=indicators,
        columns=columns_of(assessment, indicators),
        **result_columns(assessment),
        **moved,
    )
    if joined.message:
        exchanges.add(tx, dossier=saved.id, author_kind="applicant", author=account, body=joined.message)
    data = {"fields": sorted(answers), "documents": keep_documents(tx, saved, joined.documents, joined.sent)}
    tx.journal(saved.territory, "completed", subject=saved.id, actor=account, data=data)
    outbox.put(tx, "notice", {"dossier": saved.id, "event": "completed"}, key=f"completed:{saved.id}:{saved.revision}")


def _reopened(
    cases: UseCases, tx: Tx, compiled: CompiledScheme, current: Dossier, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Where the dossier goes when an opinion rested on what changed, and its checks without what that opinion said."""
    workflow = acting_scheme(cases, current, compiled).scheme.workflow
    changed = matters_to_opinions(compiled, current.answers, answers)
    back = first_opinion_to_redo(tx, workflow, current) if changed else None
    if back is None or current.stage is None:
        return {}, dict(current.checks)
    earlier = earlier_stages(workflow, current.stage)
    checks = revoke_opinions(tx, current, earlier[earlier.index(back) :])
    data = {"from": current.stage, "to": back, "fields": changed}
    tx.journal(current.territory, "opinion_reopened", subject=current.id, data=data)
    return {"stage": back, "stage_at": tx.now, "waiting_for_funds": False}, checks


def keys_of(compiled: CompiledScheme, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What identifies a dossier, read from its answers again."""
    return {
        "title": title_of(compiled, answers),
        "grant_key": grant_key_of(compiled, answers),
        "siren": siren_of(compiled, answers),
        "iban_hash": iban_hash_of(compiled, answers),
        "payee": payee_of(compiled, answers),
    }


def asked_again(dossier: Dossier) -> tuple[str, ...]:
    """The fields an applicant is asked again."""
    asked = dossier.checks.get(ASKED_MARK)
    return tuple(cast("Iterable[str]", asked)) if isinstance(asked, (list, tuple)) else ()


def may_be_asked(cases: UseCases, dossier: Dossier) -> tuple[str, ...]:
    """The fields that can be asked again: those the form asked when the dossier was filed.

    Those of the gate stay as they opened it: another company would be another filing.
    """
    if dossier.filed_at is None:
        raise NotFound
    compiled = compiled_for(cases, dossier)
    on = cases.day_of(dossier.filed_at, dossier.territory)
    asked = asked_fields(compiled, load_answers(compiled, dossier.answers), on)
    kept = {*gate_fields(compiled, on), *(one.id for one in compiled.fields.values() if is_silent(one))}
    return tuple(name for name, shown in asked.items() if shown and name not in kept)
