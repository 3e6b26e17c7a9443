"""Tokens of the HTTP API, files sent before their dossier, and dossiers that are no longer there, as stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from guichet.model.api import Verb

__all__ = ["ApiToken", "ApiUpload", "GoneDossier"]


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What another software may do, where, for which schemes (none named: all), until when."""

    id: str
    name: str
    secret_hash: str = field(repr=False)
    territories: tuple[str, ...]
    schemes: tuple[str, ...]
    verbs: tuple[Verb, ...]
    per_minute: int
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def covers(self, territory: str, scheme: str = "") -> bool:
        """Whether the token reaches a territory and, where one is named, a scheme."""
        return territory in self.territories and (not scheme or not self.schemes or scheme in self.schemes)


@dataclass(frozen=True, slots=True)
class ApiUpload:
    """A file sent before the dossier that will name it; `stored` is what its field keeps of it."""

    id: str
    token: str
    territory: str
    scheme: str
    field: str
    stored: Mapping[str, object]
    at: datetime


@dataclass(frozen=True, slots=True)
class GoneDossier:
    """A filed dossier that was deleted, when its retention ended or otherwise."""

    reference: str
    scheme: str
    territory: str
    gone_at: datetime
