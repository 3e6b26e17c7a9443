"""Opinions, decisions, grants and envelopes as stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

__all__ = ["Decision", "Envelope", "LedgerLine", "Opinion"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a body thinks of a dossier before another decides."""

    id: str
    dossier: str
    stage: str
    body: str
    agent: str
    favourable: bool
    checks: Mapping[str, object]
    reason: str
    at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """An administrative act on a dossier."""

    id: str
    dossier: str
    kind: str
    amount_cents: int | None
    issuer: str | None
    form: str | None
    act_number: str | None
    act_date: date | None
    signatory_name: str | None
    signatory_quality: str | None
    reasons: tuple[object, ...]
    agent: str | None
    at: datetime
    snapshot_hash: str
    notified_at: datetime | None
    notified_by: str | None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A budget of a scheme, for one territory or for all of them."""

    id: str
    scheme: str
    territory: str | None
    ceiling_cents: int | None
    committed_cents: int
    alert_only: bool

    @property
    def left_cents(self) -> int | None:
        """Give what is left, negative beyond an alert, None without a ceiling."""
        return None if self.ceiling_cents is None else self.ceiling_cents - self.committed_cents


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One commitment (positive) or release (negative) of an envelope."""

    id: str
    envelope: str
    dossier: str
    decision: str | None
    cents: int
    kind: Literal["commitment", "release"]
    at: datetime
