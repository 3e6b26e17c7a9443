"""What a later form posted, ready to file or to be shown again: no draft keeps it, so the page carries its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from guichet.catalogue import CompiledField
from guichet.plugin.contracts import Context, StoredFile, UploadedFile
from guichet.services.cases import UseCases
from guichet.web.security.forms import Form
from guichet.web.teleservice.posted import Reader
from guichet.web.teleservice.questions import Asking

__all__ = ["blank_rows", "moves_a_row", "posted_files", "posted_later", "shown_again"]


def posted_later(
    cases: UseCases, account: str, form: Form, context: Context, fields: Iterable[CompiledField]
) -> dict[str, Any]:
    """Gives the raw values; a file that its field takes is there as kept, come now or with the page before."""
    return dict(Reader(cases, account, form, context, {}).read(fields).values)


def posted_files(
    cases: UseCases, account: str, form: Form, context: Context, fields: Iterable[CompiledField]
) -> dict[str, tuple[StoredFile | UploadedFile, ...]]:
    """Gives what was sent to questions that take several files, now or with the page before."""
    reader = Reader(cases, account, form, context, {})
    return {field.id: reader.files(field) for field in fields}


def moves_a_row(form: Form) -> bool:
    """Whether a button added or took away a row or a file, and the form is not sent yet."""
    return any(form.get(name) for name in ("add_row", "remove_row", "remove"))


def shown_again(
    context: Context,
    opened: Mapping[str, Any],
    raw: Mapping[str, Any],
    form: Form,
    errors: Mapping[str, str],
) -> Asking:
    """Gives the page as it was typed, with a row more or less, and its files."""
    files = {name: value for name, value in raw.items() if isinstance(value, StoredFile)}
    typed = {name: value for name, value in raw.items() if not isinstance(value, StoredFile | UploadedFile | tuple)}
    several = {
        name: tuple(one for one in cast("tuple[object, ...]", value) if isinstance(one, StoredFile))
        for name, value in raw.items()
        if isinstance(value, tuple)
    }
    extra = {form.get("add_row"): 1} if form.get("add_row") else {}
    kept = {name: value for name, value in opened.items() if name != form.get("remove")}
    return Asking(context, {**kept, **files, **several}, typed, errors, extra_rows=extra)


def blank_rows(fields: Iterable[CompiledField], values: Mapping[str, Any]) -> dict[str, int]:
    """Gives a first blank row to each question made of rows that must have one and has none."""
    return {
        field.id: 1
        for field in fields
        if field.type.widget == "rows" and field.declaration.required and not values.get(field.id)
    }
