"""What the core asks of time: a real instant and the instant of the business day."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

__all__ = ["Clock"]


class Clock(Protocol):
    """Gives aware UTC instants; the two differ in the demo only."""

    def now(self) -> datetime:
        """Give the real instant (sign-in, TOTP, sessions, leases)."""
        ...

    def business(self) -> datetime:
        """Give the instant of the business day (filing, rules, letters, payments)."""
        ...
