"""What an applicant follows of a filed dossier: milestones with dates, the legal clock, what was said and paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.delays import expected_by, silence_date
from guichet.engine.explanations import Explanation
from guichet.engine.stages import judged
from guichet.model.records import Attachment, Decision, Document, Dossier, Exchange, Opinion, PaymentOrder
from guichet.model.scalars import Period
from guichet.plugin.contracts.base import Language
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.attachments import shown_attachments
from guichet.services.cases import UseCases
from guichet.services.completions import asked_again
from guichet.services.drafts import owned
from guichet.services.explained import explained
from guichet.services.messages import exchanges_of
from guichet.services.passages import passed_over
from guichet.services.pauses import pauses_of
from guichet.services.recoveries import Claim, claims_of
from guichet.services.refusals import WrongPhase
from guichet.storage import Tx, decisions, files, journal, later_filings, payments, returns
from guichet.storage.later_filings import LaterFiling

__all__ = ["Explained", "Milestone", "Tracking", "expected_delay", "explain_filed", "track", "track_filed"]

Kind = Literal[
    "filed", "checked", "completing", "stage", "passed", "funds", "decided", "withdrawn", "transferred", "payment"
]
State = Literal["done", "current", "todo"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of the way: the core's own by `kind`, or a stage of the scheme by its label.

    Args:
        on: The day it was reached, or began for the current one.
        by: The day by which it is expected to end.
    """

    kind: Kind
    state: State
    label: str = ""
    on: date | None = None
    by: date | None = None
    conditional: bool = False
    """Whether only some dossiers have this stage."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """A filed dossier as its applicant follows it."""

    dossier: Dossier
    compiled: CompiledScheme
    filed_on: date
    milestones: tuple[Milestone, ...]
    silent_on: date | None
    """The day silence makes a decision; None once one is taken, or while the clock is stopped."""
    clock_stopped: bool
    asked: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    decision: Decision | None
    orders: tuple[PaymentOrder, ...]
    documents: tuple[Document, ...]
    attachments: tuple[Attachment, ...]
    later: tuple[LaterFiling, ...] = ()
    """The forms asked after the application, and those filed, the first first."""
    claimed: tuple[Claim, ...] = ()
    """The claims of which something is still to come back."""

    @property
    def order(self) -> PaymentOrder | None:
        """The latest payment order."""
        return self.orders[-1] if self.orders else None

    @property
    def may_withdraw(self) -> bool:
        """Whether the applicant may still give up."""
        return self.dossier.phase in ("filed", "instruction")


def track(cases: UseCases, account: str, reference: str) -> Tracking:
    """An applicant's filed dossier, without the attachments that are for agents only.

    Raises:
        NotFound: It is not theirs.
        WrongPhase: It is a draft.
    """

    def read(tx: Tx) -> Tracking:
        dossier = owned(tx, account, reference)
        return replace(track_filed(cases, tx, dossier), attachments=shown_attachments(cases, tx, dossier))

    return cases.store.read(read)


def track_filed(cases: UseCases, tx: Tx, dossier: Dossier) -> Tracking:
    """The way of a filed dossier, whoever asks: the caller has checked that they may. Raises WrongPhase."""
    if dossier.filed_at is None:
        raise WrongPhase(dossier.phase, dossier.stage)
    compiled = compiled_for(cases, dossier)
    filed_on = cases.day_of(dossier.filed_at, dossier.territory)
    decided = decisions.of_dossier(tx, dossier.id)
    orders = payments.of_dossier(tx, dossier.id)
    opened = dossier.phase in ("filed", "instruction")
    silence = silence_date(compiled.scheme.legal.silence, filed_on, pauses_of(cases, dossier))
    reached = _days(cases, tx, dossier) | _paid(tx, orders)
    opinions, passed = decisions.opinions(tx, dossier.id), passed_over(cases, tx, dossier)
    return Tracking(
        dossier=dossier,
        compiled=compiled,
        filed_on=filed_on,
        milestones=tuple(_milestones(cases, dossier, compiled, filed_on, reached, opinions, orders, passed)),
        silent_on=silence if opened and not dossier.to_complete else None,
        clock_stopped=dossier.to_complete,
        asked=asked_again(dossier) if dossier.to_complete else (),
        exchanges=exchanges_of(tx, dossier),
        decision=_shown(dossier, decided),
        orders=tuple(orders),
        documents=tuple(files.documents(tx, dossier.id)),
        attachments=tuple(files.attachments(tx, dossier.id)),
        later=tuple(later_filings.of_dossier(tx, dossier.id)),
        claimed=tuple(one for one in claims_of(tx, dossier) if one.left_cents) if orders else (),
    )


def _days(cases: UseCases, tx: Tx, dossier: Dossier) -> dict[str, date]:
    """Kind of event → the day of the last one."""
    return {line.kind: cases.day_of(line.at, dossier.territory) for line in journal.of_subject(tx, dossier.id)}


def _shown(dossier: Dossier, decided: Sequence[Decision]) -> Decision | None:
    """The decision that stands, or the act that undid it while another is awaited."""
    if not decided or dossier.end in ("withdrawn", "transferred"):
        return None
    return decided[-1] if dossier.phase in ("decided", "closed") or decided[-1].kind == "revoked" else None


def _paid(tx: Tx, orders: Sequence[PaymentOrder]) -> dict[str, date]:
    """The day the accountant paid the latest order, as the return says it."""
    if not orders or orders[-1].state != "paid":
        return {}
    days = [fact.on_day for fact in returns.facts_of(tx, orders[-1].id) if fact.outcome == "paid"]
    return {"@paid": days[-1]} if days else {}


def _milestones(
    cases: UseCases,
    dossier: Dossier,
    compiled: CompiledScheme,
    filed_on: date,
    reached: dict[str, date],
    opinions: Sequence[Opinion],
    orders: Sequence[PaymentOrder],
    passed: Mapping[str, date],
) -> Iterator[Milestone]:
    """The way in order: filed, checked, the scheme's stages, the decision's end, the payment."""
    yield Milestone("filed", "done", on=filed_on)
    workflow = compiled.scheme.workflow
    waits = dossier.phase == "filed"
    by = expected_by(filed_on, workflow.pre_instruction_expected)
    if waits or "pre_instructed" in reached:
        state: State = "current" if waits else "done"
        yield Milestone("checked", state, on=reached.get("pre_instructed"), by=by if waits else None)
    yield from _stages(cases, dossier, compiled, by or filed_on, opinions, passed)
    if dossier.end in ("withdrawn", "transferred"):
        yield Milestone(dossier.end, "done", on=_day(cases, dossier, dossier.stage_at))
    if dossier.granted_cents is not None:
        last = orders[-1] if orders else None
        paid = last is not None and last.state == "paid"
        on = _day(cases, dossier, last.state_at) if last is not None else None
        yield Milestone("payment", "done" if paid else "current", on=reached.get("@paid", on) if paid else on)
    elif dossier.phase in ("filed", "instruction") and compiled.scheme.payment is not None:
        yield Milestone("payment", "todo")


def _stages(
    cases: UseCases,
    dossier: Dossier,
    compiled: CompiledScheme,
    since: date,
    opinions: Sequence[Opinion],
    passed: Mapping[str, date],
) -> Iterator[Milestone]:
    stages = compiled.scheme.workflow.stages
    deciding = next((name for name, one in stages.items() if one.act == "decision" and name not in passed), None)
    here = list(stages).index(dossier.stage) if dossier.stage in stages else -1
    given = {opinion.stage: _day(cases, dossier, opinion.at) for opinion in opinions}
    for number, (name, stage) in enumerate(stages.items()):
        label = stage.label or name
        decided = dossier.decided_at is not None and name == deciding
        if name in passed and name not in given and number != here:
            yield Milestone("passed", "done", label, passed[name])
        elif name in given or decided or (dossier.phase == "instruction" and number < here):
            on = _day(cases, dossier, dossier.decided_at) if decided else given.get(name)
            yield Milestone("decided" if decided else "stage", "done", label, on)
        elif dossier.phase == "instruction" and number == here:
            began = _day(cases, dossier, dossier.stage_at) or since
            if dossier.to_complete:
                yield Milestone("completing", "current", label)
            elif dossier.waiting_for_funds:
                yield Milestone("funds", "current", label, began)
            since = expected_by(began, stage.expected) or began
            if not dossier.to_complete and not dossier.waiting_for_funds:
                yield Milestone("stage", "current", label, began, since if stage.expected else None)
        elif dossier.phase in ("filed", "instruction"):
            since = expected_by(since, stage.expected) or since
            by = since if stage.expected and not dossier.to_complete else None
            yield Milestone("stage", "todo", label, by=by, conditional=bool(stage.when))


def _day(cases: UseCases, dossier: Dossier, at: Any) -> date | None:
    return cases.day_of(at, dossier.territory) if at is not None else None


def expected_delay(compiled: CompiledScheme) -> tuple[Period, ...]:
    """How long an answer is expected to take: the stages' delays added up, days and months apart; empty when unsaid."""
    workflow = compiled.scheme.workflow
    said = [workflow.pre_instruction_expected, *(stage.expected for stage in workflow.stages.values())]
    totals: dict[str, int] = {}
    for period in said:
        if period is not None:
            totals[period.unit] = totals.get(period.unit, 0) + period.count
    return tuple(Period(count, cast("Any", unit)) for unit, count in sorted(totals.items(), reverse=True))


