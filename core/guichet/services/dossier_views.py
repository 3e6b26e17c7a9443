"""A dossier as agents read it: answers, explanation, files, opinions, decisions, exchanges, payments, its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.engine.explanations import Explanation
from guichet.engine.stages import Standing, standing
from guichet.model.records import (
    AmountPart,
    Call,
    Decision,
    Dossier,
    Exchange,
    FilingIdentity,
    Opinion,
    PaymentOrder,
)
from guichet.plugin.contracts.base import Language
from guichet.services.acting import Actor, acting_scheme, actor_of, require_sight
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.decision_reasons import reasons_typed
from guichet.services.dossier_history import AgentNames, Happened, history_of
from guichet.services.dossier_pages import Page, pages_of
from guichet.services.dossier_rights import DossierRights, rights_on
from guichet.services.explained import explained
from guichet.services.given import said_of
from guichet.services.other_dossiers import Other, others_of
from guichet.services.prerequisites import Shift, shifts_of
from guichet.services.provenance import provenance_of
from guichet.services.recoveries import Claim, claims_of
from guichet.services.refusals import NotFound
from guichet.services.tracking import Tracking, track_filed
from guichet.services.undone_work import undone_of
from guichet.storage import (
    Tx,
    accounts,
    decisions,
    dossiers,
    exchanges,
    identities,
    later_filings,
    parts,
    recoveries,
    returns,
)
from guichet.storage.later_filings import AccountChange
from guichet.storage.returns import Fact

__all__ = ["DossierView", "read_dossier"]


@dataclass(frozen=True, slots=True)
class DossierView:
    """All that an agent may know of a dossier, and what they may do."""

    dossier: Dossier
    compiled: CompiledScheme
    acting: CompiledScheme
    later: Mapping[str, CompiledScheme]
    """Form filed or asked after the application → its questions, as they stood then."""
    here: Standing | None
    rights: DossierRights
    applicant: str
    filed_by: FilingIdentity | None
    """Who filed, as a provider said then; None when the person had signed in otherwise."""
    pages: tuple[Page, ...]
    assessment: Assessment
    explanation: Explanation | None
    shifts: tuple[Shift, ...]
    """What the grants it rests on say otherwise since its decision."""
    tracking: Tracking
    undone: tuple[str, ...]
    """The kinds of duty it waits for that were given up."""
    opinions: tuple[tuple[Opinion, str], ...]
    """Each opinion, revoked ones included, with its author's name."""
    decisions: tuple[tuple[Decision, str], ...]
    exchanges: tuple[Exchange, ...]
    calls: tuple[tuple[Call, str], ...]
    claims: tuple[Claim, ...]
    """What of it is claimed back."""
    mandates: Mapping[str, Fact]
    """Order → the latest return that gives its mandate."""
    parts: Mapping[str, tuple[AmountPart, ...]]
    """Order or claim → the amounts that make it, where the aid has several."""
    accounts: tuple[AccountChange, ...]
    """The accounts that gave way to others."""
    history: tuple[Happened, ...]
    others: tuple[Other, ...]
    elsewhere: Mapping[str, int]
    """`same_siren` or `same_iban` → how many exist that this agent may not see."""

    @property
    def due_on(self) -> date | None:
        """The day by which the present stage is expected to end."""
        return next((one.by for one in self.tracking.milestones if one.state == "current" and one.by is not None), None)


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


def _view(cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, language: Language) -> DossierView:
    compiled = compiled_for(cases, dossier)
    acting = acting_scheme(cases, dossier, compiled)
    assessment = assess(cases, tx, dossier, compiled)
    said = said_of(tx, dossier, compiled)
    known = provenance_of(cases, dossier, compiled, said, language, for_agents=True)
    tracking = track_filed(cases, tx, dossier)
    names = AgentNames(tx)
    decided = decisions.of_dossier(tx, dossier.id)
    others, elsewhere = others_of(tx, actor, dossier)
    account = accounts.by_id(tx, dossier.account) if dossier.account else None
    return DossierView(
        dossier=dossier,
        compiled=compiled,
        acting=acting,
        later={one.form: cases.snapshots.by_hash(one.snapshot_hash).later[one.form] for one in tracking.later},
        here=standing(acting.scheme.workflow, dossier),
        rights=rights_on(cases, tx, actor, dossier, compiled, acting),
        applicant=account.email if account is not None else "",
        filed_by=identities.filed_by(tx, dossier.id),
        pages=pages_of(compiled, dossier, known, language),
        assessment=assessment,
        explanation=_explanation(tx, assessment, decided, dossier, language),
        shifts=shifts_of(tx, dossier, assessment),
        tracking=tracking,
        undone=undone_of(tx, dossier, tracking.orders),
        opinions=tuple((one, names.of(one.agent)) for one in decisions.opinions(tx, dossier.id, revoked=True)),
        decisions=tuple((one, names.of(one.agent)) for one in decided),
        exchanges=tuple(exchanges.of_dossier(tx, dossier.id)),
        calls=tuple((one, names.of(one.agent)) for one in exchanges.calls(tx, dossier.id)),
        claims=claims_of(tx, dossier) if tracking.orders else (),
        mandates=_mandates(tx, tracking.orders),
        parts=_parts(tx, dossier, tracking.orders),
        accounts=tuple(later_filings.changes_of(tx, dossier.id)),
        history=history_of(tx, names, dossier),
        others=others,
        elsewhere=elsewhere,
    )


def _parts(tx: Tx, dossier: Dossier, orders: tuple[PaymentOrder, ...]) -> dict[str, tuple[AmountPart, ...]]:
    claimed = [one.id for one in recoveries.of_dossier(tx, dossier.id)] if orders else []
    return parts.of_orders(tx, [one.id for one in orders]) | parts.of_recoveries(tx, claimed)


def _mandates(tx: Tx, orders: tuple[PaymentOrder, ...]) -> dict[str, Fact]:
    found = ((order.id, fact) for order in orders for fact in returns.facts_of(tx, order.id) if fact.mandate)
    return dict(found)


def _explanation(
    tx: Tx, assessment: Assessment, decided: list[Decision], dossier: Dossier, language: Language
) -> Explanation | None:
    return explained(tx, assessment, typed=reasons_typed(tx, dossier.id, decided), language=language)
