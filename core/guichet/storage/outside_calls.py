"""The log of calls to other services."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, or_, select

from guichet.plugin.contracts import LoggedCall
from guichet.storage.prepared import Prepared
from guichet.storage.tables.dossiers import dossier as dossiers
from guichet.storage.tables.outside import outside_call, outside_told
from guichet.storage.tx import Tx

__all__ = ["CallsSummed", "by_ids", "latest", "log", "of_place", "quotas", "summed", "sweep"]

_INSERT, _TELL = Prepared(insert(outside_call)), Prepared(insert(outside_told))  # made once: every call uses them
_TOLD = outside_told.c
_COLUMNS = [
    *(column for column in outside_call.c if column.name != "id"),
    *(_TOLD.breaker_open, _TOLD.quota_left, _TOLD.quota_until),
]
_CALLS = outside_call.outerjoin(outside_told, _TOLD.call == outside_call.c.id)


@dataclass(frozen=True, slots=True)
class CallsSummed:
    """The calls of one service for one purpose; `last` is the id of the latest."""

    service: str
    purpose: str
    calls: int
    answered: int
    milliseconds: int
    slowest: int
    last: str


def log(tx: Tx, call: LoggedCall) -> None:
    """Keep a call."""
    values = {
        "id": tx.ids.new(),
        "at": call.at,
        "service": call.service,
        "host": call.host,
        "method": call.method,
        "purpose": call.purpose,
        "territory": call.territory or None,
        "dossier": call.dossier or None,
        "outcome": call.outcome,
        "status": call.status,
        "milliseconds": call.milliseconds,
    }
    tx.run(_INSERT, values)
    if call.breaker_open or call.quota_left is not None:
        told = {"breaker_open": call.breaker_open, "quota_left": call.quota_left, "quota_until": call.quota_until}
        tx.run(_TELL, {"call": values["id"], **told})


def latest(tx: Tx, *, service: str | None = None, dossier: str | None = None, limit: int = 50) -> Sequence[LoggedCall]:
    """Give the latest calls, the newest first, of a service or about a dossier."""
    where = []
    if service is not None:
        where.append(outside_call.c.service == service)
    if dossier is not None:
        where.append(outside_call.c.dossier == dossier)
    statement = select(*_COLUMNS).select_from(_CALLS).where(*where).order_by(outside_call.c.id.desc()).limit(limit)
    return tuple(map(_logged, tx.run(statement).mappings()))


def of_place(
    tx: Tx, *, territory: str, dossier: str | None = None, limit: int, offset: int = 0
) -> Sequence[tuple[LoggedCall, str]]:
    """Give the latest calls made for a territory or for nobody, or for one dossier, with the dossier's reference."""
    about = _CALLS.outerjoin(dossiers, dossiers.c.id == outside_call.c.dossier)
    statement = select(*_COLUMNS, dossiers.c.reference).select_from(about)
    statement = statement.where(_of_place(territory, dossier)).order_by(outside_call.c.id.desc())
    found = tx.run(statement.limit(limit).offset(offset)).mappings()
    return tuple((_logged({k: v for k, v in row.items() if k != "reference"}), row["reference"] or "") for row in found)


def summed(tx: Tx, *, territory: str, dossier: str | None = None, since: datetime) -> Sequence[CallsSummed]:
    """Give the calls made since an instant, by service and purpose."""
    at = outside_call.c
    statement = (
        select(
            at.service,
            at.purpose,
            func.count().label("calls"),
            func.sum(case((at.outcome == "answered", 1), else_=0)).label("answered"),
            func.sum(at.milliseconds).label("milliseconds"),
            func.max(at.milliseconds).label("slowest"),
            func.max(at.id).label("last"),
        )
        .where(_of_place(territory, dossier), at.at >= since)
        .group_by(at.service, at.purpose)
        .order_by(at.service, at.purpose)
    )
    return tuple(
        CallsSummed(
            row.service, row.purpose, row.calls, int(row.answered), int(row.milliseconds), row.slowest, row.last
        )
        for row in tx.all(statement)
    )


def by_ids(tx: Tx, ids: Collection[str]) -> Mapping[str, LoggedCall]:
    """Give calls by their ids."""
    statement = select(outside_call.c.id, *_COLUMNS).select_from(_CALLS)
    found = tx.run(statement.where(outside_call.c.id.in_(ids))).mappings()
    return {row["id"]: _logged({k: v for k, v in row.items() if k != "id"}) for row in found}


def quotas(tx: Tx, now: datetime) -> Mapping[str, int]:
    """Give what each service still allows, as its latest reply that said so and still holds, whoever asked."""
    at, here = outside_call.c, outside_call.join(outside_told, _TOLD.call == outside_call.c.id)
    holding = (_TOLD.quota_left.is_not(None), _TOLD.quota_until > now)
    last = select(func.max(at.id)).select_from(here).where(*holding).group_by(at.service)
    found = tx.all(select(at.service, _TOLD.quota_left).select_from(here).where(at.id.in_(last)))
    return {row.service: row.quota_left for row in found}


def _of_place(territory: str, dossier: str | None) -> ColumnElement[bool]:
    if dossier is not None:
        return outside_call.c.dossier == dossier
    return or_(outside_call.c.territory == territory, outside_call.c.territory.is_(None))


def _logged(row: Mapping[Any, Any]) -> LoggedCall:
    blank = {"territory": row["territory"] or "", "dossier": row["dossier"] or ""}
    return LoggedCall(**{**row, **blank, "breaker_open": bool(row["breaker_open"])})


def sweep(tx: Tx, *, before: datetime) -> int:
    """Forget calls made before an instant and give how many."""
    return tx.run(delete(outside_call).where(outside_call.c.at < before)).rowcount
