"""Hands files over by laying them in a folder of the installation."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import field_validator

from guichet import (
    Context,
    Delivered,
    Delivery,
    Options,
    OutgoingFile,
    Refused,
    Text,
    Unavailable,
    hookimpl,
    option_error,
)

_NAME = re.compile(r"[\w-][\w. -]{0,199}")


class FolderOptions(Options):
    """Where the files go, below the installation's own folder for outgoing files."""

    french = {
        "folder": "Un dossier au-dessous ; vide : ce dossier lui-même.",
    }

    folder: Text = ""
    """A folder below it; empty means that folder itself."""

    @field_validator("folder")
    @classmethod
    def _stays_inside(cls, folder: str) -> str:
        path = PurePosixPath(folder)
        if path.is_absolute() or ".." in path.parts or "\\" in folder or "\x00" in folder:
            raise option_error(
                fr=f"le dossier « {folder} » doit rester sous celui de l'installation : pas de .. ni de / au début",
                en=f'the folder "{folder}" must stay below the installation\'s own: no .. and no / in front',
            )
        return folder


class Folder(Delivery[FolderOptions]):
    """Writes a file whole or not at all, once: the same bytes again are already delivered, others are refused."""

    key = "folder"
    Options = FolderOptions

    def deliver(self, file: OutgoingFile, options: FolderOptions, context: Context) -> Delivered:
        """Lay a file in the folder."""
        if not _NAME.fullmatch(file.name):
            raise Refused(
                fr=f"Le nom de fichier « {file.name} » ne convient pas : lettres, chiffres, points, tirets.",
                en=f'The file name "{file.name}" will not do: letters, digits, points and hyphens only.',
            )
        folder = _folder(options, context)
        target = folder / file.name
        reference = f"{options.folder.strip('/')}/{file.name}".lstrip("/")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            already = not _write_once(target, file.content)
        except OSError as error:
            raise Unavailable(
                fr=f"Le dossier « {options.folder or '.'} » n'accepte pas de fichier ({error.strerror}).",
                en=f'The folder "{options.folder or "."}" takes no file ({error.strerror}).',
            ) from error
        if already and target.read_bytes() != file.content:
            raise Refused(
                fr=f"Un autre fichier porte déjà le nom « {file.name} » : rien n'a été remplacé.",
                en=f'Another file already bears the name "{file.name}": nothing was replaced.',
            )
        return Delivered(reference=reference, already=already)


def _folder(options: FolderOptions, context: Context) -> Path:
    if context.folder is None:
        raise Refused(
            fr="Cette installation n'a pas de dossier pour les fichiers sortants.",
            en="This installation has no folder for outgoing files.",
        )
    return context.folder / options.folder


def _write_once(target: Path, content: bytes) -> bool:
    """Write a file under a name nobody holds; False when somebody does. A reader never sees half a file."""
    if target.exists():
        return False
    part = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(part, target)  # unlike a rename, never takes the place of a file that came meanwhile
        except FileExistsError:
            return False
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    _sync_folder(target.parent)
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@hookimpl
def register_deliveries() -> list[Delivery[Any]]:
    """Give the folder."""
    return [Folder()]
