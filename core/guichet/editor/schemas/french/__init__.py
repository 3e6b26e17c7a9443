"""The French of what the code says of each key: model → key → sentence; the empty key is the model itself."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FRENCH"]

FRENCH: Mapping[str, Mapping[str, str]] = {}
