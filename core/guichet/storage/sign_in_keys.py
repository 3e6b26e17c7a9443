"""The keys of a sign-in, made anew each time its mail is written."""

from __future__ import annotations

from sqlalchemy import update

from guichet.storage.tables.people import sign_in
from guichet.storage.tx import Tx

__all__ = ["replace"]


def replace(tx: Tx, sign_in_id: str, *, link_hash: str, code_hash: str) -> None:
    """Keep the hashes of the latest link and code; earlier ones open nothing any more."""
    tx.run(update(sign_in).where(sign_in.c.id == sign_in_id).values(link_hash=link_hash, code_hash=code_hash))
