"""Signatures of webhooks, in the header scheme of Standard Webhooks: id, timestamp, HMAC-SHA256."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from hashlib import sha256

__all__ = ["key_of_secret", "signed_headers"]

_PREFIX = "whsec_"


def key_of_secret(secret: str) -> bytes:
    """Give the key behind a secret: base64 after `whsec_`, else the text itself.

    >>> key_of_secret("whsec_YWJj"), key_of_secret("abc")
    (b'abc', b'abc')
    """
    if secret.startswith(_PREFIX):
        try:
            return b64decode(secret.removeprefix(_PREFIX), validate=True)
        except NotBase64:
            return secret.encode()
    return secret.encode()


def signed_headers(message_id: str, timestamp: int, body: bytes, keys: Sequence[bytes]) -> dict[str, str]:
    """Give the headers that prove who sent a body and when; each key signs."""
    content = f"{message_id}.{timestamp}.".encode() + body
    marks = [b64encode(hmac.new(key, content, sha256).digest()).decode() for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }
