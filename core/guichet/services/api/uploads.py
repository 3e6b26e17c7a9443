"""Files sent before the dossier that names them: checked by their field as on the site, kept for a day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any, BinaryIO

from guichet.catalogue import CompiledScheme
from guichet.locale import Language
from guichet.model.api import Sender
from guichet.model.records import ApiUpload
from guichet.plugin.contracts import FieldType, Invalid, Options, StoredFile
from guichet.services.api.faults import BodyRefused, Fault, a_fault
from guichet.services.attachments import keep_upload
from guichet.services.cases import UseCases
from guichet.services.drafts import check_open, published
from guichet.storage import api_tokens

__all__ = ["KEPT", "file_fields", "keep_file"]

KEPT = timedelta(days=1)
"""How long a file waits for its dossier."""


def keep_file(
    cases: UseCases,
    token: Sender,
    territory: str,
    scheme: str,
    field: str,
    name: str,
    content: BinaryIO,
    language: Language,
) -> tuple[ApiUpload, StoredFile]:
    """Keep a file for a question (`field`, or `field.column` in repeated rows) of an application to come.

    Raises:
        NotFound, NotOpen: The scheme is not published there, or filing is closed.
        BodyRefused: No such question takes a file, or the file is not of a kind it takes.
    """
    compiled = published(cases, scheme, territory)
    check_open(cases, compiled)
    taking = file_fields(compiled)
    if field not in taking:
        raise BodyRefused([a_fault("/field", "not_a_choice", language, choices=", ".join(taking))])
    field_type, options = taking[field]
    context = cases.context(territory, language)
    uploaded = keep_upload(cases, field_type, options, name, content, context)
    try:
        stored = field_type.parse(uploaded, options, context)
    except Invalid as error:
        raise BodyRefused([Fault("", "invalid", error.text(language))]) from error
    if not isinstance(stored, StoredFile):
        raise BodyRefused([a_fault("", "required", language)])
    kept = asdict(stored)
    made = cases.store.act(
        lambda tx: api_tokens.add_upload(
            tx, token=token.id, territory=territory, scheme=scheme, field=field, stored=kept
        )
    )
    return made, stored


def file_fields(compiled: CompiledScheme) -> dict[str, tuple[FieldType[Any], Options]]:
    """Give the questions of a form that take a file: `field`, and `field.column` in repeated rows."""
    found: dict[str, tuple[FieldType[Any], Options]] = {}
    for name, field in compiled.fields.items():
        if field.type.widget == "file":
            found[name] = (field.type, field.options)
        elif field.type.widget == "rows":
            columns: dict[str, Any] = getattr(field.options, "fields", {})
            for key, column in columns.items():
                if column.field_type.widget == "file":
                    found[f"{name}.{key}"] = (column.field_type, column.options)
    return found
