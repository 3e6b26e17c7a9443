"""What the database knows of attachments and documents; their bytes lie beside it under `stored_as`."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, union

from guichet.model.records import Attachment, Document
from guichet.storage.api_tokens import upload_files
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.files import attachment, document
from guichet.storage.tx import Tx

__all__ = [
    "add_attachment",
    "attachment_by_id",
    "attachments",
    "document_by_id",
    "documents",
    "is_free_for",
    "remove_attachment",
    "unnamed",
]

_ATTACHMENT = reading(attachment, Attachment)
_DOCUMENT = reading(document, Document)


def add_attachment(
    tx: Tx,
    *,
    field: str,
    file_name: str,
    media_type: str,
    size: int,
    sha256: str,
    stored_as: str,
    dossier: str | None = None,
    account: str | None = None,
) -> Attachment:
    """Note a file an applicant supplied."""
    made = Attachment(tx.ids.new(), dossier, account, field, file_name, media_type, size, sha256, stored_as, tx.now)
    tx.insert(attachment, made)
    return made


def attachment_by_id(tx: Tx, attachment_id: str) -> Attachment | None:
    """Give an attachment."""
    return one(tx, Attachment, _ATTACHMENT.where(attachment.c.id == attachment_id))


def attachments(tx: Tx, dossier_id: str) -> list[Attachment]:
    """Give a dossier's attachments, the first first."""
    return every(tx, Attachment, _ATTACHMENT.where(attachment.c.dossier == dossier_id).order_by(attachment.c.id))


def remove_attachment(tx: Tx, attachment_id: str) -> None:
    """Forget an attachment of a draft."""
    tx.run(attachment.delete().where(attachment.c.id == attachment_id))


def document_by_id(tx: Tx, document_id: str) -> Document | None:
    """Give a document."""
    return one(tx, Document, _DOCUMENT.where(document.c.id == document_id))


def documents(tx: Tx, dossier_id: str) -> list[Document]:
    """Give a dossier's documents, the first first."""
    return every(tx, Document, _DOCUMENT.where(document.c.dossier == dossier_id).order_by(document.c.at, document.c.id))


def is_free_for(tx: Tx, stored_as: str, account: str) -> bool:
    """Tell whether a kept file is nobody's, or named by one of this account's own dossiers."""
    if stored_as in upload_files(tx) or tx.first(document.select().where(document.c.stored_as == stored_as)):
        return False
    named = tx.all(attachment.select().where(attachment.c.stored_as == stored_as))
    return not named or any(row.account == account for row in named)


def unnamed(tx: Tx, names: Collection[str]) -> set[str]:
    """Give those of some kept files that no dossier names any more and none is about to."""
    rows = union(*(select(table.c.stored_as).where(table.c.stored_as.in_(names)) for table in (attachment, document)))
    return {*names} - {row.stored_as for row in tx.all(rows)} - upload_files(tx)
