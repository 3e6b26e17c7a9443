"""The mandatory legal metadata of a scheme."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guichet.model.base import ALIASED, Value
from guichet.model.types import Day, Duration, Flag, Identifier, Text


class Suspension(Value):
    """Days during which a legal clock does not run, both ends included."""

    first: Day = Field(alias="from")
    """The first day."""
    until: Day
    """The last day."""
    legal: Text
    """The text that suspends."""
    model_config = ALIASED


class Silence(Value):
    """What the administration's silence means, and after how long (CRPA L231-1 to L231-6)."""

    means: Literal["rejection", "acceptance"]
    """What no answer means."""
    after: Duration
    """After how long, counted from filing."""
    legal: Text = "Code des relations entre le public et l'administration, art. L231-4, 3°"
    """The article it rests on."""
    suspended: tuple[Suspension, ...] = ()
    """Periods during which the delay does not run."""


class Retention(Value):
    """How long dossiers are kept, by their end; fixed by the controller with the archives' visa."""

    granted: Duration
    """After a grant."""
    refused: Duration
    """After a refusal."""
    dropped: Duration
    """After a dossier was dropped."""
    visa: Text = ""
    """The visa of the departmental archives: reference and date. Required before a real opening."""


class Appeal(Value):
    """The routes and delay of appeal that a notification states (CJA R421-1, R421-5)."""

    after: Duration
    """The delay, from the notification."""
    gracious: Text = ""
    """To whom a request to reconsider is sent."""
    text: Text = ""
    """The routes of a refusal by silence, in the receipt; a sentence with the delay and the court without it."""


class DataProtection(Value):
    """Who answers for personal data, and the notice shown at collection (RGPD art. 13)."""

    controller: Text
    """Who answers for the data."""
    dpo: Text
    """The data protection officer."""
    purposes: Text
    """What the data serve."""
    legal_basis: Text
    """On what ground."""
    recipients: Text
    """Who sees them."""
    dpia: Day | None = None
    """The day the data protection impact assessment was validated (RGPD art. 35). Required before a real opening."""


class Homologation(Value):
    """The decision that the teleservice is safe enough to open (référentiel général de sécurité)."""

    decided: Day
    """The day of the decision."""
    until: Day
    """The last day on which it holds."""
    by: Text = ""
    """Who decided."""


class StateAid(Value):
    """The state-aid regime of an aid to companies."""

    regime: Text
    """The regime."""
    reference: Text = ""
    """Its reference."""


class Convention(Value):
    """The agreement that a grant above 23 000 € to a private body needs (décret n° 2001-495)."""

    stage: Identifier | None = None
    """The stage at which it is signed."""
    exempt: Text = ""
    """The text that exempts from it."""


class Legal(Value):
    """What the law wants known of a scheme before it opens."""

    basis: Text
    """The text that creates the aid."""
    competence: Literal["economic", "social"]
    """The competence it falls under."""
    as_of_right: Flag = False
    """Whether whoever meets the criteria has it; an empty envelope then alerts, never refuses."""
    judged_on: Text = "decision"
    """`decision`, `filing`, or the id of a date field."""
    silence: Silence
    """What the administration's silence means."""
    appeal: Appeal
    """How a decision is contested."""
    retention: Retention
    """How long dossiers are kept."""
    data: DataProtection
    """Who answers for personal data."""
    homologation: Homologation | None = None
    """The security homologation of the teleservice. Required before a real opening."""
    state_aid: StateAid | None = None
    """The state-aid regime, for an aid to companies."""
    convention: Convention | None = None
    """The agreement with a private body, for grants above 23 000 €."""
    algorithm: Text = ""
    """The purpose of the algorithmic processing, printed with the mention of CRPA L311-3-1."""
