"""The work table: dossiers of one scheme in one territory, filtered, sorted, by pages, or all for a selection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from guichet.catalogue import CompiledScheme
from guichet.engine.delays import expected_by
from guichet.model.records import End, Outcome, Phase, WorkFilter
from guichet.model.scalars import Period
from guichet.plugin.contracts.base import Language
from guichet.services.acting import ROLE_OF_ACT, Actor, actor_of, require_reading
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.services.work_columns import Column, Row, columns_of_table
from guichet.storage import Tx, work_selection, work_table
from guichet.storage.work_selection import Load

__all__ = [
    "SIZES",
    "Table",
    "TableQuery",
    "TableRow",
    "columns_for",
    "filter_of",
    "overdue_before",
    "read_table",
    "rows_of",
    "select_all",
    "sort_of",
]

SIZES = (25, 50, 100, 200)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class TableQuery:
    """Which dossiers, in which order, on which page; all that an address of the table says."""

    scheme: str
    territory: str
    phases: tuple[Phase, ...] = ()
    stages: tuple[str, ...] = ()
    ends: tuple[End, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    to_complete: bool | None = None
    waiting_for_funds: bool | None = None
    late: bool = False
    opinion: Literal["favourable", "unfavourable", "none"] | None = None
    flagged: bool = False
    practice: bool = False
    """Practice dossiers, and no other; without it, none of them."""
    filed_from: date | None = None
    filed_until: date | None = None
    text: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])
    sort: str = "filed_on"
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class TableRow:
    """A dossier of a page with the cells of its columns."""

    reference: str
    revision: int
    title: str
    cells: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A page of the work table and what surrounds it."""

    compiled: CompiledScheme
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    total: int
    page: int
    loads: tuple[Load, ...]
    roles: frozenset[str]
    mine: frozenset[str]
    """The stages on which the agent acts here."""

    def number(self, *, late: bool = False, **point: object) -> int:
        """How many dossiers stand at a point: `number(stage="opinion", to_complete=False)`."""
        matching = (load for load in self.loads if all(getattr(load, name) == at for name, at in point.items()))
        return sum(load.late if late else load.number for load in matching)


