"""Filed dossiers in the order of their changes, for who keeps a copy: page after page, none skipped under writes.

A dossier that changes while it is read moves to the end and is met again: seen twice at worst, never missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, or_

from guichet.model.records import Dossier, End, GoneDossier, Phase
from guichet.storage.rows import every, reading
from guichet.storage.tables.api import gone_dossier
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tx import Tx

__all__ = ["FeedFilter", "changed", "gone"]

Place = tuple[datetime, str]
"""Where a page ended: the instant of its last change and an id that tells changes of the same instant apart."""

_DOSSIER = reading(dossier, Dossier)
_GONE = reading(gone_dossier, GoneDossier)


@dataclass(frozen=True, slots=True)
class FeedFilter:
    """Which filed dossiers of a scheme in a territory are wanted; an empty tuple wants them all."""

    territory: str
    scheme: str
    phases: tuple[Phase, ...] = ()
    ends: tuple[End, ...] = ()
    to_complete: bool | None = None
    since: datetime | None = None
    practice: bool = False
    """Practice dossiers and no other; without it, none of them."""


def changed(tx: Tx, wanted: FeedFilter, *, after: Place | None, limit: int) -> Sequence[Dossier]:
    """Give the dossiers changed after a place, the earliest change first; drafts are nobody's but their owner's."""
    here = [
        dossier.c.territory == wanted.territory,
        dossier.c.scheme == wanted.scheme,
        dossier.c.filed_at.is_not(None),
        dossier.c.practice.is_(wanted.practice),
        ~exists().where(gone_dossier.c.reference == dossier.c.reference),
    ]
    if wanted.phases:
        here.append(dossier.c.phase.in_(wanted.phases))
    if wanted.ends:
        here.append(dossier.c.end.in_(wanted.ends))
    if wanted.to_complete is not None:
        here.append(dossier.c.to_complete.is_(wanted.to_complete))
    if wanted.since is not None:
        here.append(dossier.c.changed_at >= wanted.since)
    if after is not None:
        at, last = after
        here.append(dossier.c.changed_at >= at)  # said apart so that the index is entered at the right place
        here.append(or_(dossier.c.changed_at > at, and_(dossier.c.changed_at == at, dossier.c.id > last)))
    statement = _DOSSIER.where(*here).order_by(dossier.c.changed_at, dossier.c.id).limit(limit)
    return every(tx, Dossier, statement)


def gone(
    tx: Tx, territory: str, scheme: str, *, since: datetime | None, after: Place | None, limit: int
) -> Sequence[GoneDossier]:
    """Give the filed dossiers deleted since an instant or after a place, the earliest first."""
    columns = gone_dossier.c
    here = [columns.territory == territory, columns.scheme == scheme]
    if since is not None:
        here.append(columns.gone_at >= since)
    if after is not None:
        at, last = after
        here.append(or_(columns.gone_at > at, and_(columns.gone_at == at, columns.reference > last)))
    return every(tx, GoneDossier, _GONE.where(*here).order_by(columns.gone_at, columns.reference).limit(limit))
