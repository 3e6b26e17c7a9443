"""What one agent may do with one dossier, as its page offers it; each act checks again for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guichet.catalogue import CompiledScheme
from guichet.engine.stages import choices_of, standing
from guichet.model.authorities import Signatory
from guichet.model.records import Dossier
from guichet.model.workflow import Choice
from guichet.services.acting import FINANCE_ROLE, ROLE_OF_ACT, Actor
from guichet.services.cases import UseCases
from guichet.services.dossier_pages import Askable, askable_of
from guichet.services.new_accounts import ACCOUNT_ASKERS
from guichet.services.new_accounts import FORM as NEW_ACCOUNT
from guichet.services.recoveries import Recoverable, may_note, recoverable
from guichet.services.revocations import Revocable, revocable
from guichet.services.transfers import transfer_signatories
from guichet.storage import Tx

__all__ = ["DossierRights", "rights_on"]


@dataclass(frozen=True, slots=True)
class DossierRights:
    """What an agent may do with a dossier."""

    roles: frozenset[str]
    may_act: bool
    """Whether the dossier waits for an act of this agent's role and body."""
    choices: tuple[Choice, ...]
    revocable: Revocable | None
    """The decision that this agent may undo."""
    recoverable: Recoverable | None
    """What this agent may claim back of what was paid."""
    may_note_back: bool
    """Whether this agent may note what came back of a claim."""
    transfer_signatories: Mapping[str, Signatory]
    transfer_needs_act: bool
    """Who may sign the act that sends the dossier on, by key; nobody for an agent who may not."""
    may_ask_account: bool
    """Whether this agent may ask for another account, or settle the one filed."""
    shows_iban: bool
    askable: tuple[Askable, ...]
    """What may be asked again, page by page."""


def rights_on(
    cases: UseCases, tx: Tx, actor: Actor, dossier: Dossier, compiled: CompiledScheme, acting: CompiledScheme
) -> DossierRights:
    """What an agent may do with a dossier.

    Args:
        compiled: The scheme whose form was filed.
        acting: The scheme whose workflow holds now.
    """
    workflow = acting.scheme.workflow
    here = standing(workflow, dossier)
    where = (dossier.territory, dossier.scheme)
    roles = actor.roles(*where)
    may_act = here is not None and actor.may(ROLE_OF_ACT[here.stage.act], *where, here.stage.body)
    decides = here is not None and here.stage.act == "decision"
    current = cases.snapshots.current(dossier.scheme, dossier.territory) or compiled
    return DossierRights(
        roles=roles,
        may_act=may_act,
        choices=choices_of(workflow, here.id) if here is not None and decides else (),
        revocable=revocable(cases, tx, actor, dossier),
        recoverable=recoverable(cases, tx, actor, dossier),
        may_note_back=may_note(cases, tx, actor, dossier),
        transfer_needs_act=acting.scheme.workflow.transfer.act == "required",
        transfer_signatories=transfer_signatories(cases, dossier, acting) if may_act else {},
        may_ask_account=bool(roles & ACCOUNT_ASKERS) and NEW_ACCOUNT in current.later,
        shows_iban=actor.may(FINANCE_ROLE, *where),
        askable=askable_of(cases, compiled, dossier) if may_act else (),
    )