def read_table(cases: UseCases, agent_id: str, query: TableQuery, language: Language = "fr") -> Table:
    """A page of the table; a page beyond the last is the last. Raises NotFound."""

    def read(tx: Tx) -> Table:
        actor, compiled = _opened(cases, tx, agent_id, query)
        filter_, sort = filter_of(cases, compiled, query), sort_of(compiled, query)
        found = work_table.page(tx, filter_, sort=sort, page=query.page, size=query.size)
        last = max(1, -(-found.total // query.size))
        if query.page > last:
            found = work_table.page(tx, filter_, sort=sort, page=last, size=query.size)
        columns = columns_for(cases, compiled, query, language)
        overdue = tuple(overdue_before(cases, compiled))
        return Table(
            compiled=compiled,
            columns=columns,
            rows=tuple(_rows(cases, tx, compiled, columns, found.dossiers)),
            total=found.total,
            page=min(query.page, last),
            loads=tuple(work_selection.loads(tx, query.scheme, query.territory, overdue, practice=query.practice)),
            roles=actor.roles(query.territory, query.scheme),
            mine=_mine(actor, compiled),
        )

    return cases.store.read(read)


def rows_of(cases: UseCases, tx: Tx, agent_id: str, query: TableQuery, language: Language) -> Iterator[TableRow]:
    """Every row behind a query, in the order of the table, page after page."""
    _, compiled = _opened(cases, tx, agent_id, query)
    filter_, sort = filter_of(cases, compiled, query), sort_of(compiled, query)
    columns = columns_for(cases, compiled, query, language)
    number = 0
    while True:
        number += 1
        found = work_table.page(tx, filter_, sort=sort, page=number, size=_BATCH).dossiers
        yield from _rows(cases, tx, compiled, columns, found)
        if len(found) < _BATCH:
            return


def select_all(cases: UseCases, agent_id: str, query: TableQuery) -> list[tuple[str, int]]:
    """The reference and revision of every dossier behind a query. Raises NotFound."""

    def read(tx: Tx) -> list[tuple[str, int]]:
        _, compiled = _opened(cases, tx, agent_id, query)
        return work_selection.revisions(tx, filter_of(cases, compiled, query), sort=sort_of(compiled, query))

    return cases.store.read(read)


def columns_for(
    cases: UseCases, compiled: CompiledScheme, query: TableQuery, language: Language = "fr"
) -> tuple[Column, ...]:
    """The columns a query shows."""
    decided = not query.phases or any(phase in ("decided", "closed") for phase in query.phases)
    several = len(query.stages) != 1 or query.to_complete is not False
    return columns_of_table(cases, compiled, decided=decided, several=several, language=language)


def filter_of(cases: UseCases, compiled: CompiledScheme, query: TableQuery) -> WorkFilter:
    """What the store is asked for; days are the territory's."""
    territory = cases.territory(query.territory)

    def midnight(day: date | None) -> datetime | None:
        return territory.instant_of(datetime.combine(day, time())) if day is not None else None

    before = query.filed_until + timedelta(days=1) if query.filed_until is not None else None
    known = {name: value for name, value in query.columns.items() if name in compiled.scheme.workflow.columns}
    return WorkFilter(
        scheme=query.scheme,
        territories=(query.territory,),
        phases=query.phases or ("filed", "instruction", "decided", "closed"),
        stages=query.stages,
        ends=query.ends,
        outcomes=query.outcomes,
        to_complete=query.to_complete,
        waiting_for_funds=query.waiting_for_funds,
        practice=query.practice,
        filed_from=midnight(query.filed_from),
        filed_before=midnight(before),
        text=query.text,
        opinion=query.opinion,
        overdue=tuple(overdue_before(cases, compiled)) if query.late else (),
        flagged=query.flagged,
        columns=known,
    )


def sort_of(compiled: CompiledScheme, query: TableQuery) -> str:
    """How the store sorts: a column that cannot be sorted by falls back to the instant of filing."""
    name = query.sort.removeprefix("-")
    declared = {column: f"columns.{column}" for column in compiled.scheme.workflow.columns}
    stored = {**_SORTS, **declared}.get(name, "filed_at")
    return f"-{stored}" if query.sort.startswith("-") else stored


_SORTS = {
    "reference": "reference",
    "title": "title",
    "filed_on": "filed_at",
    "stage": "stage",
    "since": "stage_at",
    "outcome": "outcome",
    "amount": "amount",
    "granted": "granted_cents",
}


def overdue_before(cases: UseCases, compiled: CompiledScheme) -> Iterator[tuple[str, datetime]]:
    """(stage, instant): a dossier that entered the stage before the instant is late today."""
    today = cases.today(compiled.territory)
    territory = cases.territory(compiled.territory)
    for name, stage in compiled.scheme.workflow.stages.items():
        if stage.expected is not None:
            first = _first_in_time(stage.expected, today)
            yield name, territory.instant_of(datetime.combine(first, time()))


def _first_in_time(delay: Period, today: date) -> date:
    """The earliest day of entry that is not late today; months are of unequal length, so it is searched."""
    day = delay.before(today) - timedelta(days=4)
    while (due := expected_by(day, delay)) is not None and due < today:
        day += timedelta(days=1)
    return day


def _opened(cases: UseCases, tx: Tx, agent_id: str, query: TableQuery) -> tuple[Actor, CompiledScheme]:
    actor = actor_of(cases, tx, agent_id)
    require_reading(actor, query.territory, query.scheme)
    compiled = cases.snapshots.current(query.scheme, query.territory)
    if compiled is None:
        raise NotFound
    return actor, compiled


def _mine(actor: Actor, compiled: CompiledScheme) -> frozenset[str]:
    where, scheme = compiled.territory, compiled.scheme.id
    stages = compiled.scheme.workflow.stages.items()
    return frozenset(name for name, one in stages if actor.may(ROLE_OF_ACT[one.act], where, scheme, one.body))


def _rows(
    cases: UseCases, tx: Tx, compiled: CompiledScheme, columns: tuple[Column, ...], found: Any
) -> Iterator[TableRow]:
    ids = [dossier.id for dossier in found]
    opinions, others = work_selection.opinions_of(tx, ids), work_selection.others_of(tx, ids)
    today = cases.today(compiled.territory)
    for dossier in found:
        row = Row(dossier, opinions.get(dossier.id, ()), today, others[dossier.id])
        yield TableRow(
            dossier.reference, dossier.revision, dossier.title, tuple(column.cell(row) for column in columns)
        )
