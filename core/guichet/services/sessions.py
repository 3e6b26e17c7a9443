"""Browsers' sessions: opened at sign-in under a fresh id, known by its hash only, closed by idleness or age."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from guichet.model.records import Account, SessionKind, WebSession
from guichet.services.agents import SignedAgent, read_agent
from guichet.services.cases import UseCases
from guichet.storage import Tx, identities, sessions

__all__ = [
    "ABSOLUTE",
    "IDLE",
    "Known",
    "close_session",
    "open_session",
    "recognise",
    "session_hash",
    "who",
]

IDLE: dict[SessionKind, timedelta] = {
    "applicant": timedelta(hours=1),
    "agent": timedelta(minutes=30),
    "half": timedelta(minutes=10),
}
ABSOLUTE: dict[SessionKind, timedelta] = {
    "applicant": timedelta(hours=12),
    "agent": timedelta(hours=10),
    "half": timedelta(minutes=10),
}
_TOUCHED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Known:
    """A live session and the person it stands for."""

    session: WebSession
    account: Account | None = None
    agent: SignedAgent | None = None


def session_hash(session_id: str) -> str:
    """Give what is stored of a session id.

    >>> session_hash("a")[:8]
    'ca978112'
    """
    return sha256(session_id.encode()).hexdigest()


def open_session(cases: UseCases, kind: SessionKind, subject: str, *, instead_of: str = "") -> str:
    """Open a session under a fresh id, close the one it takes the place of, and give the id, which is not kept."""
    session_id = cases.ids.secret()

    def act(tx: Tx) -> None:
        replaced = sessions.by_hash(tx, session_hash(instead_of)) if instead_of else None
        digest = session_hash(session_id)
        sessions.start(tx, id_hash=digest, kind=kind, subject=subject, csrf="", ends_at=tx.real_now + ABSOLUTE[kind])
        if replaced is None:
            return
        if (replaced.kind, replaced.subject) == ("half", subject):  # the same sign-in, one step further
            identities.carry(tx, replaced.id_hash, digest)
        sessions.end(tx, replaced.id_hash)

    cases.store.act(act)
    return session_id


def who(cases: UseCases, session_id: str) -> Known | None:
    """Give who a session stands for; None when it is unknown, ended, idle for too long, or its person is gone."""
    known, noting = recognise(cases, session_id)
    if noting is not None:
        noting.result()
    return known


def recognise(cases: UseCases, session_id: str) -> tuple[Known | None, Future[None] | None]:
    """Give who a session stands for, and the noting of its use where one has begun: no page waits for that."""
    digest = session_hash(session_id)
    known = cases.store.read(lambda tx: _known(tx, digest))
    if known is None or cases.clock.now() - known.session.seen_at < _TOUCHED_EVERY:
        return known, None
    return known, cases.store.submit(lambda tx: sessions.touch(tx, digest))


def close_session(cases: UseCases, session_id: str) -> None:
    """Close a session, if there is one."""
    cases.store.act(lambda tx: sessions.end(tx, session_hash(session_id)))


def _known(tx: Tx, digest: str) -> Known | None:
    found = sessions.with_account(tx, digest)
    if found is None:
        return None
    session, account = found
    if tx.real_now - session.seen_at >= IDLE[session.kind]:
        return None
    if session.kind == "applicant":
        return None if account is None else Known(session, account=account)
    agent = read_agent(tx, session.subject)
    return None if agent is None else Known(session, agent=agent)
