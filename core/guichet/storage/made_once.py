"""Documents and messages whose id follows from what they are about: made twice, they are one row."""

from __future__ import annotations

from uuid import UUID, uuid5

from guichet.model.records import Document, Notice
from guichet.storage.rows import one, reading
from guichet.storage.tables.files import document, notice
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = ["document_once", "id_for", "notice_once"]

_SPACE = UUID("6a1f9f5e-3f0c-5c57-9f0e-2a1d4b8c7e60")


def id_for(*parts: str) -> str:
    """Give the id of the one thing that these parts name.

    >>> id_for("letter", "a") == id_for("letter", "a") != id_for("lette", "ra")
    True
    """
    return str(uuid5(_SPACE, "\x1f".join(parts)))


def document_once(tx: Tx, made: Document) -> tuple[Document, bool]:
    """Note a document unless its id is there, and give the one that stands with whether it is new."""
    values = {name: getattr(made, name) for name in Document.__dataclass_fields__}
    if insert_unless_there(tx, document, **values):
        return made, True
    return one(tx, Document, reading(document, Document).where(document.c.id == made.id)) or made, False


def notice_once(tx: Tx, made: Notice) -> tuple[Notice, bool]:
    """Write a message to be sent unless its id is there, and give the one that stands with whether it is new."""
    values = {name: getattr(made, name) for name in Notice.__dataclass_fields__}
    if insert_unless_there(tx, notice, **values):
        return made, True
    return one(tx, Notice, reading(notice, Notice).where(notice.c.id == made.id)) or made, False
