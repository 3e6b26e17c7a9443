"""What a `demo.yaml` declares: day, seed, territories, agents, lists, profiles, fields, judgements, decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from guichet.errors import guess
from guichet.model import scalars
from guichet.model.base import Value, declaration_error
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
    "several": {"values": _text},
    "rows": {"from": scalars.parse_whole, "to": scalars.parse_whole, "columns": _text},
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
    "document", "several", "rows", "siren", "siret", "iban", "company_name", "first_name", "last_name", "full_name",
    "phone", "email", "address", "sentence",
]  # fmt: skip
_NOT_IN_ROWS = ("document", "rows", "several")
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


class Draw(Value):
    """How one value is drawn; `given` holds what its distribution needs, read."""

    distribution: Distribution
    """How the value is drawn, such as `weights`, `money`, `date`, `siret`."""
    value: Text | None = None
    """The value of `fixed`, the pattern of `pattern` (9 is a digit, A a letter), the kind of a `document`."""
    choices: dict[Text, Weight] | None = None
    """Value → weight, for `weights`: `{oui: 3, non: 1}`."""
    least: Text | None = Field(default=None, alias="from")
    """The least: a number, a sum, a day, a rate, or how many days before."""
    most: Text | None = Field(default=None, alias="to")
    """The most, included."""
    median: Text | None = None
    """The median of a `lognormal`, such as `80 000 €`."""
    sigma: Text | None = None
    """The deviation of the logarithm of a `lognormal`, such as `0.8`."""
    min: Text | None = None
    """The least sum of a `lognormal`."""
    max: Text | None = None
    """The greatest sum of a `lognormal`."""
    fields: tuple[Identifier, ...] | None = None
    """The fields that `share_of` takes a part of."""
    field: Identifier | None = None
    """The field whose value `same_as` takes."""
    values: tuple[Text, ...] | None = None
    """The choices that `several` ticks together."""
    columns: dict[Identifier, Draw] | None = None
    """Column → how it is drawn in each of the `rows`; one may read those above it, and the fields of the form."""

    @model_validator(mode="after")
    def _complete(self) -> Draw:
        wanted = _KEYS[self.distribution]
        given = {key for key, value in self._written().items() if value is not None}
        for key in given - wanted.keys():
            known = ["distribution", *wanted]
            raise declaration_error("demo.key_not_of_distribution", distribution=self.distribution, **guess(key, known))
        for key in wanted:
            if key not in given:
                raise declaration_error("demo.distribution_needs", distribution=self.distribution, key=key)
        for column, draw in (self.columns or {}).items():
            if draw.distribution in _NOT_IN_ROWS:
                raise declaration_error("demo.not_in_rows", column=column, value=draw.distribution)
        try:
            bounds = self.given
        except ScalarError as error:
            raise declaration_error(error.code, **error.data) from error
        for low, high in (("from", "to"), ("min", "max")):
            if low in bounds and _number(bounds[low]) > _number(bounds[high]):
                raise declaration_error("demo.bounds_reversed", low=low, high=high)
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
        columns = self.columns or {}
        inside = [name for draw in columns.values() for name in draw.reads if name not in columns]
        return (self.field,) if self.field is not None else (*(self.fields or ()), *inside)

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
            "values": self.values,
            "columns": self.columns,
        }


def _number(value: Any) -> float:
    if isinstance(value, Scaled):
        return float(value.decimal())
    return float(value.toordinal()) if isinstance(value, date) else float(value)


class AgentGroup(Value):
    """How many agents hold one role in each territory, and for which body."""

    body: Identifier | None = None
    """The body of the workflow they act for; left out for helpdesks."""
    count: Count
    """How many in each territory."""


class FetchedRecipe(Value):
    """How a list comes from the stand-in of a service."""

    plugin: Identifier
    """The list source, such as `demarches_simplifiees`."""
    options: dict[str, Any] = {}
    """Its options; a secret may be `secret:bac-a-sable`."""


class ListRecipe(Value):
    """A reference list to invent."""

    rows: Count
    """How many rows."""
    columns: dict[Identifier, Draw]
    """Column → how it is drawn."""
    fetched: FetchedRecipe | None = None
    """How it comes from a service's stand-in, rather than from a file."""


class Gate(Value):
    """Which part of the attempts the gate stops, and why."""

    stopped: Rate
    """The share of attempts that the gate stops, such as `12 %`."""
    reasons: dict[Literal["not_in_list", "wrong_proof", "wrong_check_digit"], Weight]
    """Reason → weight."""

    @field_validator("stopped")
    @classmethod
    def _someone_passes(cls, stopped: Scaled) -> Scaled:
        if not 0 <= share(stopped) < 1:
            raise declaration_error("demo.share_out_of_bounds", value=str(stopped.decimal()))
        return stopped


class Case(Value):
    """Fields that go together, and how often."""

    weight: Weight
    """How often it is taken, beside the others."""
    fields: dict[Identifier, Draw]
    """Field → how it is drawn in this case."""


Profile = dict[Identifier, Case]


class Decisions(Value):
    """What becomes of the dossiers: the parts left undecided; the rest follows the opinion and the rules."""

    left_open: Rate = Scaled(0, 0)
    """The share of dossiers that waits at some stage."""
    returned_to_region: Rate = Scaled(0, 0)
    """The share sent back to an earlier stage."""


class Recipe(Value):
    """One scheme's demonstration."""

    format: Whole
    """The format of the file: `1`."""
    default: Flag = False
    """Whether `guichet demo` shows this scheme when none is named."""
    business_day: Day
    """The day the sandbox believes it is."""
    days: Annotated[int, from_text(scalars.parse_whole), Field(ge=1)] = 1
    """How many days in a row people file; agents decide and the day's payments leave each evening."""
    seed: Whole
    """A whole number: the same one gives the same dossiers."""
    dossiers: Count
    """How many are filed when the command does not say."""
    territories: dict[Text, Weight]
    """Territory → weight."""
    agents: dict[Role, AgentGroup]
    """Role → how many agents hold it in each territory, for which body."""
    lists: dict[Identifier, ListRecipe] = {}
    """Reference list → the rows to invent."""
    gate: Gate | None = None
    """Which attempts the gate stops."""
    profiles: dict[Identifier, Profile] = {}
    """Sets of fields that go together: profile → case."""
    fields: dict[Identifier, Draw] = {}
    """Every other field → how it is drawn."""
    judgements: dict[Identifier, Rate] = {}
    """Judged criterion → the share of favourable answers."""
    decisions: Decisions = Decisions()
    """How far decisions have gone."""
    calls: Rate = Scaled(0, 0)
    """The part of those who filed who call the helpdesk."""
