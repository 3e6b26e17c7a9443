"""Documents asked of an applicant in words: no form declares them, each is a question while the dossier waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from guichet.catalogue import CompiledField
from guichet.locale import Texts
from guichet.model.form import Field
from guichet.model.records import Dossier
from guichet.plugin.contracts import Context, Invalid, StoredFile, UploadedFile
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused
from guichet.storage import Tx, exchanges, files

__all__ = [
    "DOCUMENTS_MARK",
    "MORE",
    "asked_documents",
    "checked_names",
    "document_fields",
    "document_name",
    "keep_documents",
    "read_documents",
]

DOCUMENTS_MARK = "@documents"
"""Kept beside the checks while completing: the names of the documents asked for."""

MORE = "document-0"
"""The question that takes whatever else an applicant joins; no id of a scheme holds a hyphen."""

MOST_DOCUMENTS = 10
LONGEST_NAME = 150
MOST_FILES = 20

_FIELD_TYPE = "attachment"
_PLACE = "@"


def asked_documents(dossier: Dossier) -> tuple[str, ...]:
    """The names of the documents an applicant is asked for."""
    asked = dossier.checks.get(DOCUMENTS_MARK)
    return tuple(cast("Iterable[str]", asked)) if isinstance(asked, (list, tuple)) else ()


def checked_names(typed: Iterable[str]) -> tuple[str, ...]:
    """The names an agent typed, each once, blank ones left out.

    Raises:
        Refused: There are too many, or one is too long to be a name.
    """
    names = tuple(dict.fromkeys(filter(None, (" ".join(one.split()) for one in typed))))
    if len(names) > MOST_DOCUMENTS:
        raise Refused("too_many_documents", limit=MOST_DOCUMENTS)
    for name in names:
        if len(name) > LONGEST_NAME:
            raise Refused("document_name_too_long", name=name[:40], limit=LONGEST_NAME)
    return names


def document_fields(cases: UseCases, dossier: Dossier) -> tuple[CompiledField, ...]:
    """A question for each document asked for, then one, which the screen names, for whatever else is joined."""
    field_type = cases.plugins.field_types.get(_FIELD_TYPE)
    if field_type is None or not dossier.to_complete:
        return ()
    asked = [(f"document-{number}", name, True) for number, name in enumerate(asked_documents(dossier), start=1)]
    return tuple(
        CompiledField(
            name,
            page="",
            declaration=Field(type=_FIELD_TYPE, label=label, required=required),
            type=field_type,
            options=field_type.Options(),
        )
        for name, label, required in (*asked, (MORE, "", False))
    )


def read_documents(
    fields: Iterable[CompiledField], posted: Mapping[str, Any], context: Context, refused: dict[str, str]
) -> dict[str, tuple[StoredFile, ...]]:
    """The files sent for each document; why some cannot be taken is added to `refused`."""
    sent: dict[str, tuple[StoredFile, ...]] = {}
    for field in fields:
        found: list[StoredFile] = []
        for raw in posted.get(field.id) or ():
            try:
                value = field.type.parse(raw, field.options, context)
            except Invalid as error:
                called = raw.name if isinstance(raw, UploadedFile) else ""
                said = error.text(context.language)
                refused.setdefault(field.id, said if called in said else f"{called} – {said}")
            else:
                found += [value] if isinstance(value, StoredFile) else []
        if len(found) > MOST_FILES:
            refused.setdefault(
                field.id, Texts(context.language)("answering.too_many_files", most=MOST_FILES, count=len(found))
            )
        sent[field.id] = tuple(found)
    return sent


def keep_documents(
    tx: Tx, dossier: Dossier, fields: Iterable[CompiledField], sent: Mapping[str, tuple[StoredFile, ...]]
) -> list[str]:
    """Note the files under what they answer, each in the conversation too; gives the names, `""` for all else."""
    answered: list[str] = []
    for field in fields:
        name = field.declaration.label
        for one in sent.get(field.id, ()):
            row = files.add_attachment(
                tx,
                field=_PLACE + name,
                file_name=one.name,
                media_type=one.media_type,
                size=one.size,
                sha256=one.digest,
                stored_as=one.reference,
                dossier=dossier.id,
                account=dossier.account,
            )
            exchanges.add(
                tx,
                dossier=dossier.id,
                author_kind="applicant",
                author=dossier.account or "",
                body=name,
                attachment=row.id,
            )
        if sent.get(field.id):
            answered.append(name)
    return answered


def document_name(place: str) -> str | None:
    """The name of the document that an attachment answers, `""` when none was asked; None for a question of a form.

    >>> document_name("@Relevé bancaire de mars"), document_name("@"), document_name("releve")
    ('Relevé bancaire de mars', '', None)
    """
    return place.removeprefix(_PLACE) if place.startswith(_PLACE) else None
