"""A dossier as stored, and a page of the agents' work table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypedDict

__all__ = [
    "FORGOTTEN",
    "Dossier",
    "DossierChanges",
    "DossierStart",
    "End",
    "Outcome",
    "Phase",
    "WorkFilter",
    "WorkPage",
]

FORGOTTEN = "@forgotten"
"""In the checks of a dossier whose time is over: the books keep it, without a name, and nobody sees it."""

Phase = Literal["draft", "filed", "instruction", "decided", "closed"]
End = Literal["granted", "granted_in_part", "refused", "inadmissible", "dropped", "withdrawn", "transferred"]
Outcome = Literal["eligible", "not_eligible", "undetermined"]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application at one revision; money in cents, JSON values with tuples for arrays."""

    id: str
    reference: str
    scheme: str
    territory: str
    account: str | None
    title: str
    phase: Phase
    stage: str | None
    stage_at: datetime | None
    to_complete: bool
    waiting_for_funds: bool
    practice: bool
    snapshot_hash: str
    revision: int
    created_at: datetime
    filed_at: datetime | None
    decided_at: datetime | None
    changed_at: datetime
    changed_by: str
    answers: Mapping[str, object]
    checks: Mapping[str, object]
    result: Mapping[str, object] | None
    indicators: Mapping[str, object]
    columns: Mapping[str, object]
    outcome: Outcome | None
    rules_version: str | None
    computed_cents: int | None
    provisional_cents: int | None
    granted_cents: int | None
    end: End | None
    grant_key: str | None
    siren: str | None
    iban_hash: str | None
    payee: str | None


class _Settable(TypedDict, total=False):
    account: str | None
    title: str
    phase: Phase
    stage: str | None
    stage_at: datetime | None
    to_complete: bool
    waiting_for_funds: bool
    practice: bool
    filed_at: datetime | None
    decided_at: datetime | None
    answers: Mapping[str, object]
    checks: Mapping[str, object]
    result: Mapping[str, object] | None
    indicators: Mapping[str, object]
    columns: Mapping[str, object]
    outcome: Outcome | None
    rules_version: str | None
    computed_cents: int | None
    provisional_cents: int | None
    granted_cents: int | None
    end: End | None
    grant_key: str | None
    siren: str | None
    iban_hash: str | None
    payee: str | None


class DossierChanges(_Settable, total=False):
    """What an act may set on a dossier; who, when and the revision are set by the store."""

    snapshot_hash: str


class DossierStart(_Settable):
    """What a new dossier is given; a draft with no answers unless told otherwise."""

    scheme: str
    territory: str
    snapshot_hash: str
    by: str


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which dossiers a work table shows; `territories` is what the agent may see, and none shows nothing.

    `columns` compares the scheme's own columns for equality; `text` looks in reference, title, SIREN and payee;
    `overdue` is (stage, entered before) pairs; `flagged` keeps those whose SIREN or account other dossiers share.
    """

    scheme: str
    territories: tuple[str, ...]
    phases: tuple[Phase, ...] = ()
    stages: tuple[str, ...] = ()
    ends: tuple[End, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    to_complete: bool | None = None
    waiting_for_funds: bool | None = None
    practice: bool | None = None
    filed_from: datetime | None = None
    filed_before: datetime | None = None
    text: str = ""
    opinion: Literal["favourable", "unfavourable", "none"] | None = None
    overdue: tuple[tuple[str, datetime], ...] = ()
    flagged: bool = False
    columns: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of a work table and the number of dossiers behind it."""

    dossiers: tuple[Dossier, ...]
    total: int
    page: int
    size: int
