"""Dossiers found by what an agent knows of them: a reference, a SIREN, a name, an address."""

from __future__ import annotations

from guichet.catalogue import CompiledScheme
from guichet.model.records import Dossier
from guichet.services.acting import actor_of
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.storage import Tx, dossiers

__all__ = ["find_for_agent"]


def find_for_agent(
    cases: UseCases, agent_id: str, text: str, limit: int = 50
) -> tuple[tuple[Dossier, CompiledScheme], ...]:
    """Dossiers by reference, SIREN, name or address among those the agent may see. Raises NotFound."""

    def read(tx: Tx) -> tuple[tuple[Dossier, CompiledScheme], ...]:
        actor = actor_of(cases, tx, agent_id)
        found = dossiers.find(tx, text, places=actor.places(), limit=limit)
        return tuple((one, compiled_for(cases, one)) for one in found if actor.sees(one))

    return cases.store.read(read)
