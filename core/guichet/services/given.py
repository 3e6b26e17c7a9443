"""What sources gave, beside the answers of a dossier: whether it still holds, and whether it may be changed."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

from guichet.catalogue import CompiledPrefill, CompiledScheme
from guichet.model.canonical import canonical_json
from guichet.model.records import Dossier, Prefilled
from guichet.storage import Tx, prefills

__all__ = [
    "GIVEN_MARK",
    "LATER_MARK",
    "asked_for",
    "forget_stale",
    "holds",
    "is_kept_apart",
    "known_of",
    "later_fields",
    "locked_fields",
    "may_have_said",
    "said_of",
]

LATER_MARK = "@later"
"""Kept beside the checks: the fields left empty for now, because their source is silent."""

GIVEN_MARK = "@given"
"""Kept beside the checks of a draft once a source said something of it: until then there is nothing to look up."""


def may_have_said(dossier: Dossier, compiled: CompiledScheme) -> bool:
    """Whether there is something to look up of what sources said of a dossier."""
    return bool(compiled.prefills) and (dossier.phase != "draft" or GIVEN_MARK in dossier.checks)


def said_of(tx: Tx, dossier: Dossier, compiled: CompiledScheme) -> dict[str, Prefilled]:
    """What sources said of a dossier, by field; nothing is read where nothing can have been said."""
    return prefills.of_dossier(tx, dossier.id) if may_have_said(dossier, compiled) else {}


def later_fields(dossier: Dossier) -> frozenset[str]:
    """The fields that may stay empty for now."""
    return frozenset(cast("tuple[str, ...]", dossier.checks.get(LATER_MARK) or ()))


def known_of(prefill: CompiledPrefill, stored: Mapping[str, Any]) -> dict[str, str] | None:
    """What a source must know, from stored answers; None while something is not answered."""
    found = {name: stored.get(field) for name, field in prefill.needs.items()}
    return {name: str(value) for name, value in found.items()} if all(found.values()) else None


def asked_for(prefill: CompiledPrefill, stored: Mapping[str, Any]) -> str:
    """What a source would be told now, in short; empty while something is not answered."""
    known = known_of(prefill, stored)
    if known is None:
        return ""
    told = {"plugin": prefill.declared.plugin, "options": prefill.declared.options, "known": known}
    return sha256(canonical_json(told).encode()).hexdigest()[:32]


def holds(compiled: CompiledScheme, one: Prefilled, stored: Mapping[str, Any]) -> bool:
    """Whether what a source said is about these answers, and still fills the field it filled."""
    prefill = compiled.prefills.get(one.prefill)
    if prefill is None or one.field not in prefill.declared.fields or one.field not in compiled.fields:
        return False
    if prefill.declared.fields[one.field].item != one.item:
        return False
    return prefill.source.searched or one.asked_for == asked_for(prefill, stored)


def locked_fields(
    compiled: CompiledScheme, said: Mapping[str, Prefilled], stored: Mapping[str, Any]
) -> dict[str, Prefilled]:
    """The fields whose value comes from a source and is not for the applicant to change."""
    return {
        name: one
        for name, one in said.items()
        if one.state == "given" and holds(compiled, one, stored) and _is_locked(compiled, one)
    }


def is_kept_apart(compiled: CompiledScheme, prefill: CompiledPrefill, field: str) -> bool:
    """Whether what fills a field stays beside it, for agents to compare: hidden, and no document."""
    return field in prefill.hidden and compiled.fields[field].type.widget != "file"


def _is_locked(compiled: CompiledScheme, one: Prefilled) -> bool:
    """A hidden document cannot be changed by who does not see it; a hidden value is not the applicant's answer."""
    prefill = compiled.prefills[one.prefill]
    if one.field in prefill.hidden:
        return not is_kept_apart(compiled, prefill, one.field)
    return not prefill.declared.may_correct(one.field)


def forget_stale(tx: Tx, compiled: CompiledScheme, dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without what a source gave for another company than theirs; what was typed over it stays."""
    kept = dict(answers)
    said = said_of(tx, dossier, compiled)
    stale = {name: one for name, one in said.items() if not holds(compiled, one, answers)}
    prefills.forget(tx, dossier.id, list(stale))
    for name, one in stale.items():
        if one.state == "given" and kept.get(name) == one.value:
            del kept[name]
    return kept
