"""What applicants, agents and the helpdesk say to each other around a dossier."""

from __future__ import annotations

from guichet.model.records import AuthorKind, Call, Exchange
from guichet.storage.rows import every, reading
from guichet.storage.tables.files import call, exchange
from guichet.storage.tx import Tx

__all__ = ["add", "add_call", "calls", "of_dossier"]


def add(
    tx: Tx, *, dossier: str, author_kind: AuthorKind, author: str, body: str, attachment: str | None = None
) -> Exchange:
    """Add a message to a dossier."""
    made = Exchange(tx.ids.new(), dossier, author_kind, author, body, tx.now, attachment)
    tx.insert(exchange, made)
    return made


def of_dossier(tx: Tx, dossier_id: str) -> list[Exchange]:
    """Give a dossier's messages, the first first."""
    return every(
        tx, Exchange, reading(exchange, Exchange).where(exchange.c.dossier == dossier_id).order_by(exchange.c.id)
    )


def add_call(tx: Tx, *, dossier: str, agent: str, note: str) -> Call:
    """Note one answer of the helpdesk."""
    made = Call(tx.ids.new(), dossier, agent, note, tx.now)
    tx.insert(call, made)
    return made


def calls(tx: Tx, dossier_id: str) -> list[Call]:
    """Give the helpdesk's answers on a dossier, the first first."""
    return every(tx, Call, reading(call, Call).where(call.c.dossier == dossier_id).order_by(call.c.id))
