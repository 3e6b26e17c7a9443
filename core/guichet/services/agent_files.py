"""The CSV file of agents: one line per assignment, read strictly, each bad line refused with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from guichet.errors import Position, Problem, ProblemsFound, guess
from guichet.loader.reader import folded
from guichet.model.input import clean_line, read_day
from guichet.model.scalars import ScalarError, parse_identifier
from guichet.services.agents import ROLES
from guichet.services.cases import UseCases
from guichet.services.sign_in import BadAddress, read_address

__all__ = ["COLUMNS", "ROLES_IN_FRENCH", "AgentLine", "Bodies", "read_agent_file", "read_role"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "email": ("courriel", "adresse", "e-mail"),
    "name": ("nom",),
    "role": ("rôle",),
    "organisation": ("organisme",),
    "body": ("instance",),
    "territory": ("territoire",),
    "scheme": ("dispositif",),
    "ends_on": ("fin",),
}
"""The columns of the file with their French names; `scheme` and `ends_on` may be left out or empty."""
_MAY_MISS = frozenset({"scheme", "ends_on"})
ROLES_IN_FRENCH = {
    "instructeur": "instructor",
    "décideur": "decider",
    "valideur": "decider",
    "assistance": "helpdesk",
    "superviseur": "supervisor",
    "finances": "finance",
    "administrateur": "admin",
}
_LONGEST = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AgentLine:
    """One assignment as a line gives it; no scheme means all of them, no last day means no end."""

    line: int
    email: str
    name: str
    role: str
    organisation: str
    body: str
    territory: str
    scheme: str | None = None
    ends_on: date | None = None


Bodies = Callable[[str, str], Collection[str] | None]
"""The bodies of a scheme in a territory, where it is declared and not published yet; None where it is not."""


def read_agent_file(
    cases: UseCases, content: bytes, file: str, declared: Bodies | None = None
) -> tuple[list[AgentLine], list[Problem]]:
    """Give the lines that can be imported and a problem for each other one.

    Args:
        declared: What is known of schemes to come: a live instance asks for agents before it publishes.

    Raises:
        ProblemsFound: The file as a whole cannot be read: its encoding, its separator, its columns.
    """
    lines: list[AgentLine] = []
    problems: list[Problem] = []
    for number, row in _rows(_decoded(content, file), file):
        line, wrong = _line(cases, number, row, declared)
        problems += [Problem(one.code, one.data, Position(file, number, 1), one.path) for one in wrong]
        if line is not None:
            lines.append(line)
    return lines, problems


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ProblemsFound([Problem("agents.encoding", {}, Position(file, 1, 1))]) from error


def _rows(text: str, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line of the file by column, with its number; blank lines are passed over."""
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") >= head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(next(reader, list[str]()), file)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(columns, (*cells, *[""] * len(columns)), strict=False))
    except csv.Error as error:
        raise ProblemsFound([Problem("agents.quoting", {}, Position(file, reader.line_num, 1))]) from error


def _columns(head: list[str], file: str) -> list[str]:
    names = {french: name for name, others in COLUMNS.items() for french in others} | {name: name for name in COLUMNS}
    place = Position(file, 1, 1)
    found = [cell.strip().lower() for cell in head]
    problems = [
        Problem("agents.unknown_column", guess(cell, sorted(names)), place) for cell in found if cell not in names
    ]
    columns = [names.get(cell, "") for cell in found]
    missing = [name for name in COLUMNS if name not in columns and name not in _MAY_MISS]
    if missing and not problems:
        problems.append(Problem("agents.missing_column", {"columns": missing}, place))
    problems += [Problem("agents.twice", {"column": name}, place) for name in COLUMNS if columns.count(name) > 1]
    if problems:
        raise ProblemsFound(problems)
    return columns


def _line(
    cases: UseCases, number: int, row: Mapping[str, str], declared: Bodies | None
) -> tuple[AgentLine | None, list[Problem]]:
    """The line, or everything that is wrong with it."""
    wrong: list[Problem] = []
    cells = {name: _read(wrong, clean_line, row.get(name, "")) or "" for name in COLUMNS}
    if empty := [name for name in COLUMNS if name not in _MAY_MISS and not cells[name]]:
        wrong.append(Problem("agents.empty", {"columns": empty}))
    if long := [name for name, cell in cells.items() if len(cell) > _LONGEST]:
        wrong.append(Problem("agents.too_long", {"columns": long, "most": _LONGEST}))
    if wrong:
        return None, wrong
    email = _read(wrong, read_address, cells["email"])
    role = _read(wrong, read_role, cells["role"])
    body = _read(wrong, parse_identifier, cells["body"])
    territory = _read(wrong, cases.territories.find, cells["territory"])
    ends_on = _read(wrong, read_day, cells["ends_on"]) if cells["ends_on"] else None
    scheme = cells["scheme"] or None
    if territory is not None and role is not None and body is not None:
        wrong += _workflow_problems(cases, territory.id, scheme, body, role, declared)
    if wrong or email is None or role is None or body is None or territory is None:
        return None, wrong
    name, organisation = cells["name"], cells["organisation"]
    return AgentLine(number, email, name, role, organisation, body, territory.id, scheme, ends_on), []


def _read(wrong: list[Problem], read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text)
    except ProblemsFound as error:
        wrong += error.problems
    except ScalarError as error:
        wrong.append(Problem(error.code, dict(error.data)))
    except BadAddress:
        wrong.append(Problem("agents.bad_address", {"text": text}))
    return None


def read_role(text: str) -> str:
    """Give the role of an English or French name; raises ProblemsFound."""
    french = {folded(name): role for name, role in ROLES_IN_FRENCH.items()}
    role = french.get(folded(text), text.casefold())
    if role not in ROLES:
        raise ProblemsFound([Problem("agents.unknown_role", guess(text, (*ROLES, *ROLES_IN_FRENCH)))])
    return role


def _workflow_problems(
    cases: UseCases, territory: str, scheme: str | None, body: str, role: str, declared: Bodies | None
) -> Iterator[Problem]:
    """Who gives acts must belong to a body that gives some: a typing mistake would show only on the first day."""
    published = {one.scheme.id: one.scheme.workflow.bodies for one in cases.snapshots.of_territory(territory)}
    bodies: set[str] = set()
    if scheme is None:
        bodies = {name for names in published.values() for name in names}
    else:
        known = published.get(scheme) or (declared(scheme, territory) if declared is not None else None)
        if known is None:
            yield Problem("agents.unknown_scheme", {**guess(scheme, published), "territory": territory})
            return
        bodies = set(known)
    if role in ("instructor", "decider") and bodies and body not in bodies:
        yield Problem("agents.unknown_body", guess(body, sorted(bodies)))
