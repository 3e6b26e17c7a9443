"""The shape of the files under `regions/`: what a consultant or an instance writes there."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guichet.model.authorities import Body, Signatory
from guichet.model.base import Value
from guichet.model.brand import Brand
from guichet.model.territory import Accessibility, Contacts, Forms, Payer, TimeZone
from guichet.model.types import Day, Flag, Identifier, Slug, Text

__all__ = ["ActsFor", "AuthorityFile", "Council", "TerritoryFile", "TribunalFile"]

Format = Literal["1"]
Zone = Literal["metropolitan", "overseas"]


class Council(Value):
    """A territory's own authority; its tribunal is said only when it is not the territory's."""

    name: Text
    """Its name, such as `Région Bretagne`."""
    council: Text
    """Its assembly, such as `Conseil régional de Bretagne`."""
    city: Text
    """Its seat."""
    tribunal: Slug | None = None
    """Its court, when it is not the territory's."""
    verified: Flag = True
    """Whether a source establishes it."""


class TerritoryFile(Value):
    """`territory.yaml`, laid over `_defaults.yaml`."""

    format: Format
    """The format of the file: `1`."""
    id: Text
    """Its id, such as `reg-53` or `dep-74`."""
    name: Text
    """Its name."""
    forms: Forms
    """Its name in sentences: `la Bretagne`, `de la Bretagne`, `en Bretagne`."""
    zone: Zone
    """Metropolitan or overseas."""
    time_zone: TimeZone
    """Its time zone, such as `Europe/Paris`."""
    region: Text | None = None
    """The Région of a Département."""
    brand: Brand
    """Its initials and colours."""
    authority: Council
    """The authority that acts for it."""
    prefecture: Body
    """Its préfecture."""
    bodies: dict[Identifier, Body] = Field(default_factory=dict[str, Body])
    """Other organisations, by body of a workflow."""
    tribunal: Slug
    """Its administrative court."""
    contacts: Contacts = Contacts()
    """Where the service is reached."""
    signatories: dict[Identifier, Signatory] = Field(default_factory=dict[str, Signatory])
    """Who signs, by id."""
    payer: Payer = Payer()
    """Who orders its payments, and its public accountant."""
    imputation: dict[Identifier, Text] = Field(default_factory=dict[str, Text])
    """Its accounting references."""
    dpo: Text = ""
    """Its data protection officer."""
    accessibility: Accessibility | None = None
    """Its accessibility statement."""


class ActsFor(Value):
    """During which days, and on which communes, an authority acts for a territory."""

    first: Day | None = Field(default=None, alias="from")
    """The first day."""
    until: Day | None = None
    """The last day, included."""
    communes: tuple[Text, ...] = ()
    """The communes, by INSEE code; none: the whole territory."""


class AuthorityFile(Value):
    """`authority.yaml` of an authority kept apart from territories."""

    format: Format
    """The format of the file: `1`."""
    id: Slug
    """Its id, such as `col-corse`."""
    name: Text
    """Its name."""
    council: Text
    """Its assembly."""
    city: Text
    """Its seat."""
    tribunal: Slug
    """Its administrative court."""
    legal: Text = ""
    """The text that creates it."""
    verified: Flag = True
    """Whether a source establishes it."""
    acts_for: dict[Text, ActsFor]
    """The territories it acts for, and since when."""


class TribunalFile(Value):
    """One court of `_tribunals.yaml`."""

    name: Text
    """Its name."""
    city: Text
    """Its city."""
    address: Text = ""
    """Its address."""
    verified: Flag = True
    """Whether a source establishes it."""
