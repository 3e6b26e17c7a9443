"""A dossier as agents read it: answers, explanation, files, opinions, decisions, exchanges, payments, its history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.explanations import Explanation, explain_dossier
from guichet.engine.stages import Standing, choices_of, standing
from guichet.model.records import (
    Attachment,
    Call,
    Decision,
    Document,
    Dossier,
    Exchange,
    FilingIdentity,
    Opinion,
    PaymentOrder,
)
from guichet.model.workflow import Choice
from guichet.plugin.contracts import StoredFile
from guichet.plugin.contracts.base import Language
from guichet.services.acting import FINANCE_ROLE, ROLE_OF_ACT, Actor, acting_scheme, actor_of, require_sight
from guichet.services.answers import load_answers, shown
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.completions import may_be_asked
from guichet.services.decision_reasons import reasons_given
from guichet.services.gates import list_dates
from guichet.services.given import said_of
from guichet.services.new_accounts import ACCOUNT_ASKERS
from guichet.services.new_accounts import FORM as NEW_ACCOUNT
from guichet.services.provenance import Provenance, provenance_of, sentence
from guichet.services.refusals import NotFound
from guichet.services.revocations import Revocable, revocable
from guichet.services.text_values import typed_reasons
from guichet.services.tracking import Tracking, track_filed
from guichet.storage import (
    Tx,
    accounts,
    agents,
    decisions,
    dossiers,
    exchanges,
    identities,
    journal,
    later_filings,
    returns,
)
from guichet.storage.later_filings import AccountChange
from guichet.storage.returns import Fact

__all__ = ["Answer", "Askable", "DossierView", "Happened", "Other", "Page", "find_for_agent", "read_dossier"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was answered, ready to read; the file's name when it is one."""

    field: str
    label: str
    text: str
    is_file: bool = False
    said: str = ""
    """Where it comes from, or what a source says of it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the form as it was answered."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the dossier's journal: what, when, by whom."""

    kind: str
    at: datetime
    by: str
    """The agent's name; `applicant` or `system` for the others."""
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Other:
    """Another dossier of the same company or account that the agent may see."""

    dossier: Dossier
    same: str
    """`same_siren` or `same_iban`."""


@dataclass(frozen=True, slots=True)
class Askable:
    """What may be asked again of one page of the form."""

    title: str
    fields: tuple[tuple[str, str], ...]
    """Each field's id and label."""


@dataclass(frozen=True, slots=True)
class DossierView:
    """All that an agent may know of a dossier, and what they may do."""

    dossier: Dossier
    compiled: CompiledScheme
    acting: CompiledScheme
    later: Mapping[str, CompiledScheme]
    """Form filed or asked after the application → its questions, as they stood then."""
    roles: frozenset[str]
    here: Standing | None
    may_act: bool
    """Whether the dossier waits for an act of this agent's role and body."""
    choices: tuple[Choice, ...]
    revocable: Revocable | None
    """The decision that this agent may undo."""
    applicant: str
    filed_by: FilingIdentity | None
    """Who filed, as a provider said then; None when the person had signed in otherwise."""
    pages: tuple[Page, ...]
    assessment: Assessment
    explanation: Explanation | None
    tracking: Tracking
    opinions: tuple[tuple[Opinion, str], ...]
    """Each opinion, revoked ones included, with its author's name."""
    decisions: tuple[tuple[Decision, str], ...]
    attachments: tuple[Attachment, ...]
    documents: tuple[Document, ...]
    exchanges: tuple[Exchange, ...]
    calls: tuple[tuple[Call, str], ...]
    orders: tuple[PaymentOrder, ...]
    mandates: Mapping[str, Fact]
    """Order → the latest return that gives its mandate."""
    accounts: tuple[AccountChange, ...]
    """The accounts that gave way to others."""
    may_ask_account: bool
    """Whether this agent may ask for another account, or settle the one filed."""
    shows_iban: bool
    history: tuple[Happened, ...]
    others: tuple[Other, ...]
    elsewhere: Mapping[str, int]
    """`same_siren` or `same_iban` → how many exist that this agent may not see."""
    askable: tuple[Askable, ...]
    """What may be asked again, page by page."""


