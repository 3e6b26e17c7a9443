"""The questions of a form with their types and options resolved."""

from __future__ import annotations

from typing import Any

from guichet.catalogue.compiled import CompiledField, PluginsNeeded
from guichet.catalogue.options import validate_options
from guichet.catalogue.positions import Path
from guichet.catalogue.report import Report
from guichet.errors import guess
from guichet.model.form import FIELD_KEYS, Field
from guichet.model.scheme import Scheme
from guichet.plugin.contracts import Column, FieldType


def compile_fields(scheme: Scheme, plugins: PluginsNeeded, report: Report) -> dict[str, CompiledField]:
    """The fields of the application by id, in form order; one that nothing can be made of is left out."""
    fields: dict[str, CompiledField] = {}
    for page_id, page in scheme.application.items():
        for name, declaration in page.fields.items():
            path = ("forms", "application", page_id, "fields", name)
            if name in fields:
                report.add("field_declared_twice", path, {"value": name, "page": fields[name].page})
                continue
            compiled = _compile_field(name, page_id, declaration, plugins, path, report)
            if compiled is not None:
                fields[name] = compiled
    return fields


def _compile_field(
    name: str, page: str, declaration: Field, plugins: PluginsNeeded, path: Path, report: Report
) -> CompiledField | None:
    """One field with its type and options, guessed past a misspelt key; None when nothing can be made of it."""
    field_type = _type_of(declaration, plugins, path, report)
    if field_type is None:
        return None
    columns = {
        column: _compile_field(column, page, inner, plugins, (*path, "fields", column), report)
        for column, inner in declaration.fields.items()
    }
    given: dict[str, Any] = dict(declaration.options)
    if declaration.fields:
        given["fields"] = {column: _as_column(inner) for column, inner in columns.items() if inner is not None}
    before = len(report.problems)
    options = validate_options(field_type.Options, given, path, report, FIELD_KEYS)
    misspelt = {problem.data.get("nearest") for problem in report.problems[before:] if problem.code == "unknown_key"}
    if not declaration.label and field_type.widget not in ("note", "heading") and "label" not in misspelt:
        report.add("missing_key", path, {"key": "label"})
    return None if options is None else CompiledField(name, page, declaration, field_type, options)


def _type_of(declaration: Field, plugins: PluginsNeeded, path: Path, report: Report) -> FieldType[Any] | None:
    """The type of a field, or the one its author seems to have meant."""
    found = plugins.field_types.get(declaration.type)
    if found is not None:
        return found
    data = guess(declaration.type, sorted(plugins.field_types))
    report.add("unknown_field_type", path, data, shown=(*path, "type"))
    return plugins.field_types.get(str(data["nearest"]))


def _as_column(field: CompiledField) -> Column:
    """One column of repeated rows as its field type takes it."""
    declared = field.declaration
    return Column(field.id, declared.label, declared.help, declared.required, field.type, field.options)
