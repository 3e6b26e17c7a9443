"""Hands files over to an SFTP server whose key is pinned: written under a temporary name, then renamed."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import PurePosixPath
from typing import Any

from pydantic import Field, field_validator, model_validator

from guichet import (
    Context,
    Delivered,
    Delivery,
    Options,
    OutgoingFile,
    Refused,
    Secret,
    Text,
    Whole,
    hookimpl,
    option_error,
)

_NAME = re.compile(r"[\w-][\w. -]{0,199}")
_KINDS = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")


class SftpOptions(Options):
    """Where the files go, and how the server is known."""

    host: Text
    """The server's name or address."""
    port: Whole = Field(default=22, ge=1, le=65535)
    """Its port."""
    user: Text
    """The account on it."""
    host_key: Text
    """The server's public key, as `ssh-keyscan` gives it: `ssh-ed25519 AAAA…`. Another key is never accepted."""
    key: Secret = ""
    """The private key that signs in, in OpenSSH or PEM format."""
    password: Secret = ""
    """The password that signs in; or the one of the private key."""
    folder: Text = "."
    """The folder on the server; it exists already."""
    timeout_s: Whole = Field(default=20, ge=1, le=600)
    """How long each answer is waited for."""

    @field_validator("host_key")
    @classmethod
    def _is_a_key(cls, host_key: str) -> str:
        kind, _, rest = host_key.partition(" ")
        try:
            value = base64.b64decode((rest.split() or [""])[0], validate=True)
        except binascii.Error:
            value = b""
        if (
            kind not in _KINDS or value[4 : 4 + len(kind)] != kind.encode()
        ):  # a key begins with its kind, and its length
            raise option_error(
                fr="la clé du serveur s'écrit comme « ssh-ed25519 AAAA… » : demandez-la à qui tient le serveur",
                en='the server\'s key is written like "ssh-ed25519 AAAA…": ask whoever runs the server for it',
            )
        return host_key

    @field_validator("folder")
    @classmethod
    def _stays_put(cls, folder: str) -> str:
        if ".." in PurePosixPath(folder).parts or "\x00" in folder or "\\" in folder:
            raise option_error(
                fr=f"dossier « {folder} » : pas de .. ni de \\", en=f'folder "{folder}": no .. and no \\'
            )
        return folder

    @model_validator(mode="after")
    def _signs_in(self) -> SftpOptions:
        if not (self.key or self.password):
            raise option_error(
                fr="donnez key ou password : secret:nom, dont la valeur vit hors des fichiers",
                en="give key or password: secret:name, whose value lives outside the files",
            )
        return self


class Sftp(Delivery[SftpOptions]):
    """Hands a file over whole, once: the same bytes again are already delivered, others are refused."""

    key = "sftp"
    Options = SftpOptions

    def deliver(self, file: OutgoingFile, options: SftpOptions, context: Context) -> Delivered:
        """Lay a file in the folder of the server."""
        if not _NAME.fullmatch(file.name):
            raise Refused(
                fr=f"Le nom de fichier « {file.name} » ne convient pas : lettres, chiffres, points, tirets.",
                en=f'The file name "{file.name}" will not do: letters, digits, points and hyphens only.',
            )
        from guichet_plugins.connect.sftp_session import lay  # a large library, loaded when a file leaves

        return lay(file, options, context)


@hookimpl
def register_deliveries() -> list[Delivery[Any]]:
    """Give the SFTP delivery."""
    return [Sftp()]
