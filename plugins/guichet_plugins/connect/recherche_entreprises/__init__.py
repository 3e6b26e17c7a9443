"""Recherche d'entreprises, open and without token: by words, or by SIRET.

Companies whose particulars are protected are absent from it: what it does not find may well exist.
"""

from __future__ import annotations

from typing import Any

from guichet import PrefillSource, hookimpl
from guichet_plugins.connect.recherche_entreprises.source import CompanyBySiret, CompanySearch


@hookimpl
def register_prefill_sources() -> list[PrefillSource[Any]]:
    """Give both ways of asking."""
    return [CompanySearch(), CompanyBySiret()]
