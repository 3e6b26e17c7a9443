"""What the database knows of attachments and documents; their bytes lie beside it under `stored_as`."""

from __future__ import annotations

from guichet.model.records import Attachment, Document
from guichet.storage.api_tokens import upload_files
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.files import attachment, document
from guichet.storage.tx import Tx

__all__ = [
    "add_attachment",
    "add_document",
    "attachment_by_id",
    "attachments",
    "document_by_id",
    "documents",
    "is_free_for",
    "remove_attachment",
    "stored_names",
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


def add_document(
    tx: Tx,
    *,
    dossier: str,
    kind: str,
    file_name: str,
    media_type: str,
    sha256: str,
    size: int,
    stored_as: str,
) -> Document:
    """Note a document Guichet wrote."""
    made = Document(tx.ids.new(), dossier, kind, file_name, media_type, sha256, size, stored_as, tx.now)
    tx.insert(document, made)
    return made


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


def stored_names(tx: Tx) -> set[str]:
    """Give every name bytes are stored under: what a clean-up must keep."""
    names = (
        attachment.select()
        .with_only_columns(attachment.c.stored_as)
        .union(document.select().with_only_columns(document.c.stored_as))
    )
    return {row.stored_as for row in tx.all(names)} | upload_files(tx)
