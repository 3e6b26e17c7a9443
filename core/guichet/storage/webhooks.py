"""Webhooks as the database sees them: how far each has followed the journals, and what waits to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from guichet.model.records import Event, OutboxRow
from guichet.storage.rows import every, reading
from guichet.storage.tables.journal import chain_head, event
from guichet.storage.tables.outbox import outbox
from guichet.storage.tables.webhooks import webhook_cursor
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["KIND", "behind", "counts", "dead", "hold", "key_of", "lines_since", "move"]

KIND = "webhook"
"""The kind of duty that sends one event to one webhook."""

_EVENT = reading(event, Event)
_DUTY = reading(outbox, OutboxRow)


def key_of(webhook: str, territory: str, number: int, again: str = "") -> str:
    """Give the key of the duty that tells a webhook of a journal line; `again` when it is told once more."""
    return f"{KIND}:{webhook}:{territory}:{number}" + (f":{again}" if again else "")


def behind(tx: Tx, names: Sequence[str], territories: Sequence[str]) -> list[tuple[str, str]]:
    """Give the (webhook, territory) pairs whose journal has lines not yet followed, or that never began."""
    heads = select(chain_head.c.territory, chain_head.c.number).where(chain_head.c.territory.in_(territories))
    ends = {row.territory: row.number for row in tx.all(heads)}
    cursors = select(webhook_cursor).where(webhook_cursor.c.webhook.in_(names))
    known = {(row.webhook, row.territory): row.number for row in tx.all(cursors)}
    return [
        (name, where) for name in names for where in territories if known.get((name, where), -1) < ends.get(where, 0)
    ]


def hold(tx: Tx, name: str, territory: str) -> int:
    """Give how far a webhook has followed a journal, held until the end of the act; it begins where the journal is."""
    here = (webhook_cursor.c.webhook == name, webhook_cursor.c.territory == territory)
    found = tx.value(select(webhook_cursor.c.number).where(*here).with_for_update())
    if found is not None:
        return int(found)
    end = tx.value(select(chain_head.c.number).where(chain_head.c.territory == territory)) or 0
    insert_unless_there(tx, webhook_cursor, webhook=name, territory=territory, number=int(end))
    return int(tx.value(select(webhook_cursor.c.number).where(*here).with_for_update()))


def move(tx: Tx, name: str, territory: str, number: int) -> None:
    """Note that a webhook has followed a journal up to a line."""
    here = (webhook_cursor.c.webhook == name, webhook_cursor.c.territory == territory)
    tx.run(update(webhook_cursor).where(*here).values(number=number))


def lines_since(tx: Tx, territory: str, since: datetime, *, after: int, limit: int) -> list[Event]:
    """Give the lines since an instant that still say something, the first first."""
    where = (
        event.c.territory == territory,
        event.c.number > after,
        event.c.at >= since,
        event.c.body.is_not(None),
    )
    return every(tx, Event, _EVENT.where(*where).order_by(event.c.number).limit(limit))


def counts(tx: Tx, name: str) -> dict[str, int]:
    """Give how many events of a webhook wait, were sent, and were given up."""
    mine = outbox.c.key.startswith(f"{KIND}:{name}:", autoescape=True)
    grouped = select(outbox.c.state, func.count().label("number")).where(mine).group_by(outbox.c.state)
    return {row.state: row.number for row in tx.all(grouped)}


def dead(tx: Tx, name: str, *, limit: int = 1000) -> list[OutboxRow]:
    """Give the events of a webhook that were given up, the first first."""
    mine = outbox.c.key.startswith(f"{KIND}:{name}:", autoescape=True)
    return every(tx, OutboxRow, _DUTY.where(mine, outbox.c.state == "dead").order_by(outbox.c.id).limit(limit))
