"""Files an applicant supplies; what a file is, its content says, not its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath, PureWindowsPath
from typing import Any, Literal

from pydantic import Field

from guichet import (
    Context,
    FieldType,
    Invalid,
    Json,
    Options,
    Raw,
    StoredFile,
    Type,
    UploadedFile,
    Whole,
    format_size,
    is_blank,
)

Kind = Literal["pdf", "jpeg", "png", "heic"]

_MEDIA_TYPES: Mapping[Kind, tuple[str, tuple[str, ...]]] = {
    "pdf": ("application/pdf", (".pdf",)),
    "jpeg": ("image/jpeg", (".jpg", ".jpeg", ".jfif")),
    "png": ("image/png", (".png",)),
    "heic": ("image/heif", (".heic", ".heif")),
}
_SHOWN: Mapping[Kind, str] = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG", "heic": "HEIC"}
_MEGABYTE = 1024 * 1024


class AttachmentOptions(Options):
    """Which kinds of file are taken, and how large."""

    french = {
        "types": "Les sortes de fichiers acceptées, reconnues à leur contenu.",
        "max_megabytes": "La taille du plus gros fichier accepté, en mégaoctets.",
    }

    types: tuple[Kind, ...] = ("pdf", "jpeg", "png")
    """Kinds of file taken, told by their content."""
    max_megabytes: Whole = Field(default=10, ge=1, le=50)
    """The largest file taken."""


class Attachment(FieldType[AttachmentOptions]):
    """One file."""

    key = "attachment"
    Options = AttachmentOptions
    widget = "file"

    def rule_type(self, options: AttachmentOptions) -> Type | None:
        """Rules do not read files."""
        return None

    def parse(self, raw: Raw, options: AttachmentOptions, context: Context) -> StoredFile | None:
        """Take a file whose first bytes are those of an accepted kind; a file kept before stays."""
        if isinstance(raw, Sequence) and not isinstance(raw, str):
            raw = raw[0] if len(raw) == 1 else "several" if raw else None
        if is_blank(raw):
            return None
        if isinstance(raw, StoredFile):
            return raw
        if not isinstance(raw, UploadedFile):
            raise Invalid(fr="Joignez un fichier.", en="Attach a file.")
        if raw.size == 0:
            if not raw.name:
                return None
            raise Invalid(
                fr=f"Le fichier « {raw.name} » est vide : joignez-le de nouveau.",
                en=f'The file "{raw.name}" is empty: attach it again.',
            )
        if raw.size > options.max_megabytes * _MEGABYTE:
            raise Invalid(
                fr=f"Choisissez un fichier de {options.max_megabytes} Mo au plus.",
                en=f"Choose a file of at most {options.max_megabytes} MB.",
            )
        kind = kind_of(raw.head)
        if kind is None or kind not in options.types:
            listed = ", ".join(_SHOWN[accepted] for accepted in options.types)
            raise Invalid(
                fr=f"Joignez un fichier de type {listed} : le contenu de « {clean_name(raw.name)} » n'en est pas un.",
                en=f'Attach a file of type {listed}: the content of "{clean_name(raw.name)}" is not one.',
            )
        media_type, endings = _MEDIA_TYPES[kind]
        name = clean_name(raw.name)
        if PurePath(name).suffix.lower() not in endings:
            name += endings[0]
        return StoredFile(reference=raw.reference, name=name, media_type=media_type, size=raw.size, digest=raw.digest)

    def dump(self, value: StoredFile | None, options: AttachmentOptions) -> Json:
        """Keep where the file lies and what it is."""
        return None if value is None else asdict(value)

    def load(self, stored: Any, options: AttachmentOptions) -> StoredFile | None:
        """Give back the file."""
        return None if stored is None else StoredFile(**stored)

    def show(self, value: StoredFile | None, options: AttachmentOptions, language: str) -> str:
        """Give the file's name and size."""
        if value is None:
            return ""
        return f"{value.name} ({format_size(value.size, language)})"

    def json_schema(self, options: AttachmentOptions) -> dict[str, Any]:
        """Describe nothing that JSON could hold: files come apart."""
        return {"type": "null"}


def kind_of(head: bytes) -> Kind | None:
    """Give what the first bytes of a file show it to be, among what an attachment can be."""
    import puremagic  # loads several thousand signatures: only when a file comes

    if not head:
        return None
    try:
        found = {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return None
    return next((kind for kind, (media_type, _) in _MEDIA_TYPES.items() if media_type in found), None)


def clean_name(name: str) -> str:
    """Give a file's name without folders or characters that a disk or a header would take for something else.

    >>> clean_name("C:\\\\docs\\\\kbis 2020.pdf")
    'kbis 2020.pdf'
    """
    bare = PureWindowsPath(name.replace("\x00", "")).name
    return re.sub(r"[^\w .()-]", "_", bare).strip(". ")[-100:] or "document"
