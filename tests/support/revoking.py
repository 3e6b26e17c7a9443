"""A grant, the decision on it taken again, and its revocation, for what follows money."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from databases import SteppedClock
from guichet.model.records import Dossier
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.revocations import Revoked, revoke_decision
from guichet.services.rulings import Ruling
from guichet.storage import envelopes
from instructing import People, dossiers_to_instruct, head_of_act, instructing, read_again, selected
from worked import DAY, SCHEME

__all__ = ["committed", "decide", "granted", "revoke"]


@contextmanager
def granted(folder: Path, url: str | None = None, **values: Any) -> Iterator[tuple[UseCases, People, Dossier]]:
    """Give an instance whose one dossier was granted 2 000 €."""
    with instructing(folder, url, clock=SteppedClock(DAY)) as (cases, people):
        (made,) = dossiers_to_instruct(cases, 1, **values)
        assert not give_opinions(cases, people.instructor, selected([made]), Answers(favourable=True)).left
        assert not decide(cases, people, made)
        yield cases, people, read_again(cases, made)


def decide(cases: UseCases, people: People, dossier: Dossier, choice: Any = "grant", reason: str = "") -> list[str]:
    """Decide again and give why it could not be."""
    head = head_of_act(cases, day=cases.today("reg-53"))
    ruling = Ruling(choice, reason=reason)
    return [
        one.code for one in decide_all(cases, people.decider, selected([read_again(cases, dossier)]), ruling, head).left
    ]


def revoke(cases: UseCases, agent: str, dossier: Dossier, **changes: Any) -> Revoked:
    """Undo the decision; `changes`: ground, reason, number, day."""
    given: dict[str, Any] = {"ground": "illegal", "reason": "Condition mal vérifiée.", "number": "2020-53-R1"} | changes
    day = given.get("day") or cases.today("reg-53")
    head = ActHead(head_of_act(cases).signatory, given["number"], day)
    return revoke_decision(cases, agent, dossier.reference, given["ground"], given["reason"], head)


def committed(cases: UseCases) -> int:
    """Give what the envelope of the place holds."""
    found = cases.store.read(lambda tx: envelopes.find(tx, SCHEME, "reg-53"))
    return found.committed_cents if found is not None else 0
