"""What a `demo.yaml` declares: day, seed, territories, agents, lists, profiles, fields, judgements, decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from guichet.errors import guess
from guichet.model import scalars
from guichet.model.base import Value
from guichet.model.scalars import ScalarError, Scaled
from guichet.model.types import Day, Flag, Identifier, Text, Whole, from_text

__all__ = [
    "AgentGroup",
    "Case",
    "Decisions",
    "Draw",
    "FetchedRecipe",
    "Gate",
    "ListRecipe",
    "Profile",
    "Recipe",
    "share",
]


def _text(text: str) -> str:
    return text


# Distribution → the keys it takes, each with how its text is read.
_KEYS: Mapping[str, Mapping[str, Callable[[str], Any]]] = {
    "fixed": {"value": _text},
    "weights": {"choices": _text},
    "integer": {"from": scalars.parse_whole, "to": scalars.parse_whole},
    "money": {"from": scalars.parse_money, "to": scalars.parse_money},
    "lognormal": {
        "median": scalars.parse_money,
        "sigma": scalars.parse_decimal,
        "min": scalars.parse_money,
        "max": scalars.parse_money,
    },
    "share_of": {"fields": _text, "from": scalars.parse_rate, "to": scalars.parse_rate},
    "days_before": {"from": scalars.parse_whole, "to": scalars.parse_whole},
    "date": {"from": scalars.parse_day, "to": scalars.parse_day},
    "pattern": {"value": _text},
    "same_as": {"field": _text},
    "document": {"value": _text},
    **{
        name: {}
        for name in (
            "siren", "siret", "iban", "company_name", "first_name", "last_name", "full_name", "phone", "email",
            "address", "sentence",
        )
    },
}  # fmt: skip

Distribution = Literal[
    "fixed", "weights", "integer", "money", "lognormal", "share_of", "days_before", "date", "pattern", "same_as",
    "document", "siren", "siret", "iban", "company_name", "first_name", "last_name", "full_name", "phone", "email",
    "address", "sentence",
]  # fmt: skip
Role = Literal["instructor", "decider", "helpdesk", "supervisor", "finance", "admin"]
Rate = Annotated[Scaled, from_text(scalars.parse_rate)]
Weight = Annotated[int, from_text(scalars.parse_whole), Field(ge=1)]
Count = Annotated[int, from_text(scalars.parse_whole), Field(ge=0)]


def share(rate: Scaled) -> float:
    """A rate as a part of one.

    >>> share(scalars.parse_rate("12.5 %"))
    0.125
    """
    return float(rate.decimal()) / 100


def _refuse(code: str, **data: object) -> PydanticCustomError:
    return PydanticCustomError("guichet", "{code}", {"code": code, "data": data})


class Draw(Value):
    """How one value is drawn; `given` holds what its distribution needs, read."""

    distribution: Distribution
    value: Text | None = None
    choices: dict[Text, Weight] | None = None
    least: Text | None = Field(default=None, alias="from")
    most: Text | None = Field(default=None, alias="to")
    median: Text | None = None
    sigma: Text | None = None
    min: Text | None = None
    max: Text | None = None
    fields: tuple[Identifier, ...] | None = None
    field: Identifier | None = None

    @model_validator(mode="after")
    def _complete(self) -> Draw:
        wanted = _KEYS[self.distribution]
        given = {key for key, value in self._written().items() if value is not None}
        for key in given - wanted.keys():
            known = ["distribution", *wanted]
            raise _refuse("demo.key_not_of_distribution", distribution=self.distribution, **guess(key, known))
        for key in wanted:
            if key not in given:
                raise _refuse("demo.distribution_needs", distribution=self.distribution, key=key)
        try:
            bounds = self.given
        except ScalarError as error:
            raise _refuse(error.code, **error.data) from error
        for low, high in (("from", "to"), ("min", "max")):
            if low in bounds and _number(bounds[low]) > _number(bounds[high]):
                raise _refuse("demo.bounds_reversed", low=low, high=high)
        return self

    @property
    def given(self) -> dict[str, Any]:
        """Each key of the distribution with its value read: cents, whole numbers, days, shares."""
        written = self._written()
        read = _KEYS[self.distribution]
        return {
            key: parse(written[key]) if isinstance(written[key], str) else written[key] for key, parse in read.items()
        }

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields that must be drawn before this one."""
        return (self.field,) if self.field is not None else self.fields or ()

    def _written(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "choices": self.choices,
            "from": self.least,
            "to": self.most,
            "median": self.median,
            "sigma": self.sigma,
            "min": self.min,
            "max": self.max,
            "fields": self.fields,
            "field": self.field,
        }


def _number(value: Any) -> float:
    if isinstance(value, Scaled):
        return float(value.decimal())
    return float(value.toordinal()) if isinstance(value, date) else float(value)


class AgentGroup(Value):
    """How many agents hold one role in each territory, and for which body."""

    body: Identifier | None = None
    count: Count


class FetchedRecipe(Value):
    """How a list comes from the stand-in of a service, where the demonstration is asked to fetch."""

    plugin: Identifier
    options: dict[str, Any] = {}


class ListRecipe(Value):
    """A reference list to invent."""

    rows: Count
    columns: dict[Identifier, Draw]
    fetched: FetchedRecipe | None = None


class Gate(Value):
    """Which part of the attempts the gate stops, and why."""

    stopped: Rate
    reasons: dict[Literal["not_in_list", "wrong_proof", "wrong_check_digit"], Weight]

    @field_validator("stopped")
    @classmethod
    def _someone_passes(cls, stopped: Scaled) -> Scaled:
        if not 0 <= share(stopped) < 1:
            raise _refuse("demo.share_out_of_bounds", value=str(stopped.decimal()))
        return stopped


class Case(Value):
    """Fields that go together, and how often."""

    weight: Weight
    fields: dict[Identifier, Draw]


Profile = dict[Identifier, Case]


class Decisions(Value):
    """What becomes of the dossiers: the parts left undecided; the rest follows the opinion and the rules."""

    left_open: Rate = Scaled(0, 0)
    returned_to_region: Rate = Scaled(0, 0)


class Recipe(Value):
    """One scheme's demonstration."""

    format: Whole
    default: Flag = False
    business_day: Day
    days: Annotated[int, from_text(scalars.parse_whole), Field(ge=1)] = 1
    """How many days in a row people file; agents decide and the day's payments leave each evening."""
    seed: Whole
    dossiers: Count
    territories: dict[Text, Weight]
    agents: dict[Role, AgentGroup]
    lists: dict[Identifier, ListRecipe] = {}
    gate: Gate | None = None
    profiles: dict[Identifier, Profile] = {}
    fields: dict[Identifier, Draw] = {}
    judgements: dict[Identifier, Rate] = {}
    decisions: Decisions = Decisions()
    calls: Rate = Scaled(0, 0)
    """The part of those who filed who call the helpdesk."""
