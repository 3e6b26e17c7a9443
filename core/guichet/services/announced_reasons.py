"""The reasons that the letters of a decision will print, told before it is taken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from guichet.model.records import Dossier
from guichet.services.assessments import Assessment
from guichet.services.decision_reasons import reasons_of
from guichet.services.explained import explained
from guichet.services.rulings import Ruling
from guichet.storage import Tx

__all__ = ["Announced", "AnnouncedReasons"]


@dataclass(frozen=True, slots=True)
class Announced:
    """One reason as the first letter that has it prints it, and how many letters have it."""

    label: str
    text: str
    legal: str
    count: int = 0


@dataclass(slots=True)
class AnnouncedReasons:
    """The conditions not met of the dossiers noted, by condition and by what was typed of it."""

    _found: dict[tuple[str, str], Announced] = field(default_factory=dict[tuple[str, str], Announced])

    def note(self, tx: Tx, dossier: Dossier, ruling: Ruling, assessment: Assessment) -> None:
        """Count the reasons of one dossier; only one that none had before is put in words."""
        given = [
            (one["criterion"], one["reason"]) for one in reasons_of(tx, dossier, ruling, assessment) if one["criterion"]
        ]
        if any(one not in self._found for one in given):
            self._put_in_words(tx, dict(given), assessment)
        for one in given:
            if one in self._found:
                self._found[one] = replace(self._found[one], count=self._found[one].count + 1)

    def by_count(self) -> tuple[Announced, ...]:
        """The reasons, those of most letters first."""
        return tuple(sorted(self._found.values(), key=lambda one: -one.count))

    def _put_in_words(self, tx: Tx, typed: dict[str, str], assessment: Assessment) -> None:
        explanation = explained(tx, assessment, typed=typed)
        for reason in explanation.of_state("failed") if explanation is not None else ():
            if reason.id in typed:
                key = (reason.id, typed[reason.id])
                told = Announced(reason.label, reason.text.strip() or typed[reason.id], reason.legal)
                self._found.setdefault(key, told)
