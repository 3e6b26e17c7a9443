"""Drafts: opened, answered page by page, resumed; they follow the current snapshot by field id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.calendars import closes_at, opens_at, practice_day, state_at
from guichet.engine.form_flow import Step, asked_fields, gate_fields, steps
from guichet.engine.keys import title_of
from guichet.locale import Texts
from guichet.model.records import Dossier
from guichet.plugin.contracts.base import Language
from guichet.services.answers import dump_answers, load_answers, read_posted
from guichet.services.attachments import note_attachments
from guichet.services.cases import UseCases
from guichet.services.following import followed_answers
from guichet.services.given import GIVEN_MARK, forget_stale, later_fields, locked_fields, said_of
from guichet.services.practice_accounts import practises
from guichet.services.refusals import GateClosed, NotFound, NotOpen, WrongPhase
from guichet.storage import Tx, dossiers, idempotency

GATE_MARK = "@gate"
"""Kept beside the checks once the gate let a draft through: `open`, or `held` while a source is silent."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its owner meets it."""

    dossier: Dossier
    compiled: CompiledScheme
    answers: Mapping[str, Any]
    gate: tuple[str, ...]
    """The fields asked at the gate; empty when the rules of the day have none."""
    gate_passed: bool
    steps: tuple[Step, ...]
    rules_day: date
    """The day whose rules ask: today, for a draft."""
    asked: Mapping[str, bool]
    """Whether each field is asked, given the answers."""

    @property
    def complete(self) -> bool:
        """Whether everything required is answered."""
        return self.gate_passed and all(step.complete for step in self.steps)

    def next_page(self) -> str | None:
        """The first page with something left to answer."""
        return next((step.page for step in self.steps if not step.complete), None)


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a page did: the draft as it stands, and why some answers were not taken."""

    draft: Draft
    refused: Mapping[str, str]


def published(cases: UseCases, scheme: str, territory: str) -> CompiledScheme:
    """The scheme as published for a territory; raises NotFound."""
    compiled = cases.snapshots.current(scheme, territory)
    if compiled is None:
        raise NotFound
    return compiled


def check_open(cases: UseCases, compiled: CompiledScheme, *, practice: bool = False) -> None:
    """Raise NotOpen outside the calendar, with the instant it opens or closed at; one practises on any day."""
    if practice:
        return
    time_zone = cases.territory(compiled.territory).time_zone
    if compiled.scheme.award is not None:  # nobody files: dossiers come from a list
        raise NotOpen("after", closes_at(compiled.scheme.calendar, time_zone))
    state = state_at(compiled.scheme.calendar, cases.clock.business(), time_zone)
    if state != "open":
        edge = opens_at if state == "before" else closes_at
        raise NotOpen(state, edge(compiled.scheme.calendar, time_zone))


def start_draft(cases: UseCases, account: str, scheme: str, territory: str, key: str = "") -> Dossier:
    """A new draft of an applicant; the same key again gives the one begun before. Raises NotFound, NotOpen."""
    compiled = published(cases, scheme, territory)
    practice = cases.store.read(lambda tx: practises(tx, account))
    check_open(cases, compiled, practice=practice)

    def start(tx: Tx) -> Dossier:
        made = dossiers.start(
            tx,
            scheme=scheme,
            territory=territory,
            snapshot_hash=compiled.hash,
            by=account,
            account=account,
            practice=practice,
        )
        data = {"scheme": scheme, "practice": True} if practice else {"scheme": scheme}
        tx.journal(territory, "draft_started", subject=made.id, actor=account, data=data)
        return made

    def act(tx: Tx) -> Dossier:
        if not key:
            return start(tx)
        return dossiers.by_id(tx, str(idempotency.once(tx, f"draft:{account}", key, lambda: start(tx).id)))

    return cases.store.act(act)


def owned(tx: Tx, account: str, reference: str, *, locked: bool = False) -> Dossier:
    """An applicant's own dossier, held until the end of the act at need; NotFound for someone else's or none."""
    found = (dossiers.lock_by_reference if locked else dossiers.by_reference)(tx, reference)
    if found is None or found.account != account:
        raise NotFound
    return found


def open_draft(cases: UseCases, account: str, reference: str) -> Draft:
    """An applicant's draft; raises NotFound, and WrongPhase once it is filed."""
    return as_draft(cases, cases.store.read(lambda tx: owned(tx, account, reference)))


def asking_day(cases: UseCases, dossier: Dossier, compiled: CompiledScheme) -> date:
    """The day whose rules ask: today; for practice before the opening or after the closing, the nearest open day."""
    today = cases.today(dossier.territory)
    return practice_day(compiled.scheme.calendar, today) if dossier.practice else today


def as_draft(cases: UseCases, dossier: Dossier) -> Draft:
    """A dossier of phase draft under the current snapshot; raises WrongPhase for any other."""
    if dossier.phase != "draft":
        raise WrongPhase(dossier.phase, dossier.stage)
    compiled = published(cases, dossier.scheme, dossier.territory)
    followed = followed_answers(cases, dossier, compiled)
    dossier = dossier if followed is dossier.answers else replace(dossier, answers=followed)
    return draft_of(cases, dossier, compiled, load_answers(compiled, dossier.answers))


