"""What went wrong, as data: where, what, and the values a message quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text file; lines and columns count from 1, in characters."""

    file: str
    line: int
    column: int
    length: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of an author: a code of the catalogue, the values it quotes, and where it stands."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict[str, object])
    position: Position | None = None
    path: tuple[str, ...] = ()
    severity: Severity = "error"


def once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without repetitions: what is inherited or shared is said once, by code and place."""
    seen: dict[object, Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.position or problem.path, str(problem.data.get("value", ""))), problem)
    return list(seen.values())


class GuichetError(Exception):
    """The root of every error this project raises on purpose."""


class ProblemsFound(GuichetError):  # noqa: N818  it carries problems; "ProblemsFoundError" says nothing more
    """Raised with every problem of a text at once, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{problem.code} {dict(problem.data)}" for problem in self.problems))
