"""The JSON Schema of an application, made from a published scheme and what its field types say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from threading import Lock
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.locale import Language
from guichet.plugin.contracts import Column, FieldType, Options
from guichet.services.api.acceptance import Accepts, acceptance
from guichet.services.api.faults import Fault
from guichet.services.api.validation import faults_of

__all__ = ["DIALECT", "Applications", "answer_schema", "application_schema", "attestable", "quoted"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EMAIL: Mapping[str, Any] = {"type": "string", "format": "email", "minLength": 3, "maxLength": 254}
_FILE: Mapping[str, Any] = {
    "type": "string",
    "anyOf": [{"format": "uuid"}, {"pattern": "^part:.{1,100}$"}],
    "description": "The id of a file sent beforehand (POST …/files?field=<this field>), or `part:NAME`: "
    "the part of that name in the same multipart request.",
}


@dataclass(frozen=True, slots=True)
class _Known:
    schema: dict[str, Any]
    validator: Validator
    accepts: Accepts


class Applications:
    """The schemas of applications by snapshot, with their validators; a snapshot never changes."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._known: dict[str, _Known] = {}
        self._lock = Lock()

    def schema(self, compiled: CompiledScheme) -> dict[str, Any]:
        """Give the schema of a snapshot."""
        return self._of(compiled).schema

    def faults(self, compiled: CompiledScheme, body: Mapping[str, Any], language: Language) -> list[Fault]:
        """Give what of a body the schema of a snapshot refuses."""
        known = self._of(compiled)
        return [] if known.accepts(body) else faults_of(known.validator, body, language)

    def _of(self, compiled: CompiledScheme) -> _Known:
        found = self._known.get(compiled.hash)
        if found is None:
            made = application_schema(compiled, self._base_url)
            Draft202012Validator.check_schema(made)
            validator = cast("Validator", Draft202012Validator(made))
            found = _Known(made, validator, acceptance(validator))
            with self._lock:
                self._known[compiled.hash] = found
        return found


def application_schema(compiled: CompiledScheme, base_url: str = "") -> dict[str, Any]:
    """Give the schema of the body that files an application of a scheme in a territory."""
    scheme = compiled.scheme
    properties: dict[str, Any] = {
        "applicant": _closed({"email": dict(_EMAIL)}, ["email"]),
        "answers": _answers(compiled),
    }
    required = ["applicant", "answers"]
    if proofs := quoted(compiled):
        properties["proofs"] = _closed(
            {
                name: _closed(
                    {column: {"type": "string", "maxLength": 200, **_titled(label)} for column, label in asked}
                )
                for name, asked in proofs.items()
            }
        )
    if attested := attestable(compiled):
        properties["attested"] = {
            "type": "array",
            "uniqueItems": True,
            "items": {"oneOf": [{"const": name, "description": text} for name, text in attested.items()]},
        }
    return {
        "$schema": DIALECT,
        "$id": f"{base_url}/api/t/{compiled.territory}/{scheme.id}/schemas/{compiled.hash}",
        "title": scheme.title,
        "x-scheme": scheme.id,
        "x-territory": compiled.territory,
        "x-snapshot": compiled.hash,
        **_closed(properties, required),
    }


def quoted(compiled: CompiledScheme) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give what must be quoted of confidential lists: list → (column, question) pairs."""
    return {name: tuple(one.proof.items()) for name, one in compiled.scheme.lists.items() if one.proof}


def attestable(compiled: CompiledScheme) -> dict[str, str]:
    """Give every criterion attested on honour in some version of the rules, with the latest text."""
    return {
        name: " ".join((criterion.text or criterion.label).split())
        for version in compiled.versions
        for name, criterion in version.rules.criteria.items()
        if criterion.answer == "attested"
    }


def answer_schema(field_type: FieldType[Any], options: Options) -> dict[str, Any]:
    """Give the schema of one answer; a file is named by its id, in rows too."""
    if field_type.widget == "file":
        return dict(_FILE)
    made = deepcopy(field_type.json_schema(options))
    if field_type.widget == "rows" and isinstance(made.get("items"), dict):
        columns = cast("Mapping[str, Column]", getattr(options, "fields", {}))
        items = cast("dict[str, Any]", made["items"])
        items["properties"] = {
            name: {**answer_schema(column.field_type, column.options), **_titled(column.label, column.help)}
            for name, column in columns.items()
        }
        items["required"] = [name for name, column in columns.items() if column.required]
    return made


def _answers(compiled: CompiledScheme) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for page_id, page in compiled.scheme.application.items():
        for name in page.fields:
            field = compiled.fields[name]
            if field.type.widget in ("note", "heading"):
                continue
            properties[name] = _question(field, page_id, page.asked_when)
            if field.declaration.required and not field.declaration.asked_when and not page.asked_when:
                required.append(name)
    return _closed(properties, required)


def _question(field: CompiledField, page: str, page_asked_when: str) -> dict[str, Any]:
    made = answer_schema(field.type, field.options)
    made |= _titled(field.declaration.label, field.declaration.help or made.get("description", ""))
    made["x-page"] = page
    made["x-field-type"] = field.declaration.type
    conditions = [condition for condition in (page_asked_when, field.declaration.asked_when) if condition]
    if conditions:
        made["x-asked-when"] = conditions
        made["x-required-when-asked"] = field.declaration.required
    return made


def _titled(title: str, description: str = "") -> dict[str, str]:
    found = {"title": title, "description": " ".join(description.split())}
    return {key: text for key, text in found.items() if text}


def _closed(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": required} if required else made
