"""What the API reads and writes of answers: values in, exact JSON out, each wrong one with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.engine.form_flow import asked_fields
from guichet.model.records import ApiUpload
from guichet.plugin.contracts import Column, Context, FieldType, Invalid, Options, StoredFile
from guichet.services.api.faults import Fault, a_fault, pointer_to

__all__ = ["bank_fields", "exchanged", "named_files", "read_answers"]


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """The values of the answers of a body, why some cannot be taken, and which questions are asked once all can."""

    values: dict[str, Any]
    faults: list[Fault]
    asked: Mapping[str, bool] | None = None


def named_files(compiled: CompiledScheme, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give every file that the answers of a body name: its place (`field`, `field.row.column`) and its id."""
    for name, value in given.items():
        field = compiled.fields.get(name)
        if field is None:
            continue
        if field.type.widget == "file" and isinstance(value, str):
            yield name, value
        elif field.type.widget == "rows" and isinstance(value, Sequence) and not isinstance(value, str):
            columns = _file_columns(field.options)
            for number, row in enumerate(cast("Sequence[Mapping[str, Any]]", value)):
                yield from ((f"{name}.{number}.{column}", str(row[column])) for column in columns if column in row)


def read_answers(
    compiled: CompiledScheme,
    given: Mapping[str, Any],
    files: Mapping[str, ApiUpload],
    context: Context,
    *,
    whole: bool = True,
) -> ReadAnswers:
    """Give the values of the answers of a body, and why some cannot be taken.

    Args:
        given: What the schema of the scheme lets through.
        files: The files sent beforehand, by id.
        whole: Whether these are all the answers: which questions are asked is then known.
    """
    values: dict[str, Any] = {}
    faults = [
        a_fault(pointer_to("answers", *_parts(place)), "unknown_file", context.language)
        for place, file_id in named_files(compiled, given)
        if file_id not in files or files[file_id].field != _of_field(place)
    ]
    if faults:
        return ReadAnswers(values, faults)
    for name, value in given.items():
        field = compiled.fields[name]
        try:
            values[name] = _read(field.type, field.options, value, files, context)
        except Invalid as error:
            for part in error.parts or (error,):
                place = pointer_to("answers", name, *_parts(part.field))
                faults.append(Fault(place, "invalid", part.text(context.language)))
    if faults or not whole:
        return ReadAnswers(values, faults)
    asked = asked_fields(compiled, values, context.today)
    faults = [
        a_fault(pointer_to("answers", name), "not_asked", context.language)
        for name, value in values.items()
        if value is not None and not asked[name]
    ]
    return ReadAnswers(values, faults, asked)


def exchanged(
    compiled: CompiledScheme, values: Mapping[str, Any], *, keep: Callable[[CompiledField], bool] = lambda _: True
) -> dict[str, Any]:
    """Give some answers as the API writes them: what `read` takes, amounts and fractions as text."""
    return {
        name: _written(compiled.fields[name].type, compiled.fields[name].options, value)
        for name, value in values.items()
        if value is not None and keep(compiled.fields[name])
    }


def bank_fields(compiled: CompiledScheme) -> frozenset[str]:
    """Give the fields that hold a bank account or its holder, wherever the form asks for them."""
    payment = compiled.scheme.payment
    named = {payment.payee.iban, payment.payee.name, payment.payee.bic} if payment is not None else set[str | None]()
    typed = {name for name, field in compiled.fields.items() if _holds_account(field)}
    return frozenset(name for name in named | typed if name)


def _holds_account(field: CompiledField) -> bool:
    columns: Iterable[Column] = getattr(field.options, "fields", {}).values() if field.type.widget == "rows" else ()
    return field.type.key == "iban" or any(column.field_type.key == "iban" for column in columns)


def _read(
    field_type: FieldType[Any], options: Options, value: Any, files: Mapping[str, ApiUpload], context: Context
) -> Any:
    if field_type.widget == "file":
        return field_type.parse(_file(files[value]), options, context)
    columns = _file_columns(options) if field_type.widget == "rows" else ()
    if not columns:
        return field_type.read(value, options, context)
    # A row that holds a file is read as a page posts it: the file is not JSON, and everything else is text.
    rows = [
        {key: _file(files[part]) if key in columns else _as_posted(part) for key, part in row.items()} for row in value
    ]
    return field_type.parse(rows, options, context)


def _file(upload: ApiUpload) -> StoredFile:
    return StoredFile(**cast("Mapping[str, Any]", upload.stored))


def _as_posted(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, int) else value


def _written(field_type: FieldType[Any], options: Options, value: Any) -> Any:
    if isinstance(value, StoredFile):
        return {"name": value.name, "media_type": value.media_type, "size": value.size, "sha256": value.digest}
    if field_type.widget == "rows":
        columns = cast("Mapping[str, Column]", getattr(options, "fields", {}))
        return [
            {
                name: _written(column.field_type, column.options, row[name])
                for name, column in columns.items()
                if row.get(name) is not None
            }
            for row in value
        ]
    kind = field_type.rule_type(options)
    if kind is not None and kind.kind == "money":
        return str(Decimal(value).scaleb(-2))
    if kind is not None and kind.kind in ("decimal", "rate"):
        return str(Decimal(value).scaleb(-kind.scale))
    return field_type.dump(value, options)


def _file_columns(options: Options) -> tuple[str, ...]:
    columns = cast("Mapping[str, Column]", getattr(options, "fields", {}))
    return tuple(name for name, column in columns.items() if column.field_type.widget == "file")


def _of_field(place: str) -> str:
    """The field a file is sent for: of a row, the field and the column."""
    parts = place.split(".")
    return place if len(parts) == 1 else f"{parts[0]}.{parts[2]}"


def _parts(place: str) -> list[str]:
    return place.split(".") if place else []
