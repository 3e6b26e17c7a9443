"""The head of an act: its number, its day, and who may sign it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.engine.stages import Standing
from guichet.model.authorities import Signatory
from guichet.model.placeholders import is_supplied
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused


@dataclass(frozen=True, slots=True)
class ActHead:
    """The head of an act: who signs, its number and its day."""

    signatory: str
    """The key of a signatory of the territory, valid on the day."""
    number: str
    day: date


def signatories(cases: UseCases, territory: str, issuer: str, on: date) -> dict[str, Signatory]:
    """Who may sign for an issuer in a territory on a day, by key."""
    return cases.territory(territory).signatories_for(issuer, on)


def signatory_of(
    cases: UseCases, dossier: Dossier, acting: CompiledScheme, here: Standing, head: ActHead, *, decides: bool = True
) -> Signatory:
    """Who signs an act on a dossier; raises Refused when its number, its day or its signatory will not do.

    Args:
        decides: Whether the act decides the application, which a scheme may open on a later day only.
    """
    if not head.number.strip():
        raise Refused("act_number_missing")
    if head.day > cases.today(dossier.territory):
        raise Refused("act_in_the_future", day=head.day)
    if dossier.filed_at is not None and head.day < cases.day_of(dossier.filed_at, dossier.territory):
        raise Refused("act_before_filing", day=head.day)
    opens = acting.scheme.calendar.decidable_from
    if decides and opens is not None and head.day < opens and not dossier.practice:
        raise Refused("not_decidable_yet", day=opens)
    valid = signatories(cases, dossier.territory, here.stage.issued_by or "", head.day)
    if head.signatory not in valid:
        raise Refused("signatory_not_valid", day=head.day)
    signatory = valid[head.signatory]
    real = cases.mode == "live" and not dossier.practice
    if real and not (is_supplied(signatory.name) and is_supplied(signatory.quality)):
        raise Refused("signatory_placeholder")
    return signatory