@dataclass(frozen=True, slots=True)
class Explained:
    """How a filed dossier came out under the rules, for its applicant."""

    assessment: Assessment
    explanation: Explanation | None


def explain_filed(cases: UseCases, account: str, reference: str, language: Language = "fr") -> Explained:
    """How each criterion and the amount came out (CRPA R311-3-1-2); raises NotFound, WrongPhase.

    What a body thinks before the decision is not shown: it prepares the decision and may still change.
    """

    def look(tx: Tx) -> Explained:
        dossier = owned(tx, account, reference)
        if dossier.filed_at is None:
            raise WrongPhase(dossier.phase, dossier.stage)
        compiled = compiled_for(cases, dossier)
        return _explain(cases, tx, dossier, compiled, language)

    return cases.store.read(look)


def _explain(cases: UseCases, tx: Tx, dossier: Dossier, compiled: CompiledScheme, language: Language) -> Explained:
    decided = decisions.of_dossier(tx, dossier.id)
    typed: dict[str, str] = {}
    if dossier.phase != "decided" or not decided:
        hidden = {name for version in compiled.versions for name in judged(version.rules)}
        checks = {name: value for name, value in dossier.checks.items() if name not in hidden}
        dossier = replace(dossier, checks=checks)
    else:
        reasons = cast("tuple[dict[str, str], ...]", decided[-1].reasons)
        typed = {reason["criterion"]: reason["reason"] for reason in reasons}
    assessment = assess(cases, tx, dossier, compiled)
    return Explained(assessment, explained(tx, assessment, typed=typed, language=language))
