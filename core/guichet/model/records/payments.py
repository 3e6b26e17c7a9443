"""Payment orders and batches as stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

__all__ = ["AmountPart", "Batch", "BatchState", "OrderState", "PaymentOrder"]

OrderState = Literal["ordered", "transmitted", "rejected", "suspended", "resumed", "paid"]
BatchState = Literal["written", "transmitted"]


@dataclass(frozen=True, slots=True)
class AmountPart:
    """How much of a sum is one of the aid's amounts, under the name that people read."""

    amount: str
    label: str
    cents: int


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """The instruction to pay one instalment of a decision."""

    id: str
    reference: str
    scheme: str
    territory: str
    dossier: str
    decision: str
    instalment: int
    cents: int
    payee: str
    iban: str
    bic: str | None
    siret: str | None
    label: str
    state: OrderState
    set_aside_reason: str | None
    state_reason: str | None
    batch: str | None
    created_at: datetime
    state_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """The orders of one payment file, and the file's seal."""

    id: str
    scheme: str
    territory: str
    payer: str
    on_day: date
    number: int
    file_name: str
    sha256: str
    bytes: int
    lines: int
    cents: int
    frozen: Mapping[str, Any]
    """What the file says beyond its orders, as JSON text: writer, delivery, imputation, payer, snapshot."""
    state: BatchState
    created_at: datetime
