"""The helpdesk: one search box, where a dossier stands and since when, what was said, a note of each call.

It answers applicants, it does not instruct: no bank account, no amount, no opinion, no attachment leaves this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from guichet.catalogue import CompiledScheme
from guichet.model.records import FORGOTTEN, Call, Dossier, Exchange
from guichet.services.acting import HELPDESK_ROLE, Actor, actor_of
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.messages import checked
from guichet.services.refusals import NotFound
from guichet.services.tracking import Milestone, track_filed
from guichet.services.undone_work import undone_of
from guichet.storage import Tx, accounts, agents, decisions, dossiers, exchanges, near_names

__all__ = ["Answered", "Found", "HelpdeskView", "note_call", "read_for_helpdesk", "search_for_helpdesk"]


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier of a search."""

    dossier: Dossier
    compiled: CompiledScheme
    near: bool = False
    """Whether only its name comes near what was typed: nothing was found as typed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A call with the name of who answered."""

    call: Call
    by: str


@dataclass(frozen=True, slots=True)
class HelpdeskView:
    """What the helpdesk may say of a dossier."""

    dossier: Dossier
    compiled: CompiledScheme
    email: str
    milestones: tuple[Milestone, ...]
    silent_on: date | None
    clock_stopped: bool
    asked: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    calls: tuple[Answered, ...]
    decided_on: date | None
    notified_on: date | None
    payment_state: str
    """State of the latest payment order; empty before one."""
    payment_on: date | None
    undone: tuple[str, ...]
    """The kinds of duty it waits for that were given up: what never left is not on its way."""


def search_for_helpdesk(cases: UseCases, agent_id: str, text: str, limit: int = 50) -> tuple[Found, ...]:
    """Dossiers by reference, SIREN, name or address, else by a near name, where the agent answers. Raises NotFound."""

    def read(tx: Tx) -> tuple[Found, ...]:
        actor = actor_of(cases, tx, agent_id)
        where = actor.places((HELPDESK_ROLE,))
        if not where:
            raise NotFound
        found = [one for one in dossiers.find(tx, text, places=where, limit=limit) if _answers(actor, one)]
        if found:
            return tuple(Found(one, compiled_for(cases, one)) for one in found)
        near = near_names.find_near(tx, text, places=where)
        return tuple(Found(one, compiled_for(cases, one), near=True) for one in near if _answers(actor, one))

    return cases.store.read(read)


def read_for_helpdesk(cases: UseCases, agent_id: str, reference: str) -> HelpdeskView:
    """One dossier as the helpdesk sees it. Raises NotFound."""

    def read(tx: Tx) -> HelpdeskView:
        dossier = _the_dossier(cases, tx, agent_id, reference)
        tracking = track_filed(cases, tx, dossier)
        account = accounts.by_id(tx, dossier.account) if dossier.account else None
        decided = decisions.of_dossier(tx, dossier.id)
        order = tracking.order
        return HelpdeskView(
            dossier=dossier,
            compiled=tracking.compiled,
            email=account.email if account is not None else "",
            milestones=tracking.milestones,
            silent_on=tracking.silent_on,
            clock_stopped=tracking.clock_stopped,
            asked=tracking.asked,
            exchanges=tuple(exchanges.of_dossier(tx, dossier.id)),
            calls=tuple(_answered(tx, call) for call in exchanges.calls(tx, dossier.id)),
            decided_on=decided[-1].act_date if decided else None,
            notified_on=_day(cases, dossier, decided[-1].notified_at if decided else None),
            payment_state=order.state if order is not None else "",
            payment_on=cases.day_of(order.state_at, dossier.territory) if order is not None else None,
            undone=undone_of(tx, dossier, tracking.orders),
        )

    return cases.store.read(read)


def note_call(cases: UseCases, agent_id: str, reference: str, note: str) -> Call:
    """Note one answer given to an applicant. Raises NotFound; Refused when the note is empty or too long."""
    text = checked(note)

    def act(tx: Tx) -> Call:
        dossier = _the_dossier(cases, tx, agent_id, reference)
        made = exchanges.add_call(tx, dossier=dossier.id, agent=agent_id, note=text)
        tx.journal(dossier.territory, "call_noted", subject=dossier.id, actor=agent_id, data={"call": made.id})
        return made

    return cases.store.act(act)


def _the_dossier(cases: UseCases, tx: Tx, agent_id: str, reference: str) -> Dossier:
    actor = actor_of(cases, tx, agent_id)
    found = dossiers.by_reference(tx, reference)
    if found is None or not _answers(actor, found):
        raise NotFound
    return found


def _answers(actor: Actor, dossier: Dossier) -> bool:
    told = dossier.filed_at is not None and FORGOTTEN not in dossier.checks
    return told and actor.may(HELPDESK_ROLE, dossier.territory, dossier.scheme)


def _day(cases: UseCases, dossier: Dossier, at: datetime | None) -> date | None:
    return cases.day_of(at, dossier.territory) if at is not None else None


def _answered(tx: Tx, call: Call) -> Answered:
    agent = agents.by_id(tx, call.agent)
    return Answered(call, agent.name if agent is not None else "")
