"""The journal: lines chained by hash per territory, purged without breaking the chain, exported and verified.

A journal line is written by `tx.journal(...)`: it waits for the end of its act, so that chain heads are locked last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, bindparam, insert, select, update

from guichet.model.canonical import canonical_json
from guichet.model.records import Event, Head
from guichet.storage.columns import instant_text
from guichet.storage.errors import NotFoundError
from guichet.storage.prepared import Prepared
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.journal import chain_head, event
from guichet.storage.tx import PendingEvent, Tx
from guichet.storage.upsert import insert_unless_there
from guichet.storage.verify_journal import FORMAT, Chain, genesis, inner_hash, link_hash

__all__ = [
    "INSTANCE",
    "export",
    "heads",
    "of_subject",
    "page",
    "purge",
    "purge_subjects",
    "verify",
    "write_pending",
]

INSTANCE = "instance"
"""The chain of what belongs to no territory: publications, agents, imports."""

_READ = reading(event, Event)
# Made once: every act ends with them.
_OF_CHAIN = chain_head.c.territory == bindparam("of_territory")
_LOCKED_HEAD = Prepared(select(chain_head.c.number, chain_head.c.hash).where(_OF_CHAIN).with_for_update())
_MOVED_HEAD = Prepared(
    update(chain_head).where(_OF_CHAIN).values(number=bindparam("last_number"), hash=bindparam("last_hash"))
)
_ADDED = Prepared(insert(event))
_PAGE = 5_000


def write_pending(tx: Tx) -> None:
    """Write the lines an act has gathered, chain by chain in the order of their names so that no two acts cross."""
    if not tx.pending:
        return
    lines = sorted(tx.pending, key=lambda line: line.territory)  # stable: the act's order within a chain
    for territory, group in groupby(lines, key=lambda line: line.territory):
        _write_chain(tx, territory, list(group))
    tx.pending.clear()


def of_subject(tx: Tx, subject: str) -> list[Event]:
    """Give what happened to a dossier, an agent or a batch, the first first."""
    return every(tx, Event, _READ.where(event.c.subject == subject).order_by(event.c.territory, event.c.number))


def page(tx: Tx, territory: str, *, after: int = 0, limit: int = _PAGE) -> list[Event]:
    """Give the lines of a chain after a number."""
    statement = _READ.where(event.c.territory == territory, event.c.number > after)
    return every(tx, Event, statement.order_by(event.c.number).limit(limit))


def heads(tx: Tx) -> list[Head]:
    """Give the end of every chain: the checkpoints to keep elsewhere."""
    return every(tx, Head, reading(chain_head, Head).order_by(chain_head.c.territory))


def purge(tx: Tx, territory: str, number: int) -> bool:
    """Delete what a line says and keep its place in the chain; False when that was done before."""
    return _purge(tx, event.c.territory == territory, event.c.number == number) == 1


def purge_subjects(tx: Tx, subjects: Sequence[str]) -> int:
    """Delete what every line about some subjects says and give how many there were."""
    return _purge(tx, event.c.subject.in_(subjects))


def export(tx: Tx, territory: str) -> Iterator[str]:
    """Give a chain as lines of JSON that `verify_journal.py` reads, the header first."""
    head = _head(tx, territory)
    yield _line({"format": FORMAT, "territory": territory, "head": {"number": head.number, "hash": head.hash}})
    for found in _walk(tx, territory):
        yield _line(
            {
                "number": found.number,
                "kind": found.kind,
                "at": instant_text(found.at),
                "salt": found.salt,
                "body": found.body,
                "inner_hash": found.inner_hash,
                "hash": found.hash,
            }
        )


def verify(tx: Tx, territory: str, checkpoints: Mapping[int, str] | None = None) -> Chain:
    """Give the chain of a territory with every fault found; checkpoints are numbers and hashes kept elsewhere."""
    chain = Chain(territory, checkpoints)
    for found in _walk(tx, territory):
        chain.add(
            {
                "number": found.number,
                "kind": found.kind,
                "salt": found.salt,
                "body": found.body,
                "inner_hash": found.inner_hash,
                "hash": found.hash,
            }
        )
    head = _head(tx, territory)
    chain.end({"number": head.number, "hash": head.hash})
    return chain


def _write_chain(tx: Tx, territory: str, lines: list[PendingEvent]) -> None:
    number, last = _lock_head(tx, territory)
    rows: list[dict[str, object]] = []
    for line in lines:
        number += 1
        salt = tx.ids.salt()
        body = _body(territory, number, line, instant_text(tx.now))
        inner = inner_hash(salt, body)
        last = link_hash(last, number, inner)
        rows.append(
            {
                "territory": territory,
                "number": number,
                "kind": line.kind,
                "at": tx.now,
                "subject": line.subject,
                "actor": line.actor,
                "salt": salt,
                "body": body,
                "inner_hash": inner,
                "hash": last,
            }
        )
    tx.run(_ADDED, rows)
    tx.run(_MOVED_HEAD, {"of_territory": territory, "last_number": number, "last_hash": last})


def _lock_head(tx: Tx, territory: str) -> tuple[int, str]:
    row = tx.first(_LOCKED_HEAD, {"of_territory": territory})
    if row is None:
        insert_unless_there(tx, chain_head, territory=territory, number=0, hash=genesis(territory))
        row = tx.first(_LOCKED_HEAD, {"of_territory": territory})
        if row is None:
            raise NotFoundError(kind="chain_head", id=territory)
    return row.number, row.hash


def _body(territory: str, number: int, line: PendingEvent, at: str) -> str:
    return canonical_json(
        {
            "territory": territory,
            "number": number,
            "kind": line.kind,
            "at": at,
            "subject": line.subject,
            "actor": line.actor,
            "data": line.data,
        }
    )


def _purge(tx: Tx, *where: ColumnElement[bool]) -> int:
    gone = {"salt": None, "body": None, "subject": None, "actor": None, "purged_at": tx.real_now}
    statement = update(event).where(*where, event.c.body.is_not(None)).values(gone)
    return tx.run(statement).rowcount


def _walk(tx: Tx, territory: str) -> Iterator[Event]:
    after = 0
    while lines := page(tx, territory, after=after):
        yield from lines
        after = lines[-1].number


def _head(tx: Tx, territory: str) -> Head:
    found = one(tx, Head, reading(chain_head, Head).where(chain_head.c.territory == territory))
    return found or Head(territory, 0, genesis(territory))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
