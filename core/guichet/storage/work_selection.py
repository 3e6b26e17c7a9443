"""What a selection of the work table needs: its dossiers at once, their opinions, and where the stock stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select

from guichet.model.records import Dossier, Opinion, WorkFilter
from guichet.storage.rows import every, reading
from guichet.storage.tables.dossiers import dossier, opinion
from guichet.storage.tx import Tx
from guichet.storage.work_table import ordering, same_as, some, where

__all__ = [
    "Load",
    "by_references",
    "latest",
    "loads",
    "lock_all",
    "of_references",
    "opinions_of",
    "others_of",
    "revisions",
]

_MOST_NAMES = 500  # below what a statement may bind on either database


@dataclass(frozen=True, slots=True)
class Load:
    """How much waits at one point of a scheme in a territory, since when, and how much is late."""

    phase: str
    stage: str | None
    end: str | None
    to_complete: bool
    waiting_for_funds: bool
    number: int
    oldest: datetime | None
    late: int


def lock_all(tx: Tx, ids: Iterable[str]) -> dict[str, Dossier]:
    """Give dossiers by id; an act holds them until its end, locked in the order of their ids."""
    found: dict[str, Dossier] = {}
    for part in _parts(sorted(ids)):
        statement = reading(dossier, Dossier).where(dossier.c.id.in_(part)).order_by(dossier.c.id)
        if tx.writes:
            statement = statement.with_for_update()
        found |= {one.id: one for one in every(tx, Dossier, statement)}
    return found


def by_references(tx: Tx, scheme: str, territory: str, references: Iterable[str]) -> dict[str, Dossier]:
    """Give the filed dossiers of a scheme in a territory by reference; the others are not there."""
    found: dict[str, Dossier] = {}
    here = (dossier.c.scheme == scheme, dossier.c.territory == territory, dossier.c.phase != "draft")
    for part in _parts(list(references)):
        statement = reading(dossier, Dossier).where(*here, dossier.c.reference.in_(part))
        found |= {one.reference: one for one in every(tx, Dossier, statement)}
    return found


def latest(tx: Tx, scheme: str, territory: str, *, limit: int, offset: int = 0) -> list[Dossier]:
    """Give the filed dossiers of a scheme in a territory, the newest first, practice left out."""
    here = (dossier.c.scheme == scheme, dossier.c.territory == territory, dossier.c.phase != "draft")
    newest = (dossier.c.filed_at.desc(), dossier.c.id.desc())
    return some(tx, (*here, dossier.c.practice.is_(False)), newest, limit=limit, offset=offset)


def of_references(tx: Tx, references: Iterable[str]) -> list[Dossier]:
    """Give the filed dossiers of some references, wherever they are."""
    found: list[Dossier] = []
    for part in _parts(sorted(set(references))):
        statement = reading(dossier, Dossier).where(dossier.c.reference.in_(part), dossier.c.phase != "draft")
        found += every(tx, Dossier, statement)
    return found


def revisions(tx: Tx, filter_: WorkFilter, *, sort: str = "filed_at") -> list[tuple[str, int]]:
    """Give the reference and revision of every dossier behind a filter, in the order of the table."""
    statement = select(dossier.c.reference, dossier.c.revision).where(*where(tx, filter_))
    return [(row.reference, row.revision) for row in tx.all(statement.order_by(*ordering(tx, sort)))]


def opinions_of(tx: Tx, ids: Iterable[str]) -> dict[str, list[Opinion]]:
    """Give the standing opinions of dossiers by id, the first first."""
    found: defaultdict[str, list[Opinion]] = defaultdict(list)
    for part in _parts(list(ids)):
        standing = (opinion.c.dossier.in_(part), opinion.c.revoked_at.is_(None))
        for one in every(tx, Opinion, reading(opinion, Opinion).where(*standing).order_by(opinion.c.id)):
            found[one.dossier].append(one)
    return dict(found)


def others_of(tx: Tx, ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Give, by id, how many other dossiers are filed with the same SIREN and the same account today, where some are."""
    counts = [count.scalar_subquery().label(kind) for kind, count in same_as(dossier).items()]
    return {
        row.id: {"same_siren": row.same_siren, "same_iban": row.same_iban}
        for part in _parts(list(ids))
        for row in tx.all(select(dossier.c.id, *counts).where(dossier.c.id.in_(part)))
    }


def loads(
    tx: Tx, scheme: str, territory: str, overdue: Sequence[tuple[str, datetime]] = (), *, practice: bool = False
) -> list[Load]:
    """Give where the filed dossiers of a scheme in a territory stand; `overdue` is (stage, entered before)."""
    late = [and_(dossier.c.stage == stage, dossier.c.stage_at < before) for stage, before in overdue]
    counted = func.sum(case((or_(*late), 1), else_=0)) if late else func.sum(0)
    groups = (dossier.c.phase, dossier.c.stage, dossier.c.end, dossier.c.to_complete, dossier.c.waiting_for_funds)
    statement = (
        select(
            *groups, func.count().label("number"), func.min(dossier.c.filed_at).label("oldest"), counted.label("late")
        )
        .where(dossier.c.scheme == scheme, dossier.c.territory == territory, dossier.c.phase != "draft")
        .where(dossier.c.practice.is_(practice))
        .group_by(*groups)
        .order_by(*groups)
    )
    return [
        Load(
            row.phase,
            row.stage,
            row.end,
            row.to_complete,
            row.waiting_for_funds,
            row.number,
            row.oldest,
            int(row.late or 0),
        )
        for row in tx.all(statement)
    ]


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _MOST_NAMES):
        yield names[start : start + _MOST_NAMES]
