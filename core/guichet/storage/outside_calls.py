"""The log of calls to other services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from guichet.plugin.contracts import LoggedCall
from guichet.storage.tables.outside import outside_call
from guichet.storage.tx import Tx

__all__ = ["latest", "log", "sweep"]

_INSERT = insert(outside_call)  # made once: every call uses it


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


def latest(tx: Tx, *, service: str | None = None, dossier: str | None = None, limit: int = 50) -> Sequence[LoggedCall]:
    """Give the latest calls, the newest first, of a service or about a dossier."""
    where = []
    if service is not None:
        where.append(outside_call.c.service == service)
    if dossier is not None:
        where.append(outside_call.c.dossier == dossier)
    columns = [column for column in outside_call.c if column.name != "id"]
    found = tx.run(select(*columns).where(*where).order_by(outside_call.c.id.desc()).limit(limit)).mappings()
    return tuple(
        LoggedCall(**{**row, "territory": row["territory"] or "", "dossier": row["dossier"] or ""}) for row in found
    )


def sweep(tx: Tx, *, before: datetime) -> int:
    """Forget calls made before an instant and give how many."""
    return tx.run(delete(outside_call).where(outside_call.c.at < before)).rowcount