def draft_of(
    cases: UseCases,
    dossier: Dossier,
    compiled: CompiledScheme,
    answers: Mapping[str, Any],
    asked: Mapping[str, bool] | None = None,
) -> Draft:
    """A dossier of phase draft whose answers are at hand as values.

    Args:
        asked: What `asked_fields` says of today, where it is at hand already.
    """
    today = asking_day(cases, dossier, compiled)
    gate = gate_fields(compiled, today)
    # New rules may read a field at the gate that was not asked when this draft went through.
    passed = not gate or (GATE_MARK in dossier.checks and all(answers.get(name) is not None for name in gate))
    asked = asked_fields(compiled, answers, today) if asked is None else asked
    pages = steps(compiled, answers, today, later_fields(dossier), asked)
    return Draft(dossier, compiled, answers, gate, passed, pages, today, asked)


def save_page(
    cases: UseCases, account: str, reference: str, page: str, posted: Mapping[str, Any], language: Language = "fr"
) -> Saved:
    """Keep what a page posted: every answer that can be read is kept, the others are refused one by one.

    Raises:
        NotFound, WrongPhase, NotOpen: As `open_draft`; filing is over.
        GateClosed: The gate was not passed.
    """
    draft = open_draft(cases, account, reference)
    check_open(cases, draft.compiled, practice=draft.dossier.practice)
    if not draft.gate_passed:
        raise GateClosed("gate_closed")
    step = next((step for step in draft.steps if step.page == page), None)
    if step is None:
        raise NotFound
    today = draft.rules_day
    context = cases.context(draft.dossier.territory, language)
    on_page = tuple(
        draft.compiled.fields[name] for name in draft.compiled.scheme.application[page].fields if name not in draft.gate
    )
    read = read_posted(on_page, posted, context)
    # A field that the answers of this very page make appear or disappear is judged by what was just posted.
    asked = asked_fields(draft.compiled, {**draft.answers, **read.values}, today)
    refused = {name: why for name, why in read.refused.items() if asked.get(name.partition(".")[0], False)}
    kept = {name: value for name, value in read.values.items() if asked[name]}
    locked, forged = _locked(cases, draft, kept, language)
    kept = {name: value for name, value in kept.items() if name not in locked}
    stored = _store_answers(cases, account, draft, kept)
    return Saved(as_draft(cases, stored), {**refused, **forged})


def _locked(
    cases: UseCases, draft: Draft, values: Mapping[str, Any], language: Language
) -> tuple[frozenset[str], dict[str, str]]:
    """The fields that a source filled and that are not to be changed; and why those posted otherwise are refused."""
    if GIVEN_MARK not in draft.dossier.checks:
        return frozenset(), {}
    said = cases.store.read(lambda tx: said_of(tx, draft.dossier, draft.compiled))
    # Who changes the company changes what is known of it: what was given for another holds nothing back.
    stored = {**draft.dossier.answers, **dump_answers(draft.compiled, values)}
    locked = locked_fields(draft.compiled, said, stored)
    posted = dump_answers(draft.compiled, {name: values[name] for name in locked if name in values})
    say = Texts(language)
    refused = {
        name: say("prefill.not_yours", provider=one.provider[language])
        for name, one in locked.items()
        if name in values and posted.get(name) != one.value
    }
    return frozenset(locked), refused


def _store_answers(cases: UseCases, account: str, draft: Draft, values: Mapping[str, Any]) -> Dossier:
    cleared = {name for name, value in values.items() if value is None}
    added = dump_answers(draft.compiled, values)

    def act(tx: Tx) -> Dossier:
        current = dossiers.lock(tx, draft.dossier.id)
        if current.phase != "draft":
            raise WrongPhase(current.phase, current.stage)
        known = followed_answers(cases, current, draft.compiled)
        merged = {name: value for name, value in {**known, **added}.items() if name not in cleared}
        merged = forget_stale(tx, draft.compiled, current, merged)
        note_attachments(tx, current, draft.compiled, merged)
        title = title_of(draft.compiled, load_answers(draft.compiled, merged))
        return dossiers.save(tx, current, by=account, answers=merged, title=title, snapshot_hash=draft.compiled.hash)

    return cases.store.act(act)


def drafts_and_dossiers(cases: UseCases, account: str) -> tuple[Dossier, ...]:
    """All of an applicant's dossiers, the latest first."""
    return tuple(cases.store.read(lambda tx: dossiers.by_account(tx, account)))


def delete_answer(cases: UseCases, account: str, reference: str, field: str) -> Draft:
    """The draft without one answer, such as an attachment taken away."""
    draft = open_draft(cases, account, reference)
    if field not in draft.compiled.fields or field in _locked(cases, draft, {}, "fr")[0]:
        raise NotFound
    return as_draft(cases, _store_answers(cases, account, draft, {field: None}))