def read_dossier(cases: UseCases, agent_id: str, reference: str, language: Language = "fr") -> DossierView:
    """A dossier for an agent. Raises NotFound when it does not exist or is not theirs to see."""

    def read(tx: Tx) -> DossierView:
        actor = actor_of(cases, tx, agent_id)
        dossier = dossiers.by_reference(tx, reference)
        if dossier is None:
            raise NotFound
        require_sight(actor, dossier)
        return _view(cases, tx, actor, dossier, language)

    return cases.store.read(read)


def find_for_agent(
    cases: UseCases, agent_id: str, text: str, limit: int = 50
) -> tuple[tuple[Dossier, CompiledScheme], ...]:
    """Dossiers by reference, SIREN, name or address among those the agent may see. Raises NotFound."""

    def read(tx: Tx) -> tuple[tuple[Dossier, CompiledScheme], ...]:
        actor = actor_of(cases, tx, agent_id)
        where = tuple(dict.fromkeys(one.territory for one in actor.assignments))
        found = dossiers.find(tx, text, territories=where, limit=limit) if where else []
        return tuple((one, compiled_for(cases, one)) for one in found if actor.sees(one))

    return cases.store.read(read)


def _view(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, language: Language) -> DossierView:
    compiled = compiled_for(cases, dossier)
    acting = acting_scheme(cases, dossier, compiled)
    workflow = acting.scheme.workflow
    here = standing(workflow, dossier)
    may_act = here is not None and actor.may(
        ROLE_OF_ACT[here.stage.act], dossier.territory, dossier.scheme, here.stage.body
    )
    assessment = assess(cases, tx, dossier, compiled)
    said = said_of(tx, dossier, compiled)
    known = provenance_of(cases, dossier, compiled, said, language, for_agents=True)
    tracking = track_filed(cases, tx, dossier)
    names = _Names(tx)
    decided = decisions.of_dossier(tx, dossier.id)
    others, elsewhere = _others(tx, actor, dossier)
    account = accounts.by_id(tx, dossier.account) if dossier.account else None
    return DossierView(
        dossier=dossier,
        compiled=compiled,
        acting=acting,
        later={one.form: cases.snapshots.by_hash(one.snapshot_hash).later[one.form] for one in tracking.later},
        roles=actor.roles(dossier.territory, dossier.scheme),
        here=here,
        may_act=may_act,
        choices=choices_of(workflow, here.id) if here is not None and here.stage.act == "decision" else (),
        revocable=revocable(cases, tx, actor, dossier),
        applicant=account.email if account is not None else "",
        filed_by=identities.filed_by(tx, dossier.id),
        pages=_pages(compiled, dossier, known, language),
        assessment=assessment,
        explanation=_explanation(tx, assessment, decided, dossier, language),
        tracking=tracking,
        opinions=tuple((one, names.of(one.agent)) for one in decisions.opinions(tx, dossier.id, revoked=True)),
        decisions=tuple((one, names.of(one.agent)) for one in decided),
        attachments=tracking.attachments,
        documents=tracking.documents,
        exchanges=tuple(exchanges.of_dossier(tx, dossier.id)),
        calls=tuple((one, names.of(one.agent)) for one in exchanges.calls(tx, dossier.id)),
        orders=tracking.orders,
        mandates=_mandates(tx, tracking.orders),
        accounts=tuple(later_filings.changes_of(tx, dossier.id)),
        may_ask_account=bool(actor.roles(dossier.territory, dossier.scheme) & ACCOUNT_ASKERS)
        and NEW_ACCOUNT in (cases.snapshots.current(dossier.scheme, dossier.territory) or compiled).later,
        shows_iban=actor.may(FINANCE_ROLE, dossier.territory, dossier.scheme),
        history=_history(tx, names, dossier),
        others=others,
        elsewhere=elsewhere,
        askable=_askable(cases, compiled, dossier) if may_act else (),
    )


