"""API Entreprise v3 and v4: client, answers, stand-in."""

from __future__ import annotations

from typing import Any

from guichet import PrefillSource, hookimpl
from guichet_plugins.connect.api_entreprise.source import ApiEntreprise


@hookimpl
def register_prefill_sources() -> list[PrefillSource[Any]]:
    """Give the source."""
    return [ApiEntreprise()]
