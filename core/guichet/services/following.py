"""A draft follows the scheme as published now, by field id; a question that changed is asked again."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.model.records import Dossier
from guichet.services.cases import UseCases

__all__ = ["followed_answers", "same_question"]


def followed_answers(cases: UseCases, dossier: Dossier, compiled: CompiledScheme) -> Mapping[str, object]:
    """The stored answers of a draft without those to a question that now says or takes something else."""
    if dossier.snapshot_hash == compiled.hash:
        return dossier.answers
    before = cases.snapshots.by_hash(dossier.snapshot_hash).fields
    return {name: answer for name, answer in dossier.answers.items() if _stands(name, before, compiled.fields)}


def _stands(name: str, before: Mapping[str, CompiledField], now: Mapping[str, CompiledField]) -> bool:
    if name not in before or name not in now:
        return name not in now  # what is kept beside the answers stays; an answer nobody asked for does not
    return same_question(before[name], now[name])


def same_question(before: CompiledField, now: CompiledField) -> bool:
    """Whether two declarations of a field ask the same: words, type, choices, bounds, columns."""
    first, second = before.declaration, now.declaration
    return (first.type, first.label, first.options, first.fields) == (
        second.type,
        second.label,
        second.options,
        second.fields,
    )
