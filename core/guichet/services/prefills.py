"""Asking sources instead of the applicant: once what they need is answered, never longer than a page may wait.

Calls run apart from every act. A page waits a little; what comes later is kept all the same, for the next page. A
source that says nothing leaves its fields to the applicant, or for later where the scheme says so.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from threading import Thread
from time import monotonic
from typing import Any

from guichet.catalogue import CompiledPrefill, CompiledScheme
from guichet.engine.form_flow import Step
from guichet.engine.keys import title_of
from guichet.errors import GuichetError
from guichet.model.records import Dossier
from guichet.services.answers import load_answers
from guichet.services.attachments import note_attachments
from guichet.services.cases import UseCases
from guichet.services.drafts import Draft, as_draft
from guichet.services.following import followed_answers
from guichet.services.given import (
    GIVEN_MARK,
    LATER_MARK,
    asked_for,
    forget_stale,
    holds,
    is_kept_apart,
    later_fields,
    said_of,
)
from guichet.services.readings import Reading, readings_of, said_rows, silence_of
from guichet.storage import Tx, dossiers, outbox, prefills

__all__ = [
    "asked_here",
    "has_to_ask",
    "is_ready",
    "keep_readings",
    "newly_filled",
    "prefill_draft",
    "put_enrichment",
]

KEPT = timedelta(hours=24)
"""How long what a source said of a draft holds before it is asked again."""
PAUSE = timedelta(seconds=20)
"""How long a silent source is left in peace: it is not asked for each page turned."""
_LOG = logging.getLogger("guichet.prefills")


def has_to_ask(cases: UseCases, draft: Draft) -> bool:
    """Whether some source is to be asked about a draft now: then a page waits."""
    return bool(draft.compiled.prefills) and draft.gate_passed and bool(_due(cases, draft))


def prefill_draft(cases: UseCases, draft: Draft, wait_s: float | None = None) -> Draft:
    """The draft with what sources know of it, as far as they answer in time; nothing is asked twice while it holds.

    Args:
        wait_s: How long to wait; else as long as each source deserves by what it did lately.
    """
    if not has_to_ask(cases, draft):
        return draft
    due = _due(cases, draft)
    threads = [Thread(target=_ask_and_keep, args=(cases, draft, prefill), daemon=True) for prefill in due]
    for thread in threads:
        thread.start()
    began = monotonic()
    for prefill, thread in zip(due, threads, strict=True):
        patience = cases.patience.seconds(prefill.declared.plugin) if wait_s is None else wait_s
        thread.join(max(0.0, began + patience - monotonic()))
        if thread.is_alive():
            cases.patience.kept_waiting(prefill.declared.plugin)
            _note_silence(cases, draft, prefill)
    found = cases.store.read(lambda tx: dossiers.by_id(tx, draft.dossier.id))
    return as_draft(cases, found) if found.phase == "draft" else draft


def is_ready(cases: UseCases, prefill: CompiledPrefill) -> bool:
    """Whether the operator has set the service up; a scheme runs without."""
    return prefill.declared.plugin in cases.services


def asked_here(cases: UseCases, draft: Draft, fields: Iterable[str]) -> frozenset[str]:
    """The fields of a page whose answer has a source asked for others of the same page."""
    here = set(fields)
    return frozenset(
        needed
        for prefill in draft.compiled.prefills.values()
        if is_ready(cases, prefill) and here & prefill.declared.fields.keys()
        for needed in prefill.needs.values()
        if needed in here
    )


def newly_filled(before: Draft, after: Draft, step: Step) -> tuple[str, ...]:
    """The fields of a page that sources have filled between two readings of a draft."""
    return tuple(
        field.id
        for field in step.fields
        if before.answers.get(field.id) != after.answers.get(field.id) and after.answers.get(field.id) is not None
    )


def put_enrichment(cases: UseCases, tx: Tx, dossier: Dossier, compiled: CompiledScheme) -> None:
    """Put the duty `enrich {dossier}` where a source that the operator set up may have something to say."""
    if any(is_ready(cases, one) and not one.source.searched for one in compiled.prefills.values()):
        outbox.put(tx, "enrich", {"dossier": dossier.id}, key=f"enrich:{dossier.id}")


def _due(cases: UseCases, draft: Draft) -> list[CompiledPrefill]:
    stored = draft.dossier.answers
    wanted = {
        name: asked_for(prefill, stored)
        for name, prefill in draft.compiled.prefills.items()
        if not prefill.source.searched and is_ready(cases, prefill)
    }
    wanted = {name: told for name, told in wanted.items() if told}
    if not wanted:
        return []
    said = cases.store.read(lambda tx: said_of(tx, draft.dossier, draft.compiled))
    now = cases.clock.now()
    return [
        draft.compiled.prefills[name]
        for name, told in wanted.items()
        if any(
            field not in said
            or said[field].asked_for != told
            or said[field].kept_at + (PAUSE if said[field].state == "silent" else KEPT) <= now
            for field in draft.compiled.prefills[name].declared.fields
        )
    ]


def _note_silence(cases: UseCases, draft: Draft, prefill: CompiledPrefill) -> None:
    """Note that a source has not answered yet: what may wait no longer holds the page, and nothing is asked twice."""
    told = asked_for(prefill, draft.dossier.answers)
    cases.store.act(lambda tx: keep_readings(cases, tx, draft, prefill, silence_of(prefill), told))


def _ask_and_keep(cases: UseCases, draft: Draft, prefill: CompiledPrefill) -> None:
    """Ask one source and keep what it says, unless the answers it was asked for have changed meanwhile."""
    told, began = asked_for(prefill, draft.dossier.answers), monotonic()
    try:
        readings = readings_of(cases, draft.dossier, draft.compiled, prefill)
        cases.patience.answered(prefill.declared.plugin, monotonic() - began)
        cases.store.act(lambda tx: keep_readings(cases, tx, draft, prefill, readings, told))
    except GuichetError:
        _LOG.warning("what %s gave could not be kept", prefill.declared.plugin, exc_info=True)
    except Exception:  # noqa: BLE001  the border of a thread: nothing else would tell of it
        _LOG.exception("asking %s failed", prefill.declared.plugin)


def keep_readings(
    cases: UseCases,
    tx: Tx,
    draft: Draft,
    prefill: CompiledPrefill,
    readings: Iterable[Reading],
    told: str = "",
    *,
    chosen: bool = False,
) -> None:
    """Keep what a source said, and fill a draft with it: what was typed stays, but where the applicant has no say.

    Args:
        told: What the source was told; when the answers have changed since, nothing is kept.
        chosen: The applicant took it from a search: it replaces what was typed.
    """
    current, compiled = dossiers.lock(tx, draft.dossier.id), draft.compiled
    if current.phase != "draft":
        return
    known = dict(followed_answers(cases, current, compiled))
    if not chosen and asked_for(prefill, known) != told:
        return
    kept, answers = _taken(tx, current, compiled, prefill, readings, known, chosen=chosen)
    prefills.keep(tx, said_rows(tx, current, prefill, kept, told))
    answers = forget_stale(tx, compiled, current, answers)
    checks = {**_with_later(compiled, current, prefill, kept), GIVEN_MARK: True}
    if answers == known and checks == current.checks:
        return
    if any(compiled.fields[one.field].type.widget == "file" for one in kept):
        note_attachments(tx, current, compiled, answers)
    title = title_of(compiled, load_answers(compiled, answers))
    dossiers.save(tx, current, by="system", answers=answers, checks=checks, title=title, snapshot_hash=compiled.hash)
    filled = sorted(name for name in answers if answers.get(name) != known.get(name))
    if filled:
        data = {"prefill": prefill.id, "source": prefill.declared.plugin, "fields": filled}
        tx.journal(current.territory, "prefilled", subject=current.id, data=data)


def _taken(
    tx: Tx,
    current: Dossier,
    compiled: CompiledScheme,
    prefill: CompiledPrefill,
    readings: Iterable[Reading],
    known: Mapping[str, Any],
    *,
    chosen: bool,
) -> tuple[list[Reading], dict[str, Any]]:
    """The readings that are news, and the answers with what they fill or take back."""
    said = said_of(tx, current, compiled)
    answers = dict(known)
    kept: list[Reading] = []
    for one in readings:
        before = said.get(one.field)
        stood = before is not None and before.state == "given" and holds(compiled, before, known)
        if one.state == "silent" and stood:
            continue  # what it said before still holds
        kept.append(one)
        untouched = known.get(one.field) is None or (stood and before is not None and known[one.field] == before.value)
        if is_kept_apart(compiled, prefill, one.field):
            continue
        if one.state == "given" and (chosen or untouched or not prefill.declared.may_correct(one.field)):
            answers[one.field] = one.value
        elif one.state != "given" and stood and untouched:
            answers.pop(one.field, None)
    return kept, answers


def _with_later(
    compiled: CompiledScheme, dossier: Dossier, prefill: CompiledPrefill, readings: Iterable[Reading]
) -> dict[str, Any]:
    """The checks with the fields that may stay empty: those whose source is silent, where the scheme leaves them."""
    states = {one.field: one.state for one in readings}
    left = {name for name in later_fields(dossier) if states.get(name, "silent") == "silent"}
    if prefill.declared.when_silent == "later":
        silent = {name for name, state in states.items() if state == "silent"}
        left |= {name for name in silent if not is_kept_apart(compiled, prefill, name)}
    checks = {name: value for name, value in dossier.checks.items() if name != LATER_MARK}
    return {**checks, LATER_MARK: tuple(sorted(left))} if left else checks
