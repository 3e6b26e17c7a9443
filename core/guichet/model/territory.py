"""A territory: a Région or Département that runs schemes, who acts for it, who signs, where to appeal."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from guichet.model.authorities import Acting, Authority, Body, Signatory, Tribunal
from guichet.model.base import ALIASED, Value
from guichet.model.brand import Brand
from guichet.model.placeholders import PLACEHOLDER, is_supplied, leaves
from guichet.model.scalars import ScalarError
from guichet.model.territory_ids import TerritoryKind, kind_of
from guichet.model.types import Day, Identifier, Text, Whole, from_text

__all__ = ["Accessibility", "Contacts", "Forms", "Payer", "Territory", "TimeZone"]


def _parse_time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:  # unknown, badly written, or the name of a folder of zones
        raise ScalarError("territory.time_zone", {"text": text}) from error
    return text


def _parse_email(text: str) -> str:
    if text not in ("", PLACEHOLDER) and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ScalarError("territory.email", {"text": text})
    return text


TimeZone = Annotated[str, from_text(_parse_time_zone)]
Email = Annotated[str, from_text(_parse_email)]


class Forms(Value):
    """A name as French sentences need it: `la Bretagne`, `de la Bretagne`, `en Bretagne`."""

    the: Text
    """As in `la Bretagne`."""
    of: Text
    """As in `de la Bretagne`."""
    within: Text = Field(alias="in")
    """As in `en Bretagne`."""
    model_config = ALIASED


class Contacts(Value):
    """Where applicants reach the service that treats their dossier."""

    service: Text = ""
    """The name of the service."""
    email: Email = ""
    """Its e-mail address."""
    phone: Text = ""
    """Its telephone, such as `02 99 00 00 00`."""
    address: Text = ""
    """Its postal address."""
    hours: Text = ""
    """Its opening hours."""


class Accessibility(Value):
    """The accessibility statement of a territory's pages (loi n° 2005-102, art. 47)."""

    status: Literal["none", "partial", "full"]
    """How far the pages conform: not, in part (half of the criteria at least), wholly."""
    assessed: Day
    """The day of the assessment."""
    assessed_by: Text = ""
    """Who made it."""
    criteria_met: Whole | None = Field(default=None, ge=0, le=100)
    """How many of a hundred criteria that apply are met, as the assessment counts them."""
    not_accessible: tuple[Text, ...] = ()
    """What does not conform yet, one thing a line."""
    exempt: tuple[Text, ...] = ()
    """What the law exempts, or would be a burden out of proportion, one thing a line."""
    statement: Text = ""
    """The address of the full statement, when it lies elsewhere."""


class Payer(Value):
    """Who orders the payments of a territory, and who pays them."""

    name: Text = ""
    """Who orders them, such as `Région Bretagne`."""
    accountant: Text = ""
    """The public accountant who pays, such as `Payeur régional de Bretagne`."""


class Territory(Value):
    """A Région or Département with all that its pages, letters and payments say of it."""

    id: Text
    name: Text
    forms: Forms
    zone: Text
    time_zone: TimeZone
    region: Text | None = None
    """The Région of a Département."""
    departements: tuple[Text, ...] = ()
    """The Départements of a Région, sorted."""
    brand: Brand
    contacts: Contacts = Contacts()
    authorities: tuple[Acting, ...]
    """Who acts, the narrowest and latest first; the last is its own council and holds at any date."""
    prefecture: Body
    bodies: dict[Identifier, Body] = Field(default_factory=dict[str, Body])
    tribunal: Tribunal
    signatories: dict[Identifier, Signatory] = Field(default_factory=dict[str, Signatory])
    payer: Payer = Payer()
    imputation: dict[Identifier, Text] = Field(default_factory=dict[str, Text])
    dpo: Text = ""
    """Its data protection officer, for the schemes that name none."""
    accessibility: Accessibility | None = None
    """Its accessibility statement."""

    @property
    def kind(self) -> TerritoryKind:
        """Région or Département, as the id says."""
        return kind_of(self.id) or "departement"

    @property
    def code(self) -> str:
        """The INSEE code, unique among territories of one kind only."""
        return self.id.partition("-")[2].upper()

    def authority_on(self, day: date, commune: str | None = None) -> Authority:
        """Who acts for the territory on a day; the commune tells where two authorities share the ground."""
        for acting in self.authorities:
            if acting.holds_on(day) and (not acting.communes or commune in acting.communes):
                return acting.authority
        return self.authorities[-1].authority

    def organisation(self, body: str, day: date) -> Body | None:
        """The organisation behind a body of a workflow on a day, or None when the territory names none.

        `region` and `departement` are the acting council, `prefecture` the State; others stand in `bodies`.
        """
        if body in self.bodies:
            return self.bodies[body]
        if body == "prefecture":
            return self.prefecture
        if body == self.kind:
            authority = self.authority_on(day)
            return Body(name=authority.council, city=authority.city)
        return None

    def tribunal_for(self, body: str, day: date) -> Tribunal:
        """The court for a decision of a body: where the deciding authority has its seat (CJA R312-1)."""
        return self.authority_on(day).tribunal if body == self.kind else self.tribunal

    def signatories_for(self, issuer: str, day: date) -> dict[str, Signatory]:
        """Who may sign for an issuer on a day, by id."""
        return {
            key: signatory
            for key, signatory in self.signatories.items()
            if (signatory.issuer or key) == issuer and signatory.holds_on(day)
        }

    def officer_for(self, scheme_officer: str) -> str:
        """The data protection officer: the scheme's, else the territory's own."""
        return scheme_officer if is_supplied(scheme_officer) or not self.dpo else self.dpo

    def day_of(self, instant: datetime) -> date:
        """The calendar day of an aware instant on the territory's clocks."""
        return instant.astimezone(ZoneInfo(self.time_zone)).date()

    def instant_of(self, local: datetime) -> datetime:
        """The UTC instant of a local time without zone."""
        return local.replace(tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)

    def placeholders(self) -> tuple[str, ...]:
        """The paths of the values still to be supplied, as `contacts.email`."""
        return tuple(path for path, value in leaves(self.model_dump(by_alias=True)) if value == PLACEHOLDER)

    def unverified(self) -> tuple[str, ...]:
        """The paths of the facts that the files themselves do not vouch for."""
        flags = (path for path, value in leaves(self.model_dump()) if path.endswith("verified") and value is False)
        return tuple(path.removesuffix(".verified") for path in flags)
