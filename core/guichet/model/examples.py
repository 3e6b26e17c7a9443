"""Examples beside a scheme: a case, and what the rules must say of it."""

from __future__ import annotations

from typing import Any, Literal

from guichet.model.base import Value
from guichet.model.types import Cents, Day, Identifier, Text, Whole


class Expected(Value):
    """The result an example asserts; what is left out is not compared."""

    outcome: Literal["eligible", "not_eligible", "undetermined"]
    amount: Cents | None = None
    provisional: Cents | None = None
    failed: tuple[Identifier, ...] | None = None
    missing: tuple[Identifier, ...] | None = None
    unavailable: tuple[Text, ...] | None = None
    awaited: tuple[Identifier, ...] | None = None


class Example(Value):
    """One case: the judging day, answers, facts, checks, and the expected result."""

    title: Text
    like: Identifier | None = None
    """An earlier example whose answers, facts and checks this one starts from."""
    on: Day | None = None
    territory: Text = ""
    answers: dict[Identifier, Any] = {}
    facts: dict[Identifier, Any] = {}
    checks: dict[Identifier, Any] = {}
    expect: Expected


class Examples(Value):
    """The examples of one scheme by id, in file order."""

    format: Whole
    examples: dict[Identifier, Example]
