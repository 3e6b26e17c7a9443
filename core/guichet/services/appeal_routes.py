"""Before which court, and for how long, a decision may be contested: the words the pages and the receipt share."""

from __future__ import annotations

from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.locale import Language, Texts
from guichet.model.records import Decision, Dossier
from guichet.model.scalars import Period
from guichet.services.cases import UseCases
from guichet.services.text_values import deciding_body, in_sentence

__all__ = ["appeal_routes", "court_sentence", "delay_text"]

_CONTESTED = ("granted_in_part", "refused", "inadmissible", "dropped", "revoked")
"""What gives less than was asked; nobody contests a whole grant of their own."""


def appeal_routes(
    cases: UseCases, compiled: CompiledScheme, dossier: Dossier, decision: Decision, language: Language = "fr"
) -> str:
    """Gives how an applicant may contest a decision; empty for one that gives all that was asked."""
    if decision.kind not in _CONTESTED:
        return ""
    day = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else cases.today(dossier.territory)
    return court_sentence(cases, compiled, day, "answering.contest_text", Texts(language))


def court_sentence(cases: UseCases, compiled: CompiledScheme, day: date, key: str, say: Texts) -> str:
    """Gives a text with the delay and the court, then what the scheme says of a request to reconsider."""
    tribunal = cases.territory(compiled.territory).tribunal_for(deciding_body(compiled), day)
    appeal = compiled.scheme.legal.appeal
    court = ", ".join(part for part in (in_sentence(tribunal.name), tribunal.address) if part)
    text = say(key, delay=delay_text(appeal.after, say), tribunal=court)
    return f"{text} {' '.join(appeal.gracious.split())}".strip()


def delay_text(delay: Period, say: Texts) -> str:
    """A delay in words: `2 mois`."""
    return say(f"letters.delay_{delay.unit}", count=delay.count)
