"""The mandatory legal metadata of a scheme."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guichet.model.base import Value
from guichet.model.types import Day, Duration, Flag, Text


class Suspension(Value):
    """Days during which a legal clock does not run, both ends included."""

    first: Day = Field(alias="from")
    until: Day
    legal: Text
    model_config = Value.model_config | {"serialize_by_alias": True}


class Silence(Value):
    """What the administration's silence means, and after how long (CRPA L231-1 to L231-6)."""

    means: Literal["rejection", "acceptance"]
    after: Duration
    legal: Text = "Code des relations entre le public et l'administration, art. L231-4, 3°"
    suspended: tuple[Suspension, ...] = ()


class Retention(Value):
    """How long dossiers are kept, by their end; fixed by the controller with the archives' visa."""

    granted: Duration
    refused: Duration
    dropped: Duration


class Appeal(Value):
    """The routes and delay of appeal that a notification states (CJA R421-1, R421-5)."""

    after: Duration
    gracious: Text = ""
    text: Text = ""


class DataProtection(Value):
    """Who answers for personal data, and the notice shown at collection (RGPD art. 13)."""

    controller: Text
    dpo: Text
    purposes: Text
    legal_basis: Text
    recipients: Text


class StateAid(Value):
    """The state-aid regime of an aid to companies."""

    regime: Text
    reference: Text = ""


class Legal(Value):
    """What the law wants known of a scheme before it opens."""

    basis: Text
    competence: Literal["economic", "social"]
    as_of_right: Flag = False
    judged_on: Text = "decision"
    """`decision`, `filing`, or the id of a date field."""
    silence: Silence
    appeal: Appeal
    retention: Retention
    data: DataProtection
    state_aid: StateAid | None = None
    algorithm: Text = ""
    """The purpose of the algorithmic processing, printed with the mention of CRPA L311-3-1."""
