"""An explanation as JSON, for `eval --explain` and exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.engine.explanations import explain_dossier
from guichet.plugin.contracts.base import Language


def explanation_as_json(
    compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date, language: Language = "fr"
) -> dict[str, Any] | None:
    """The explanation of an evaluation as JSON values; None before the first version."""
    found = explain_dossier(compiled, answers, facts, on, language=language)
    if found is None:
        return None
    return {**asdict(found), "version": found.version.isoformat()}
