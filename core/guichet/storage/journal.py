"""The journal: lines chained by hash per territory, purged without breaking the chain, exported and verified."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from guichet.model.canonical import canonical_json
from guichet.storage.chain import genesis, inner_hash, link_hash
from guichet.storage.columns import instant_text
from guichet.storage.tables.journal import chain_head, event
from guichet.storage.tx import PendingEvent, Tx

__all__ = ["write_pending"]


def write_pending(tx: Tx) -> None:
    """Write the lines an act has gathered, chain by chain in the order of their names so that no two acts cross."""
    if not tx.pending:
        return
    lines = sorted(tx.pending, key=lambda line: line.territory)  # stable: the act's order within a chain
    for territory, group in groupby(lines, key=lambda line: line.territory):
        _write_chain(tx, territory, list(group))
    tx.pending.clear()


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
    tx.run(insert(event), rows)
    tx.run(update(chain_head).where(chain_head.c.territory == territory).values(number=number, hash=last))


def _lock_head(tx: Tx, territory: str) -> tuple[int, str]:
    head = select(chain_head.c.number, chain_head.c.hash).where(chain_head.c.territory == territory).with_for_update()
    row = tx.first(head)
    if row is None:
        first = {"territory": territory, "number": 0, "hash": genesis(territory)}
        dialect = postgresql if tx.on_postgres else sqlite
        tx.run(dialect.insert(chain_head).values(first).on_conflict_do_nothing())
        row = tx.first(head)
        if row is None:
            raise LookupError(territory)
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
