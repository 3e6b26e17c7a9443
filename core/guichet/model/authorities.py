"""Who acts for a territory, who signs, and before which court a decision is contested."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from guichet.model.base import ALIASED, Value
from guichet.model.types import Day, Flag, Identifier, Text

__all__ = ["Acting", "Authority", "Body", "Signatory", "Tribunal"]


class Tribunal(Value):
    """The administrative court before which a decision is contested."""

    name: Text
    """Its name."""
    city: Text
    """Its city."""
    address: Text = ""
    """Its address."""
    verified: Flag = True
    """Whether a source establishes it."""


class Body(Value):
    """The organisation behind a body of a workflow."""

    name: Text
    """Its name, such as `Préfecture de la région Bretagne`."""
    city: Text = ""
    """Its city."""


class _Dated(Value):
    """What holds from a day to another, both included; an end left out is open."""

    first: Day | None = Field(default=None, alias="from")
    """The first day."""
    until: Day | None = None
    """The last day, included."""
    model_config = ALIASED

    def holds_on(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.first is None or self.first <= day) and (self.until is None or day <= self.until)


class Signatory(_Dated):
    """Who signs for an issuer, by which quality and delegation, and during which days."""

    name: Text
    """Who signs."""
    quality: Text
    """In which quality, such as `La secrétaire générale`."""
    delegation: Text = ""
    """The act of delegation."""
    issuer: Identifier | None = None
    """The issuer signed for; left out, the signatory's own id."""


class Authority(Value):
    """The legal body that acts for a territory."""

    id: Text
    name: Text
    council: Text
    city: Text
    tribunal: Tribunal
    legal: Text = ""
    verified: Flag = True


class Acting(_Dated):
    """An authority that acts for a territory during some days, on the whole of it or on some communes."""

    authority: Authority
    communes: tuple[Text, ...] = ()
