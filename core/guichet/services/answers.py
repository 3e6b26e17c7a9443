"""Answers between the three forms they have: posted, stored as JSON, and values for the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.engine.wording import with_name
from guichet.plugin.contracts import Context, Invalid
from guichet.plugin.contracts.base import Language

PROOF_PREFIX = "@proof."
"""Stored beside the answers: what the applicant quoted of a confidential list, `@proof.<list>` → column → text."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a page posted, read: the values by field, and why some could not be."""

    values: Mapping[str, Any]
    refused: Mapping[str, str]
    """Field (or `field.row.column`) → the sentence to show beside it."""


def read_posted(fields: tuple[CompiledField, ...], posted: Mapping[str, Any], context: Context) -> Read:
    """The values of some fields: what was not asked is ignored, what was not on the page stays out."""
    values: dict[str, Any] = {}
    refused: dict[str, str] = {}
    for field in fields:
        if field.type.widget in ("note", "heading") or field.id not in posted:
            continue
        try:
            values[field.id] = field.type.parse(posted[field.id], field.options, context)
        except Invalid as error:
            for part in error.parts or (error,):
                where = f"{field.id}.{part.field}" if part.field else field.id
                refused.setdefault(where, part.text(context.language))
    return Read(values, refused)


def load_answers(compiled: CompiledScheme, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a stored dossier answers; an answer to a question that no longer exists is left out."""
    return {
        name: field.type.load(stored[name], field.options)
        for name, field in compiled.fields.items()
        if stored.get(name) is not None
    }


def dump_answers(compiled: CompiledScheme, values: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON that keeps some values."""
    return {
        name: compiled.fields[name].type.dump(value, compiled.fields[name].options)
        for name, value in values.items()
        if name in compiled.fields and value is not None
    }


def proofs_of(stored: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    """List → what the applicant quoted of it."""
    return {name.removeprefix(PROOF_PREFIX): stored[name] for name in stored if name.startswith(PROOF_PREFIX)}


def shown(field: CompiledField, value: Any, language: Language = "fr") -> str:
    """The text a person reads of an answer; empty when there is none."""
    return "" if value is None else field.type.show(value, field.options, language)


def named(compiled: CompiledScheme, field: CompiledField, value: Any, language: Language = "fr") -> str:
    """The same, a code with the name that its table gives it: `69123 Lyon`."""
    return with_name(compiled, field, value, shown(field, value, language))


def reread(compiled: CompiledScheme, field: CompiledField, value: Any, language: Language = "fr") -> str:
    """The same for the applicant of a draft that was not sent: nothing that they have to check is masked."""
    text = "" if value is None else field.type.show_before_filing(value, field.options, language)
    return with_name(compiled, field, value, text)
