"""What a later form posted, ready to file or to be shown again: no draft keeps it, so the page carries its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from guichet.catalogue import CompiledField
from guichet.plugin.contracts import Context, FieldType, Invalid, Options, StoredFile, UploadedFile
from guichet.services.attachments import keep_again
from guichet.services.cases import UseCases
from guichet.web.security.forms import Form
from guichet.web.teleservice.posted import Reader
from guichet.web.teleservice.questions import Asking

__all__ = ["blank_rows", "posted_later", "shown_again"]


def posted_later(
    cases: UseCases, account: str, form: Form, context: Context, fields: Iterable[CompiledField]
) -> dict[str, Any]:
    """Gives the raw values; a file that its field takes is there as kept, come now or with the page before."""

    def again(field_type: FieldType[Any], options: Options, reference: str, name: str) -> Any:
        return keep_again(cases, account, field_type, options, reference, name, context)

    fields = tuple(fields)
    found = Reader(cases, form, context, {}, again).read(fields).values
    raw = {field.id: _kept(field, found[field.id], context) for field in fields if field.id in found}
    return {name: value for name, value in raw.items() if name != form.get("remove")}


def shown_again(
    context: Context,
    opened: Mapping[str, Any],
    raw: Mapping[str, Any],
    form: Form,
    errors: Mapping[str, str],
) -> Asking:
    """Gives the page as it was typed, with a row more or less, and its files."""
    files = {name: value for name, value in raw.items() if isinstance(value, StoredFile)}
    typed = {name: value for name, value in raw.items() if not isinstance(value, StoredFile | UploadedFile)}
    rows = {name: [_without(row, f"{name}.{number}", form.get("remove")) for number, row in enumerate(value)]
            for name, value in typed.items() if _is_rows(value)}  # fmt: skip
    extra = {form.get("add_row"): 1} if form.get("add_row") else {}
    kept = {name: value for name, value in opened.items() if name != form.get("remove")}
    return Asking(
        context,
        {**kept, **files},
        {**typed, **rows},
        errors,
        extra_rows=extra,
        dropped_row=form.get("remove_row"),
    )


def blank_rows(fields: Iterable[CompiledField], values: Mapping[str, Any]) -> dict[str, int]:
    """Gives a first blank row to each question made of rows that must have one and has none."""
    return {
        field.id: 1
        for field in fields
        if field.type.widget == "rows" and field.declaration.required and not values.get(field.id)
    }


def _kept(field: CompiledField, raw: Any, context: Context) -> Any:
    if field.type.widget == "rows":
        columns = getattr(field.options, "fields", {})
        return [
            {key: _taken(columns[key].field_type, columns[key].options, cell, context) for key, cell in row.items()}
            for row in raw
        ]
    return _taken(field.type, field.options, raw, context)


def _taken(field_type: FieldType[Any], options: Options, raw: Any, context: Context) -> Any:
    """A file as its field keeps it; one it refuses stays as it came, for its words to say why."""
    if not isinstance(raw, UploadedFile):
        return raw
    try:
        return field_type.parse(raw, options, context)
    except Invalid:
        return raw


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in cast("list[object]", value))


def _without(row: Mapping[str, Any], name: str, removed: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if f"{name}.{key}" != removed}
