"""One item of a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guichet.errors import Problem

State = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, and the text that says so with what to do.

    Args:
        item: A stable name, for scripts: `python`, `database`, `service:email`.
    """

    item: str
    state: State
    problem: Problem


def finding(item: str, state: State, code: str, **data: object) -> Finding:
    """Give a finding whose text stands in the catalogue under `doctor.<code>`."""
    return Finding(item, state, Problem(f"doctor.{code}", data))
