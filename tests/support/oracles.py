"""What the independent oracles of the shipped schemes share: a scheme compiled alone, a case judged on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import evaluate
from guichet.language import Result
from guichet.plugin.contracts import Context
from guichet.runtime import read_library
from guichet.services.exchange import read_case
from guichet.settings import Settings
from shipped_plugins import shipped_plugins

Told = tuple[str, int | None, tuple[str, ...]]
"""The outcome, the amount in cents, and the criteria that are false."""


@cache
def compiled(scheme: str) -> CompiledScheme:
    """Give a shipped scheme, compiled with the shipped plugins."""
    return read_library(Settings(), shipped_plugins(), only=[scheme]).effective(scheme).compiled


def judged(scheme: str, case: Mapping[str, Any], on: date) -> Result:
    """Give what the scheme says of a case; attested and judged criteria and lists are written `@name`."""
    read = read_case(compiled(scheme), as_json(case), on, Context(today=on, mode="sandbox"))
    return evaluate(compiled(scheme), read.answers, read.facts, on).result


def told(scheme: str, case: Mapping[str, Any], on: date) -> Told:
    """Give the part of the result that an oracle compares."""
    result = judged(scheme, case, on)
    return result.outcome, result.amount, result.failed


def verdict(conditions: Mapping[str, bool | None], amount: int | None) -> Told:
    """Give what an oracle concludes of its conditions and its amount, None being what it does not know."""
    failed = tuple(name for name, truth in conditions.items() if truth is False)
    if failed:
        return "not_eligible", None, failed
    if None in conditions.values() or amount is None:
        return "undetermined", None, ()
    return "eligible", amount, ()


def euros(cents: int) -> str:
    """Give an amount as a case writes it.

    >>> euros(-123456)
    '-1234.56'
    """
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


class Euros(int):
    """Cents of a case, which are written in euros."""


def as_json(value: Any) -> Any:
    """Give a case as JSON writes it: days as ISO texts, cents as euros."""
    match value:
        case Euros():
            return euros(value)
        case date():
            return value.isoformat()
        case dict():
            return {name: as_json(each) for name, each in value.items()}
        case list() | tuple():
            return [as_json(each) for each in value]
        case _:
            return value
