"""The rules of a scheme: gates, criteria, definitions, indicators and the amount, by version."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from guichet.model.base import ALIASED, Value, declaration_error
from guichet.model.repayments import Repayment
from guichet.model.scales import Scale
from guichet.model.types import Day, Expression, Identifier, Text

ParameterType = Literal["money", "money_per_month", "money_per_year", "rate", "integer", "decimal", "date", "text"]


class Gate(Value):
    """A criterion that must be true before the form opens."""

    label: Text
    """Its name, as people read it."""
    when: Expression
    """The condition that must be true."""
    otherwise: Text
    """What an applicant reads when it is false."""
    legal: Text = ""
    """The article it comes from."""


class Criterion(Value):
    """A named condition: computed (`when`), attested by the applicant, or judged by a body."""

    label: Text
    """Its name, as people read it."""
    when: Expression = ""
    """The condition, for a computed criterion."""
    attested: Literal["", "on_honour"] = ""
    """`on_honour`: the applicant declares it when filing."""
    checked_by: Identifier | None = None
    """The body that judges it."""
    text: Text = ""
    """What the applicant attests, or what the body is asked to judge."""
    otherwise: Text = ""
    """The reason printed when it is false; `{reason}` quotes the body's own."""
    reasons: dict[Identifier, Text] = {}
    """The reasons a body may choose when it judges unfavourably."""
    legal: Text = ""
    """The article it comes from."""

    @model_validator(mode="after")
    def _one_way(self) -> Criterion:
        ways = [bool(self.when), bool(self.attested), bool(self.checked_by)]
        if sum(ways) != 1:
            raise declaration_error("criterion_one_way")
        return self

    @property
    def answer(self) -> Literal["computed", "attested", "judged"]:
        """How the criterion gets its answer."""
        if self.when:
            return "computed"
        return "attested" if self.attested else "judged"


class Definition(Value):
    """A named value of the rules: an expression alone, or one with the name that people read."""

    label: Text
    """Its name, as people read it."""
    value: Expression
    """The expression that gives it."""

    @model_validator(mode="before")
    @classmethod
    def _bare_expression(cls, value: Any) -> Any:
        return {"label": "", "value": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _as_written(self, write: SerializerFunctionWrapHandler) -> Any:
        return write(self) if self.label else self.value


class Indicator(Value):
    """A named value shown to agents."""

    label: Text
    """Its name, as agents read it."""
    value: Expression
    """The expression that gives it."""


class Branch(Value):
    """One branch of the amount: `always`, `if … then`, `else`, or a case the sources do not verify."""

    always: Expression = ""
    """The amount of every case, alone in its cascade."""
    condition: Expression = Field(default="", alias="if")
    """The condition of this branch."""
    then: Expression = ""
    """The amount when the condition holds."""
    otherwise: Expression = Field(default="", alias="else")
    """The amount of the cases no branch before has taken."""
    unverified: Text = ""
    """Why the sources do not settle this case: the amount is undetermined, never guessed."""
    legal: Text = ""
    """The article it comes from."""
    model_config = ALIASED

    @model_validator(mode="after")
    def _one_shape(self) -> Branch:
        shapes = (
            bool(self.always) and not (self.condition or self.then or self.otherwise or self.unverified),
            bool(self.condition) and bool(self.then) != bool(self.unverified) and not (self.always or self.otherwise),
            bool(self.otherwise) and not (self.always or self.condition or self.then or self.unverified),
        )
        if sum(shapes) != 1:
            raise declaration_error("branch_one_shape")
        return self


class Part(Value):
    """One of several amounts of an aid: its own cascade; the amount of the aid is their sum."""

    label: Text
    """Its name, as people read it."""
    kind: Literal["grant", "advance"] = "grant"
    """`grant`, or an `advance` that is paid back."""
    amount: tuple[Branch, ...]
    """The cascade that gives it; a case in which nothing is due gives 0 €."""
    legal: Text = ""
    """The article it comes from."""

    @model_validator(mode="after")
    def _closed(self) -> Part:
        ends = bool(self.amount and (self.amount[-1].always or self.amount[-1].otherwise))
        if not ends or any(branch.unverified or not branch.condition for branch in self.amount[:-1]):
            raise declaration_error("part_without_else")
        return self


class RuleVersion(Value):
    """The whole rules from one day on, inheritance already resolved."""

    legal: Text
    """The text of law in force from that day."""
    define: dict[Identifier, Definition] = {}
    """Named values, each an expression, or an expression with its label; they may use one another."""
    gates: dict[Identifier, Gate] = {}
    """Criteria that open the form."""
    criteria: dict[Identifier, Criterion] = {}
    """What must hold to be eligible."""
    indicators: dict[Identifier, Indicator] = {}
    """What agents see beside."""
    scales: dict[Identifier, Scale] = {}
    """Bracket tables, each a named value like a definition."""
    amount: tuple[Branch, ...] = ()
    """The cascade that gives the amount: branches tried in order."""
    amounts: dict[Identifier, Part] = {}
    """Or several amounts by id, each a named value like a definition; the amount is their sum."""

    repayment: Repayment | None = None
    """How an advance is paid back; nothing means that nothing is."""

    @model_validator(mode="after")
    def _one_amount(self) -> RuleVersion:
        if self.amount and self.amounts:
            raise declaration_error("amount_or_amounts")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every named value: definitions, bracket tables, parts of the amount."""
        return (*self.define, *self.scales, *self.amounts)


class DatedValue(Value):
    """A parameter's value from a day on, with its legal reference."""

    value: Text
    """The value, written as its type is."""
    legal: Text = ""
    """The article it comes from."""
    unverified: Text = ""
    """Why the sources do not settle this value, shown by `guichet check`."""


class Parameter(Value):
    """A named value with dates of effect."""

    label: Text
    """Its name, as people read it."""
    type: ParameterType
    """What its values are."""
    values: dict[Day, DatedValue]
    """Its values, each under the first day of its effect."""
