"""The rules of a scheme: gates, criteria, definitions, indicators and the amount, by version."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from guichet.model.base import Value
from guichet.model.types import Day, Expression, Identifier, Text

ParameterType = Literal["money", "rate", "integer", "decimal", "date", "text"]


class Gate(Value):
    """A criterion that must be true before the form opens."""

    label: Text
    when: Expression
    otherwise: Text
    legal: Text = ""


class Criterion(Value):
    """A named condition: computed (`when`), attested by the applicant, or judged by a body."""

    label: Text
    when: Expression = ""
    attested: Literal["", "on_honour"] = ""
    checked_by: Identifier | None = None
    text: Text = ""
    """What the applicant attests, or what the body is asked to judge."""
    otherwise: Text = ""
    reasons: dict[Identifier, Text] = {}
    legal: Text = ""

    @model_validator(mode="after")
    def _one_way(self) -> Criterion:
        ways = [bool(self.when), bool(self.attested), bool(self.checked_by)]
        if sum(ways) != 1:
            raise PydanticCustomError("guichet", "{code}", {"code": "criterion_one_way", "data": {}})
        return self

    @property
    def answer(self) -> Literal["computed", "attested", "judged"]:
        """How the criterion gets its answer."""
        if self.when:
            return "computed"
        return "attested" if self.attested else "judged"


class Indicator(Value):
    """A named value shown to agents."""

    label: Text
    value: Expression


class Branch(Value):
    """One branch of the amount: `always`, `if … then`, `else`, or a case the sources do not verify."""

    always: Expression = ""
    condition: Expression = Field(default="", alias="if")
    then: Expression = ""
    otherwise: Expression = Field(default="", alias="else")
    unverified: Text = ""
    """Why the sources do not settle this case: the amount is undetermined, never guessed."""
    legal: Text = ""
    model_config = Value.model_config | {"serialize_by_alias": True}

    @model_validator(mode="after")
    def _one_shape(self) -> Branch:
        shapes = (
            bool(self.always) and not (self.condition or self.then or self.otherwise or self.unverified),
            bool(self.condition) and bool(self.then) != bool(self.unverified) and not (self.always or self.otherwise),
            bool(self.otherwise) and not (self.always or self.condition or self.then or self.unverified),
        )
        if sum(shapes) != 1:
            raise PydanticCustomError("guichet", "{code}", {"code": "branch_one_shape", "data": {}})
        return self


class RuleVersion(Value):
    """The whole rules from one day on, inheritance already resolved."""

    legal: Text
    define: dict[Identifier, Expression] = {}
    gates: dict[Identifier, Gate] = {}
    criteria: dict[Identifier, Criterion] = {}
    indicators: dict[Identifier, Indicator] = {}
    amount: tuple[Branch, ...] = ()


class DatedValue(Value):
    """A parameter's value from a day on, with its legal reference."""

    value: Text
    legal: Text = ""


class Parameter(Value):
    """A named value with dates of effect."""

    label: Text
    type: ParameterType
    values: dict[Day, DatedValue]
