"""Calls: some who filed ask the helpdesk where their dossier is, and what was answered is noted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from guichet.demo.opening import Staff
from guichet.demo.stage import Played, Stage
from guichet.locale import Texts
from guichet.services.helpdesk import note_call, read_for_helpdesk, search_for_helpdesk
from guichet.storage import dossiers

__all__ = ["take_calls"]


def take_calls(stage: Stage, played: Sequence[Played], staff: Sequence[Staff]) -> int:
    """Answer those who call, each from the one box of the helpdesk, and give how many there were."""
    desks = {
        territory: cycle([one for one in staff if (one.role, one.territory) == ("helpdesk", territory)])
        for territory in {one.territory for one in staff if one.role == "helpdesk"}
    }
    callers = [one for one in played if one.attempt.calls and one.attempt.territory in desks]
    for one in callers:
        _answer(stage, one, next(desks[one.attempt.territory]))
    return len(callers)


def _answer(stage: Stage, one: Played, agent: Staff) -> None:
    """The caller gives the address they signed in with; the agent reads where the dossier is, and notes the call."""
    dossier = stage.cases.store.read(lambda tx: dossiers.by_id(tx, one.dossier))
    found = [each.dossier.reference for each in search_for_helpdesk(stage.cases, agent.id, one.attempt.email)]
    if dossier.reference not in found:
        raise LookupError(f"the helpdesk does not find {dossier.reference}")
    view = read_for_helpdesk(stage.cases, agent.id, dossier.reference)
    note_call(stage.cases, agent.id, view.dossier.reference, Texts("fr")("demo.call"))
