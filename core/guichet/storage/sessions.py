"""Browsers' sessions, known by the hash of their id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, update

from guichet.model.records import Account, SessionKind, WebSession
from guichet.storage.prepared import Prepared
from guichet.storage.rows import columns, one, reading
from guichet.storage.tables.people import account, web_session
from guichet.storage.tx import Tx

__all__ = ["by_hash", "end", "end_all", "end_others", "start", "sweep", "touch", "with_account"]

_READ = reading(web_session, WebSession)
_IS_LIVE = (web_session.c.id_hash == bindparam("sought"), web_session.c.ends_at > bindparam("instant"))
# Made once: every page asks who is there.
_LIVE = Prepared(_READ.where(*_IS_LIVE))
_WITH_ACCOUNT = Prepared(
    _READ.add_columns(*columns(account, Account))
    .select_from(web_session.outerjoin(account, account.c.id == web_session.c.subject))
    .where(*_IS_LIVE)
)
_OF_SESSION = len(columns(web_session, WebSession))


def start(tx: Tx, *, id_hash: str, kind: SessionKind, subject: str, csrf: str, ends_at: datetime) -> WebSession:
    """Open a session for an account or an agent."""
    made = WebSession(id_hash, kind, subject, csrf, tx.real_now, tx.real_now, ends_at)
    tx.insert(web_session, made)
    return made


def by_hash(tx: Tx, id_hash: str) -> WebSession | None:
    """Give a session that has not reached its absolute end."""
    return one(tx, WebSession, _LIVE, sought=id_hash, instant=tx.real_now)


def with_account(tx: Tx, id_hash: str) -> tuple[WebSession, Account | None] | None:
    """Give a session as `by_hash` does, with the account it stands for; an agent's has none."""
    row = tx.first(_WITH_ACCOUNT, {"sought": id_hash, "instant": tx.real_now})
    if row is None:
        return None
    found = row[_OF_SESSION:]
    return WebSession(*row[:_OF_SESSION]), None if found[0] is None else Account(*found)


def touch(tx: Tx, id_hash: str) -> None:
    """Note that the session was used now."""
    tx.run(update(web_session).where(web_session.c.id_hash == id_hash).values(seen_at=tx.real_now))


def end(tx: Tx, id_hash: str) -> None:
    """Close a session."""
    tx.run(delete(web_session).where(web_session.c.id_hash == id_hash))


def end_all(tx: Tx, subject: str) -> int:
    """Close every session of an account or an agent and give how many."""
    return tx.run(delete(web_session).where(web_session.c.subject == subject)).rowcount


def end_others(tx: Tx, subject: str, kept: str) -> int:
    """Close every session of an account or an agent but the one of a hash, and give how many."""
    others = (web_session.c.subject == subject, web_session.c.id_hash != kept)
    return tx.run(delete(web_session).where(*others)).rowcount


def sweep(tx: Tx, *, idle_since: datetime) -> int:
    """Forget ended and idle sessions and give how many."""
    gone = (web_session.c.ends_at <= tx.real_now) | (web_session.c.seen_at <= idle_since)
    return tx.run(delete(web_session).where(gone)).rowcount
