"""The arithmetic of the journal's chain, from the standard library alone.

inner = SHA-256(salt ‖ body), hash = SHA-256(previous ‖ number ‖ inner): previous, salt and inner are raw bytes,
number is eight bytes big-endian, body is the UTF-8 text of the canonical JSON. The hash before line 1 is
SHA-256("guichet-journal:" + territory).
"""

from __future__ import annotations

from hashlib import sha256

__all__ = ["genesis", "inner_hash", "link_hash"]


def genesis(territory: str) -> str:
    """Give the hash before the first line of a territory's chain."""
    return sha256(f"guichet-journal:{territory}".encode()).hexdigest()


def inner_hash(salt: str, body: str) -> str:
    """Give the hash that stays when salt and body are purged."""
    return sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


def link_hash(previous: str, number: int, inner: str) -> str:
    """Give the hash of a line from the one before it."""
    return sha256(bytes.fromhex(previous) + number.to_bytes(8, "big") + bytes.fromhex(inner)).hexdigest()
