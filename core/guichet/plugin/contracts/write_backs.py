"""Write-backs: a decision told to the software where the applicant filed."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date

from guichet.plugin.contracts.base import Context, Contract, OptionsT


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A decision, for the other software.

    Args:
        id: Unique for ever.
        dossier: The dossier's number in the other software, as the field that holds it says it.
        reference: The dossier's public reference here.
        outcome: `granted`, `granted_in_part`, `refused`, `inadmissible`, `dropped`, `withdrawn`; `revoked` when the one
            told before is undone and the dossier waits for a decision again.
        reason: Why, in words; empty when nothing has to be said.
        cents: The sum granted, if any.
        act: The number of the act.
        siret: The establishment the dossier is about; empty for a person.
        email: The address the applicant proved; empty when nobody did.
    """

    id: str
    dossier: str
    reference: str
    outcome: str
    reason: str
    decided_on: date
    cents: int | None = None
    act: str = ""
    siret: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """What came of it; `already` when the other software held it before."""

    reference: str
    already: bool = False


class WriteBack(Contract[OptionsT]):
    """Tells decisions to another software; a decision told twice is told once.

    The number of the dossier there was typed by the applicant: it proves nothing. Whose dossier it is, the other
    software says, and the `siret` or the `email` of the decision must agree.
    """

    @abstractmethod
    def write_back(self, decision: DecisionTold, options: OptionsT, context: Context) -> WrittenBack:
        """Tell a decision.

        Raises:
            Refused: The other software does not know the dossier, says that it is somebody else's, holds another
                decision, or does not let us. Agents read why; the sentence quotes nothing of the other's.
            Unavailable: It is silent for now.
        """
