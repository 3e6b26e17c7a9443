"""Tokens in one process: looked up lately, and how fast each goes."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic

from guichet.model.records import ApiToken
from guichet.services.api.tokens import PREFIX, known_token
from guichet.services.cases import UseCases

__all__ = ["KnownTokens", "Pace", "Paces", "bearer_of"]

_TRUSTED_S = 3.0
_MOST = 2_000
_SECRET = re.compile(re.escape(PREFIX) + r"[0-9a-f]{64}", re.ASCII)


def bearer_of(header: str) -> str:
    """Gives the token of an `Authorization` header; empty for anything that cannot be one.

    >>> bearer_of("Basic YTph"), bearer_of("bearer " + PREFIX + "0" * 64)[:10]
    ('', 'guichet_00')
    """
    scheme, _, secret = header.partition(" ")
    secret = secret.strip()
    return secret if scheme.lower() == "bearer" and _SECRET.fullmatch(secret) else ""


class KnownTokens:
    """The tokens of the last seconds, so that a request does not ask the database whose it is each time."""

    def __init__(self, cases: UseCases, trusted_s: float = _TRUSTED_S) -> None:
        self._cases = cases
        self._trusted_s = trusted_s
        self._found: OrderedDict[str, tuple[float, ApiToken]] = OrderedDict()
        self._lock = Lock()

    def fresh(self, secret: str) -> ApiToken | None:
        """Gives a token looked up a moment ago; never waits."""
        with self._lock:
            found = self._found.get(secret)
        return found[1] if found is not None and monotonic() - found[0] <= self._trusted_s else None

    def look_up(self, secret: str) -> ApiToken | None:
        """Gives a token from the database."""
        found = known_token(self._cases, secret)
        with self._lock:
            self._found.pop(secret, None)
            if found is not None:
                self._found[secret] = (monotonic(), found)
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a token stands in its minute."""

    limit: int
    left: int
    reset_s: int
    allowed: bool


class Paces:
    """A bucket for each token: a minute's worth at once, then filled evenly. Each process has its own."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, token_id: str, per_minute: int, now: float | None = None) -> Pace:
        """Takes one request of a token, if there is one left."""
        instant = monotonic() if now is None else now
        with self._lock:
            left, at = self._buckets.pop(token_id, (float(per_minute), instant))
            left = min(float(per_minute), left + (instant - at) * per_minute / 60)
            allowed = left >= 1
            left -= 1 if allowed else 0
            self._buckets[token_id] = (left, instant)
            while len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        wanted = per_minute - left if allowed else 1 - left
        return Pace(per_minute, int(left), max(1, ceil(wanted * 60 / per_minute)), allowed)
