"""Practice: an agent files as an applicant does, on the same pages; what was filed is marked, and thrown away whole."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.services.acting import HELPDESK_ROLE, READING_ROLES, actor_of
from guichet.services.cases import UseCases
from guichet.services.practice_accounts import practice_account
from guichet.services.refusals import NotFound
from guichet.services.sessions import open_session
from guichet.services.throwing_away import forget_dossiers
from guichet.storage import Tx, practice

__all__ = ["Purged", "begin_practice", "count_practice", "purge_practice"]

_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge threw away."""

    dossiers: int
    files: int


def begin_practice(cases: UseCases, agent_id: str, scheme: str, territory: str) -> str:
    """Open the session of an applicant who only practises, for an agent, and give its id.

    Raises:
        NotFound: The scheme is not published there, or the agent has no role there.
    """
    if cases.snapshots.current(scheme, territory) is None:
        raise NotFound

    def act(tx: Tx) -> str:
        actor = actor_of(cases, tx, agent_id)
        if not actor.roles(territory, scheme) & {*READING_ROLES, HELPDESK_ROLE}:
            raise NotFound
        tx.journal(territory, "practice_begun", actor=agent_id, data={"scheme": scheme})
        return practice_account(tx, agent_id).id

    return open_session(cases, "applicant", cases.store.act(act))


def count_practice(cases: UseCases) -> dict[tuple[str, str], int]:
    """(scheme, territory) → how many practice dossiers there are, drafts included."""
    return cases.store.read(practice.count)


def purge_practice(cases: UseCases, scheme: str, territory: str, *, by: str = "") -> Purged:
    """Throw away the practice dossiers of a scheme in a territory with all that hangs on them; real ones are not seen.

    Their lines of the journal keep their place and say nothing any more. May be stopped and run again.
    """
    dossiers = files = 0
    while True:
        some, gone = forget_dossiers(cases, lambda tx: practice.to_purge(tx, scheme, territory, limit=_CHUNK))
        if not some:
            break
        dossiers, files = dossiers + some, files + gone
    if dossiers:
        data = {"scheme": scheme, "dossiers": dossiers, "by": by}
        cases.store.act(lambda tx: tx.journal(territory, "practice_purged", data=data))
    return Purged(dossiers, files)
