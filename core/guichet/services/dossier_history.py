"""What happened to a dossier, when and by whom, in its journal's order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guichet.model.records import Dossier
from guichet.storage import Tx, agents, journal

__all__ = ["AgentNames", "Happened", "history_of"]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the dossier's journal: what, when, by whom."""

    kind: str
    at: datetime
    by: str
    """The agent's name; `applicant` or `system` for the others."""
    data: Mapping[str, Any]


def history_of(tx: Tx, names: AgentNames, dossier: Dossier) -> tuple[Happened, ...]:
    """The lines of a dossier's journal, the first first; without those purged and the start of the draft."""
    found: list[Happened] = []
    for event in journal.of_subject(tx, dossier.id):
        if event.body is None or event.kind == "draft_started":
            continue
        data: Mapping[str, Any] = json.loads(event.body).get("data", {})
        by = "applicant" if event.actor == dossier.account else names.of(event.actor) or "system"
        found.append(Happened(event.kind, event.at, by, data))
    return tuple(found)


class AgentNames:
    """Agents' names, each read once."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._known: dict[str, str] = {}

    def of(self, agent_id: str | None) -> str:
        """The name of an agent; empty for nobody, or for one that is gone."""
        if not agent_id:
            return ""
        if agent_id not in self._known:
            agent = agents.by_id(self._tx, agent_id)
            self._known[agent_id] = agent.name if agent is not None else ""
        return self._known[agent_id]
