"""Examples beside a scheme: a case, and what the rules must say of it."""

from __future__ import annotations

from typing import Any, Literal

from guichet.model.base import Value
from guichet.model.types import Cents, Day, Format, Identifier, Text


class Expected(Value):
    """The result an example asserts; what is left out is not compared."""

    outcome: Literal["eligible", "not_eligible", "undetermined"]
    """The result."""
    amount: Cents | None = None
    """The amount; always compared when the outcome is `eligible`."""
    provisional: Cents | None = None
    """The amount while only attested or judged criteria are awaited."""
    failed: tuple[Identifier, ...] | None = None
    """The gates and criteria that are false, in file order."""
    missing: tuple[Identifier, ...] | None = None
    """The unanswered fields the result hangs on, in form order."""
    unavailable: tuple[Text, ...] | None = None
    """The lists that are silent."""
    awaited: tuple[Identifier, ...] | None = None
    """The attested or judged criteria without an answer."""


class Example(Value):
    """One case: the judging day, answers, facts, checks, and the expected result."""

    title: Text
    """What the case is."""
    like: Identifier | None = None
    """An earlier example whose answers, facts and checks this one starts from."""
    on: Day | None = None
    """The judging day; the opening day when it is left out."""
    territory: Text = ""
    """The territory whose effective scheme judges; none means the shared one."""
    answers: dict[Identifier, Any] = {}
    """Field id → answer, as an applicant would type it; `null` takes an inherited one away."""
    facts: dict[Identifier, Any] = {}
    """List id → `true`, `false` (not in the list), `null` (silent), or its columns."""
    checks: dict[Identifier, Any] = {}
    """Attested or judged criterion id → `true`, `false`, or `null`."""
    expect: Expected
    """What the rules must say."""


class Examples(Value):
    """The examples of one scheme by id, in file order."""

    format: Format
    """The version of the way declarations are written."""
    examples: dict[Identifier, Example]
    """The examples by id."""
