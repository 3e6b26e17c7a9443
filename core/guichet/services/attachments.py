"""Attachments: streamed to the instance's files, checked by their content, noted beside the answer that names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from guichet.catalogue import CompiledScheme
from guichet.model.records import Attachment, Dossier, Prefilled
from guichet.plugin.contracts import Context, FieldType, Invalid, Options, StoredFile, UploadedFile
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.given import said_of
from guichet.services.refusals import NotFound
from guichet.storage import Tx, blobs, dossiers, files

__all__ = [
    "attachment_of",
    "files_folder",
    "keep_again",
    "keep_upload",
    "note_attachments",
    "open_attachment",
    "stored_files",
]

HEAD = 4096
_CHUNK = 1 << 16


def files_folder(cases: UseCases) -> Path:
    """Where the files of an instance lie, named by their content."""
    return cases.folder / "files"


def keep_upload(
    cases: UseCases, field_type: FieldType[Any], options: Options, name: str, content: BinaryIO, context: Context
) -> UploadedFile:
    """The file kept when its field takes it; one it refuses is described and not kept, so that its words say why.

    Bounded memory: the file is read twice in chunks, never whole.
    """
    size = content.seek(0, 2)
    content.seek(0)
    uploaded = UploadedFile(name, size, content.read(HEAD), "", "")
    try:
        field_type.parse(uploaded, options, context)
    except Invalid:
        return uploaded
    content.seek(0)
    blob = blobs.keep_stream(files_folder(cases), iter(lambda: content.read(_CHUNK), b""))
    return UploadedFile(name, size, uploaded.head, blob.sha256, blob.stored_as)


def keep_again(
    cases: UseCases,
    account: str,
    field_type: FieldType[Any],
    options: Options,
    reference: str,
    name: str,
    context: Context,
) -> UploadedFile | None:
    """The file sent a moment ago with a page that is shown again; None for one that is not theirs to send.

    No row names it yet: a reference that somebody else's dossier or a letter names opens nothing.
    """
    if not cases.store.read(lambda tx: files.is_free_for(tx, reference, account)):
        return None
    try:
        with blobs.open_blob(files_folder(cases), reference) as content:
            return keep_upload(cases, field_type, options, name, content, context)
    except OSError:
        return None


def stored_files(compiled: CompiledScheme, stored: Mapping[str, Any]) -> Iterator[tuple[str, StoredFile]]:
    """Every file that stored answers name, with its place: `field`, or `field.row.column` in repeated rows."""
    for name, field in compiled.fields.items():
        if field.type.widget not in ("file", "rows") or stored.get(name) is None:
            continue
        value = field.type.load(stored[name], field.options)
        if isinstance(value, StoredFile):
            yield name, value
        elif field.type.widget == "rows":
            for number, row in enumerate(cast("tuple[Mapping[str, object], ...]", value)):
                yield from (
                    (f"{name}.{number}.{key}", part) for key, part in row.items() if isinstance(part, StoredFile)
                )


def note_attachments(
    tx: Tx, dossier: Dossier, compiled: CompiledScheme, answers: Mapping[str, Any], *, form: str = ""
) -> None:
    """Make the rows of attachments those that the answers name; once filed, what was replaced stays known.

    Args:
        form: The later form they answer: its files are noted as `form.field`, beside those of the application.
    """
    before = f"{form}." if form else ""
    noted = {(row.field, row.stored_as): row for row in files.attachments(tx, dossier.id)}
    named = {(before + field, found.reference): found for field, found in stored_files(compiled, answers)}
    for place, found in named.items():
        if place not in noted:
            files.add_attachment(
                tx,
                field=place[0],
                file_name=found.name,
                media_type=found.media_type,
                size=found.size,
                sha256=found.digest,
                stored_as=found.reference,
                dossier=dossier.id,
                account=dossier.account,
            )
    if dossier.phase == "draft":
        for place, row in noted.items():
            if place not in named:
                files.remove_attachment(tx, row.id)


def attachment_of(cases: UseCases, account: str, reference: str, attachment_id: str) -> Attachment:
    """An attachment of an applicant's own dossier; raises NotFound for any other."""

    def look(tx: Tx) -> Attachment:
        dossier = dossiers.by_reference(tx, reference)
        found = files.attachment_by_id(tx, attachment_id)
        if dossier is None or dossier.account != account or found is None or found.dossier != dossier.id:
            raise NotFound
        if found not in shown_attachments(cases, tx, dossier):
            raise NotFound
        return found

    return cases.store.read(look)


def shown_attachments(cases: UseCases, tx: Tx, dossier: Dossier) -> tuple[Attachment, ...]:
    """The attachments of a dossier that its applicant may see: not those that a source gave for agents only."""
    compiled = compiled_for(cases, dossier)
    every = tuple(files.attachments(tx, dossier.id))
    if not any(prefill.hidden for prefill in compiled.prefills.values()):
        return every
    said = said_of(tx, dossier, compiled)
    return tuple(one for one in every if not _is_hidden(compiled, said.get(one.field), one))


def _is_hidden(compiled: CompiledScheme, said: Prefilled | None, found: Attachment) -> bool:
    """Whether a source gave it for agents only."""
    if said is None or said.state != "given" or not isinstance(said.value, Mapping):
        return False
    prefill = compiled.prefills.get(said.prefill)
    given = cast("Mapping[str, object]", said.value).get("reference") == found.stored_as
    return prefill is not None and found.field in prefill.hidden and given


def open_attachment(cases: UseCases, attachment: Attachment) -> Iterator[bytes]:
    """The bytes of an attachment, chunk by chunk."""
    with blobs.open_blob(files_folder(cases), attachment.stored_as) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
