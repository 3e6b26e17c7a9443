"""The server that files are laid on, and the account on it, as the operator sets them."""

from __future__ import annotations

import base64
import binascii
from pathlib import PurePosixPath
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from guichet import ByOperator, Context, Options, Refused, Secret, Slug, Text, Whole, option_error

_KINDS = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")


class SftpServer(Options):
    """A server and the account on it."""

    french = {
        "host": "Le nom ou l'adresse du serveur ; `hosts` d'`instance.yaml` le nomme avec son port :"
        " `depot.exemple.fr:22`.",
        "port": "Son port.",
        "user": "Le compte sur ce serveur.",
        "host_key": "La clé publique du serveur, telle que `ssh-keyscan` la donne : `ssh-ed25519 AAAA…`. Aucune"
        " autre n'est acceptée.",
        "key": "La clé privée qui ouvre la session, au format OpenSSH ou PEM.",
        "password": "Le mot de passe qui ouvre la session, ou celui de la clé privée.",
        "root": "Le dossier du serveur sous lequel vont tous les fichiers ; il existe déjà.",
        "timeout_s": "Combien de temps chaque réponse est attendue.",
    }

    host: Annotated[Text, ByOperator()] = ""
    """The server's name or address; `hosts` of `instance.yaml` names it with its port: `depot.exemple.fr:22`."""
    port: Annotated[Whole, ByOperator()] = Field(default=22, ge=1, le=65535)
    """Its port."""
    user: Annotated[Text, ByOperator()] = ""
    """The account on it."""
    host_key: Annotated[Text, ByOperator()] = ""
    """The server's public key, as `ssh-keyscan` gives it: `ssh-ed25519 AAAA…`. Another key is never accepted."""
    key: Secret = ""
    """The private key that signs in, in OpenSSH or PEM format."""
    password: Secret = ""
    """The password that signs in; or the one of the private key."""
    root: Annotated[Text, ByOperator()] = "."
    """The folder on the server below which all files go; it exists already."""
    timeout_s: Annotated[Whole, ByOperator()] = Field(default=20, ge=1, le=600)
    """How long each answer is waited for."""

    @field_validator("host_key")
    @classmethod
    def _is_a_key(cls, host_key: str) -> str:
        if not host_key:
            return host_key
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

    @field_validator("root")
    @classmethod
    def _stays_put(cls, root: str) -> str:
        return _refuse_ways_out(root)

    @model_validator(mode="after")
    def _signs_in(self) -> Self:
        if not self.host:
            return self
        if not self.user or not self.host_key:
            raise option_error(
                fr="avec host, donnez user et host_key : le compte, et la clé que le serveur doit montrer",
                en="with host, give user and host_key: the account, and the key that the server must show",
            )
        if not (self.key or self.password):
            raise option_error(
                fr="donnez key ou password : secret:nom, dont la valeur vit hors des fichiers",
                en="give key or password: secret:name, whose value lives outside the files",
            )
        return self


class SftpOptions(SftpServer):
    """The sub-folder, which a scheme may name; the server and the account on it, which only the operator sets."""

    french = {
        "territories": "Territoire → son propre serveur, quand il en a un.",
        "folder": "Un dossier sous `root` ; il existe déjà.",
    }

    territories: Annotated[dict[Slug, SftpServer], ByOperator()] = {}
    """Territory → its own server, where it has one."""
    folder: Text = "."
    """A folder below `root`; it exists already."""

    @field_validator("folder")
    @classmethod
    def _stays_below(cls, folder: str) -> str:
        if PurePosixPath(folder).is_absolute():
            raise option_error(
                fr=f"dossier « {folder} » : il part de celui que l'exploitant a réglé, sans / au début",
                en=f'folder "{folder}": it starts from the one the operator set, without / in front',
            )
        return _refuse_ways_out(folder)

    def server_for(self, context: Context) -> SftpServer:
        """Give the server of a territory; raises Refused when there is none, or none that may be called."""
        server = self.territories.get(context.territory, self)
        if not server.host:
            raise Refused(
                fr="Le serveur de dépôt n'est pas réglé : donnez host, user, host_key et key ou password sous"
                " `services: sftp:` dans instance.yaml.",
                en="The server for files is not set: give host, user, host_key and key or password under"
                " `services: sftp:` in instance.yaml.",
            )
        context.outside.check_line(server.host, server.port)
        return server


def _refuse_ways_out(folder: str) -> str:
    if ".." in PurePosixPath(folder).parts or "\x00" in folder or "\\" in folder:
        raise option_error(fr=f"dossier « {folder} » : pas de .. ni de \\", en=f'folder "{folder}": no .. and no \\')
    return folder