def _mandates(tx: Tx, orders: tuple[PaymentOrder, ...]) -> dict[str, Fact]:
    found = ((order.id, fact) for order in orders for fact in returns.facts_of(tx, order.id) if fact.mandate)
    return dict(found)


def _pages(
    compiled: CompiledScheme, dossier: Dossier, known: Mapping[str, Provenance], language: Language
) -> tuple[Page, ...]:
    values = load_answers(compiled, dossier.answers)
    found: list[Page] = []
    for page in compiled.scheme.application.values():
        answers: list[Answer] = []
        for name in page.fields:
            field = compiled.fields[name]
            told = sentence(known[name], language) if name in known else ""
            value = values.get(name)
            if field.type.widget in ("note", "heading") or (value is None and not told):
                continue
            text = shown(field, value, language)
            answers.append(Answer(name, field.declaration.label, text, isinstance(value, StoredFile), told))
        if answers:
            found.append(Page(page.title, tuple(answers)))
    return tuple(found)


def _explanation(
    tx: Tx, assessment: Assessment, decided: list[Decision], dossier: Dossier, language: Language
) -> Explanation | None:
    typed = dict(typed_reasons(decided[-1])) if decided else reasons_given(tx, dossier.id)
    return explain_dossier(
        assessment.compiled,
        assessment.answers,
        assessment.facts,
        assessment.on,
        list_dates=list_dates(tx, assessment),
        typed=typed,
        language=language,
    )


def _askable(cases: UseCases, compiled: CompiledScheme, dossier: Dossier) -> tuple[Askable, ...]:
    fields = [compiled.fields[name] for name in may_be_asked(cases, dossier)]
    return tuple(
        Askable(compiled.scheme.application[page].title, tuple((one.id, one.declaration.label) for one in of_page))
        for page, of_page in groupby(fields, key=lambda one: one.page)
    )


def _others(tx: Tx, actor: Actor, dossier: Dossier) -> tuple[tuple[Other, ...], dict[str, int]]:
    """The other dossiers of the company and of the account: shown where the agent may see them, else only counted."""
    same: dict[str, list[Dossier]] = {
        "same_siren": dossiers.same_siren(tx, dossier.scheme, dossier.siren) if dossier.siren else [],
        "same_iban": dossiers.same_iban(tx, dossier.iban_hash) if dossier.iban_hash else [],
    }
    visible: list[Other] = []
    elsewhere: dict[str, int] = {}
    for kind, found in same.items():
        rest = [one for one in found if one.id != dossier.id]
        visible += [Other(one, kind) for one in rest if actor.sees(one)]
        hidden = sum(not actor.sees(one) for one in rest)
        if hidden:
            elsewhere[kind] = hidden
    return tuple(visible), elsewhere


def _history(tx: Tx, names: _Names, dossier: Dossier) -> tuple[Happened, ...]:
    found: list[Happened] = []
    for event in journal.of_subject(tx, dossier.id):
        if event.body is None or event.kind == "draft_started":
            continue
        data: Mapping[str, Any] = json.loads(event.body).get("data", {})
        by = "applicant" if event.actor == dossier.account else names.of(event.actor) or "system"
        found.append(Happened(event.kind, event.at, by, data))
    return tuple(found)


class _Names:
    """Agents' names, each read once."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._known: dict[str, str] = {}

    def of(self, agent_id: str | None) -> str:
        if not agent_id:
            return ""
        if agent_id not in self._known:
            agent = agents.by_id(self._tx, agent_id)
            self._known[agent_id] = agent.name if agent is not None else ""
        return self._known[agent_id]


def due_on(view: DossierView) -> date | None:
    """The day by which the present stage is expected to end."""
    return next((one.by for one in view.tracking.milestones if one.state == "current" and one.by is not None), None)
