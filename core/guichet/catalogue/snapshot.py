"""Snapshots: the effective scheme of one territory as JSON text, immutable and hashed.

Keys are not sorted: the order of pages, fields, criteria and branches is part of the declaration's meaning, and the
model gives its own keys in one fixed order. Every default is written out, so that a later default changes no snapshot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from guichet.model.scheme import CURRENT_FORMAT, Scheme


@dataclass(frozen=True, slots=True)
class SnapshotBody:
    """The text of a snapshot and its hash (SHA-256, hexadecimal)."""

    scheme: str
    territory: str
    format: int
    body: str
    hash: str
    plugin_versions: Mapping[str, str]


def write_snapshot(scheme: Scheme, territory: str, plugin_versions: Mapping[str, str]) -> SnapshotBody:
    """The snapshot of an effective scheme; the same scheme and plugins give the same hash."""
    content = {
        "format": CURRENT_FORMAT,
        "territory": territory,
        "plugins": dict(sorted(plugin_versions.items())),
        "scheme": scheme.model_dump(mode="json"),
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return SnapshotBody(scheme.id, territory, CURRENT_FORMAT, body, digest, dict(plugin_versions))


def read_snapshot(body: str) -> tuple[Scheme, str]:
    """The scheme and the territory id that a snapshot holds."""
    content = json.loads(body, parse_float=Decimal)
    return Scheme.model_validate(content["scheme"]), content["territory"]
