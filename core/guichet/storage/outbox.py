"""The outbox: duties put by acts, claimed under a lease, done, failed with a growing delay, dead in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, case, delete, func, or_, select, type_coerce, update

from guichet.model.records import OutboxRow
from guichet.storage.errors import LeaseLostError, NotFoundError
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.outbox import outbox
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "SOON",
    "Tries",
    "Undone",
    "Waiting",
    "bury",
    "by_id",
    "by_key",
    "claim",
    "counts",
    "dead",
    "dead_about",
    "done",
    "fail",
    "latest",
    "let_go",
    "put",
    "renew",
    "retried",
    "revive",
    "sweep",
    "undone",
    "waiting",
]

_AHEAD = timedelta(days=1)
_FIRST_DELAY = timedelta(seconds=5)
_DOUBLED = 20  # times at most: past two months no delay grows, and none overflows
_READ = reading(outbox, OutboxRow)


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a duty is tried, and how long it waits at most between two tries: each wait is twice the last."""

    most: int = 10
    longest: timedelta = timedelta(hours=1)


SOON = Tries()
"""Ten tries in three quarters of an hour."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Duties due that nobody holds, and since when the oldest is due."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Undone:
    """The duties of one kind that wait, since when the oldest is due, and those that were given up."""

    waiting: int
    since: datetime | None
    dead: int


def put(
    tx: Tx,
    kind: str,
    payload: Mapping[str, object],
    *,
    key: str | None = None,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> str | None:
    """Queue a duty and give its id; None when a duty of the same key was queued before. `due_at` is real time.

    An urgent one, which a person waits for before a screen, goes before all that is due.
    """
    due = due_at or (tx.real_now - _AHEAD if urgent else tx.real_now)
    made = tx.ids.new()
    new = insert_unless_there(
        tx,
        outbox,
        id=made,
        kind=kind,
        key=key,
        payload=payload,
        state="queued",
        attempts=0,
        kills=0,
        due_at=due,
        created_at=tx.real_now,
    )
    return made if new else None


def claim(
    tx: Tx, worker: str, *, limit: int = 10, lease: timedelta = timedelta(minutes=5), kinds: Sequence[str] = ()
) -> list[OutboxRow]:
    """Take due duties nobody holds, for the time of the lease.

    One whose last worker let its lease run out counts that worker as ended by it. One that was tried as often as it
    may be is among them when it ended the last worker that held it: it is to be given up, not tried.
    """
    free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= tx.real_now)
    due = select(outbox.c.id).where(outbox.c.state == "queued", outbox.c.due_at <= tx.real_now, free)
    if kinds:
        due = due.where(outbox.c.kind.in_(kinds))
    due = due.order_by(outbox.c.due_at, outbox.c.id).limit(limit).with_for_update(skip_locked=True)
    ids = [row.id for row in tx.all(due)]
    if not ids:
        return []
    tx.run(
        update(outbox)
        .where(outbox.c.id.in_(ids), outbox.c.state == "queued")
        .values(
            worker=worker,
            lease_until=tx.real_now + lease,
            attempts=outbox.c.attempts + 1,
            kills=outbox.c.kills + case((outbox.c.worker.is_not(None), 1), else_=0),
        )
    )
    held = _READ.where(outbox.c.id.in_(ids), outbox.c.state == "queued").order_by(outbox.c.due_at, outbox.c.id)
    return every(tx, OutboxRow, held)


def done(tx: Tx, row: OutboxRow) -> None:
    """Close a duty; raises LeaseLostError when another worker has taken it."""
    _settle(tx, row, state="done", done_at=tx.real_now, worker=None, lease_until=None, last_error=None)


def fail(tx: Tx, row: OutboxRow, error: str, tries: Tries = SOON) -> bool:
    """Put a duty back for later, twice as late each time, and say whether it will be tried again."""
    again = row.attempts < tries.most
    delay = min(_FIRST_DELAY * 2 ** min(row.attempts - 1, _DOUBLED), tries.longest)
    _settle(
        tx,
        row,
        state="queued" if again else "dead",
        due_at=tx.real_now + delay,
        worker=None,
        lease_until=None,
        last_error=error[:2000],
        kills=0,
    )
    return again


def bury(tx: Tx, row: OutboxRow, error: str) -> None:
    """Give a duty up at once: trying again cannot help."""
    _settle(tx, row, state="dead", worker=None, lease_until=None, last_error=error[:2000])


def renew(tx: Tx, row: OutboxRow, lease: timedelta) -> None:
    """Hold a duty for longer; raises LeaseLostError when another worker has taken it."""
    _settle(tx, row, lease_until=tx.real_now + lease)


def revive(tx: Tx, row_id: str) -> bool:
    """Queue a dead duty afresh and say whether there was one."""
    statement = update(outbox).where(outbox.c.id == row_id, outbox.c.state == "dead")
    return tx.run(statement.values(state="queued", attempts=0, kills=0, due_at=tx.real_now)).rowcount == 1


def let_go(tx: Tx, row_id: str) -> bool:
    """Forget a duty that nobody holds, for who has done it at once; say whether there was one."""
    free = (outbox.c.id == row_id, outbox.c.state == "queued", outbox.c.worker.is_(None))
    return tx.run(delete(outbox).where(*free)).rowcount == 1


def sweep(tx: Tx, *, before: datetime) -> int:
    """Forget duties done before an instant, with what their payloads say of people, and give how many."""
    return tx.run(delete(outbox).where(outbox.c.state == "done", outbox.c.done_at < before)).rowcount


def dead(tx: Tx, *, limit: int = 100) -> list[OutboxRow]:
    """Give the duties that were given up, the latest first."""
    return every(tx, OutboxRow, _READ.where(outbox.c.state == "dead").order_by(outbox.c.id.desc()).limit(limit))


def dead_about(tx: Tx, words: Sequence[str], kinds: Sequence[str]) -> list[OutboxRow]:
    """Give the duties of these kinds that were given up and whose payload holds one of these words."""
    payload = type_coerce(outbox.c.payload, String)
    holds = or_(*(payload.contains(f'"{word}"', autoescape=True) for word in words))
    return every(tx, OutboxRow, _READ.where(outbox.c.state == "dead", outbox.c.kind.in_(kinds), holds))


def retried(tx: Tx, *, least: int, limit: int = 100) -> list[OutboxRow]:
    """Give the duties that failed many times and will be tried again, the latest first."""
    often = (outbox.c.state == "queued", outbox.c.attempts >= least, outbox.c.last_error.is_not(None))
    return every(tx, OutboxRow, _READ.where(*often).order_by(outbox.c.id.desc()).limit(limit))


def by_id(tx: Tx, row_id: str) -> OutboxRow:
    """Give a duty; raises NotFoundError."""
    found = one(tx, OutboxRow, _READ.where(outbox.c.id == row_id))
    if found is None:
        raise NotFoundError(kind="outbox", id=row_id)
    return found


def latest(tx: Tx, kind: str) -> OutboxRow | None:
    """Give the duty of a kind that was put last."""
    return one(tx, OutboxRow, _READ.where(outbox.c.kind == kind).order_by(outbox.c.id.desc()).limit(1))


def by_key(tx: Tx, key: str) -> OutboxRow | None:
    """Give the duty of a key."""
    return one(tx, OutboxRow, _READ.where(outbox.c.key == key))


def waiting(tx: Tx) -> Waiting:
    """Give how many duties are due and held by nobody, and since when the oldest is due."""
    free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= tx.real_now)
    due = (outbox.c.state == "queued", outbox.c.due_at <= tx.real_now, free)
    row = tx.first(select(func.count().label("number"), func.min(outbox.c.due_at).label("since")).where(*due))
    return Waiting(row.number if row is not None else 0, row.since if row is not None else None)


def undone(tx: Tx) -> dict[str, Undone]:
    """Give what is not done of each kind: queued, and given up."""
    at = outbox.c
    statement = (
        select(
            at.kind,
            func.sum(case((at.state == "queued", 1), else_=0)).label("waiting"),
            func.min(case((at.state == "queued", at.due_at), else_=None)).label("since"),
            func.sum(case((at.state == "dead", 1), else_=0)).label("dead"),
        )
        .where(at.state.in_(("queued", "dead")))
        .group_by(at.kind)
    )
    return {row.kind: Undone(int(row.waiting), row.since, int(row.dead)) for row in tx.all(statement)}


def counts(tx: Tx) -> dict[tuple[str, str], int]:
    """Give how many duties there are of each kind and state."""
    statement = select(outbox.c.kind, outbox.c.state, func.count().label("number")).group_by(
        outbox.c.kind, outbox.c.state
    )
    return {(row.kind, row.state): row.number for row in tx.all(statement)}


def _settle(tx: Tx, row: OutboxRow, **values: object) -> None:
    held = (outbox.c.id == row.id, outbox.c.worker == row.worker, outbox.c.attempts == row.attempts)
    if tx.run(update(outbox).where(*held, outbox.c.state == "queued").values(**values)).rowcount == 0:
        raise LeaseLostError(id=row.id, kind=row.kind, worker=row.worker)
