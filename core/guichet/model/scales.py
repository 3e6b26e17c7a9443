"""Bracket tables of the rules: a value by bracket, a marginal scale, a rate that grows with the base."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from guichet.model.base import ALIASED, Value, declaration_error
from guichet.model.types import Expression, Text

Method = Literal["step", "marginal", "progressive"]


class Bracket(Value):
    """One bracket, up to a bound (`up_to`, included, or `below`, excluded) or beyond all others (`else`)."""

    up_to: Expression = ""
    """The last value of the bracket, included."""
    below: Expression = ""
    """The first value after the bracket."""
    then: Expression = ""
    """What the bracket gives: a value, or a rate for a marginal or progressive scale."""
    otherwise: Expression = Field(default="", alias="else")
    """What is given beyond all other brackets."""
    legal: Text = ""
    """The article it comes from."""
    model_config = ALIASED

    @model_validator(mode="after")
    def _one_shape(self) -> Bracket:
        bounded = bool(self.up_to) != bool(self.below) and bool(self.then) and not self.otherwise
        beyond = bool(self.otherwise) and not (self.up_to or self.below or self.then)
        if bounded == beyond:
            raise declaration_error("bracket_one_shape")
        return self

    @property
    def bound(self) -> str:
        """The bound, included or not; empty for the last bracket."""
        return self.up_to or self.below

    @property
    def gives(self) -> str:
        """What the bracket gives."""
        return self.then or self.otherwise


class Scale(Value):
    """A bracket table: which bracket a value falls in, and what follows. Rules name it as they name a definition."""

    label: Text
    """Its name, as people read it."""
    of: Expression
    """The value that is looked up."""
    method: Method = "step"
    """`step`: what the bracket gives; `marginal`: each slice at its own rate; `progressive`: the whole at one rate."""
    round: Text = ""
    """The unit a marginal or progressive scale is rounded to, such as `0.01 €`."""
    brackets: tuple[Bracket, ...]
    """The brackets, from the lowest up; the last one is `else`."""
    legal: Text = ""
    """The article it comes from."""
    unverified: Text = ""
    """Why the sources do not settle this table, shown by `guichet check`."""

    @model_validator(mode="after")
    def _rounded(self) -> Scale:
        if (self.method == "step") == bool(self.round):
            raise declaration_error("scale_rounding")
        before, last = self.brackets[:-1], self.brackets[-1:]
        if not before or any(bracket.otherwise for bracket in before) or not last[0].otherwise:
            raise declaration_error("scale_without_else")
        return self
