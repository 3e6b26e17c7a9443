"""The shape of the files under `regions/`: what a consultant or an instance writes there."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guichet.model.base import Value
from guichet.model.territory import Accessibility, Body, Brand, Contacts, Forms, Signatory, TimeZone
from guichet.model.types import Day, Flag, Identifier, Slug, Text

__all__ = ["ActsFor", "AuthorityFile", "Council", "TerritoryFile", "TribunalFile"]

Format = Literal["1"]
Zone = Literal["metropolitan", "overseas"]


class Council(Value):
    """A territory's own authority; its tribunal is said only when it is not the territory's."""

    name: Text
    council: Text
    city: Text
    tribunal: Slug | None = None
    verified: Flag = True


class TerritoryFile(Value):
    """`territory.yaml`, laid over `_defaults.yaml`."""

    format: Format
    id: Text
    name: Text
    forms: Forms
    zone: Zone
    time_zone: TimeZone
    region: Text | None = None
    brand: Brand
    authority: Council
    prefecture: Body
    bodies: dict[Identifier, Body] = Field(default_factory=dict[str, Body])
    tribunal: Slug
    contacts: Contacts = Contacts()
    signatories: dict[Identifier, Signatory] = Field(default_factory=dict[str, Signatory])
    payer: dict[Identifier, Text] = Field(default_factory=dict[str, Text])
    imputation: dict[Identifier, Text] = Field(default_factory=dict[str, Text])
    dpo: Text = ""
    accessibility: Accessibility | None = None


class ActsFor(Value):
    """During which days, and on which communes, an authority acts for a territory."""

    first: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    communes: tuple[Text, ...] = ()


class AuthorityFile(Value):
    """`authority.yaml` of an authority kept apart from territories."""

    format: Format
    id: Slug
    name: Text
    council: Text
    city: Text
    tribunal: Slug
    legal: Text = ""
    verified: Flag = True
    acts_for: dict[Text, ActsFor]


class TribunalFile(Value):
    """One court of `_tribunals.yaml`."""

    name: Text
    city: Text
    address: Text = ""
    verified: Flag = True
