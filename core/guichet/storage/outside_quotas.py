"""The quotas of other services: one row each, changed by one process at a time and never waited for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update

from guichet.plugin.outside import Allowance, Flight
from guichet.storage.columns import instant_text
from guichet.storage.prepared import Prepared
from guichet.storage.tables.outside import outside_quota
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["change_quota"]

_PATIENCE = text("SET LOCAL lock_timeout = '1s'")  # a process stopped in the middle of its change stops no page
_HERE = outside_quota.c.service == bindparam("here")
_READ = Prepared(select(outside_quota).where(_HERE).with_for_update())
_KEEP = Prepared(update(outside_quota).where(_HERE))


def change_quota(tx: Tx, service: str, change: Callable[[Allowance], Allowance]) -> None:
    """Put what `change` gives in place of what is kept of a service."""
    if tx.on_postgres:
        tx.run(_PATIENCE)
    row = tx.first(_READ, {"here": service})
    if row is None:
        insert_unless_there(tx, outside_quota, service=service, flights=[], taken=[])
        row = tx.first(_READ, {"here": service})
    kept = _allowance(row)
    changed = change(kept)
    if changed != kept:
        tx.run(_KEEP, {"here": service, **_columns(changed)})


def _allowance(row: Any) -> Allowance:
    flights = tuple(Flight(key, datetime.fromisoformat(until), bool(alone)) for key, until, alone in row.flights)
    speaks = None if row.speaks is None else bool(row.speaks)
    return Allowance(row.left, row.resets_at, row.closed_until, speaks, flights, tuple(row.taken))


def _columns(kept: Allowance) -> dict[str, object]:
    return {
        "left": kept.left,
        "resets_at": kept.resets_at,
        "closed_until": kept.closed_until,
        "speaks": kept.speaks,
        "flights": [[flight.key, instant_text(flight.until), flight.alone] for flight in kept.flights],
        "taken": kept.taken,
    }
