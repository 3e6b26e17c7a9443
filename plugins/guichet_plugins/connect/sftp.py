"""Hands files over to an SFTP server whose key is pinned: written under a temporary name, then renamed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from guichet import Answered, Context, Delivered, Delivery, OutgoingFile, Reason, Refused, hookimpl
from guichet_plugins.connect.sftp_options import SftpOptions

_NAME = re.compile(r"[\w-][\w. -]{0,199}")


class Sftp(Delivery[SftpOptions]):
    """Hands a file over whole, once: the same bytes again are already delivered, others are refused."""

    key = "sftp"
    Options = SftpOptions
    per_territory = True

    def deliver(self, file: OutgoingFile, options: SftpOptions, context: Context) -> Delivered:
        """Lay a file in the folder of the server."""
        if not _NAME.fullmatch(file.name):
            raise Refused(
                fr=f"Le nom de fichier « {file.name} » ne convient pas : lettres, chiffres, points, tirets.",
                en=f'The file name "{file.name}" will not do: letters, digits, points and hyphens only.',
            )
        server = options.server_for(context)
        from guichet_plugins.connect.sftp_session import lay  # a large library, loaded when a file leaves

        return lay(file, server, str(PurePosixPath(server.root) / options.folder), context)

    def check_settings(self, options: SftpOptions, context: Context) -> Reason | None:
        """Say whether a server or its secret is missing."""
        try:
            for there in self._places(options, context):
                server = options.server_for(there)
                for named in (server.key, server.password):
                    there.secret(named)
        except Refused as error:
            return error.reason
        return None

    def check_config(self, options: SftpOptions, context: Context) -> Reason | Answered | None:
        """Sign in to each server that is set, look for the folder, and out again."""
        from guichet_plugins.connect.sftp_session import sign_in  # a large library, loaded when a file leaves

        met: list[str] = []
        for there in self._places(options, context):
            server = options.server_for(there)
            sign_in(server, str(PurePosixPath(server.root) / options.folder), there)
            met.append(f"{server.host}:{server.port}")
        named = ", ".join(dict.fromkeys(met))
        return Answered(
            fr=f"{named} a montré la clé déclarée, pris le compte et ouvert le dossier ; rien n'est déposé",
            en=f"{named} showed the declared key, took the account and opened the folder; nothing was laid",
        )

    def _places(self, options: SftpOptions, context: Context) -> list[Context]:
        """The moment as each server that is set would meet it; the common one where none is."""
        if context.territory:
            return [context]
        own = [replace(context, territory=one) for one in options.territories]
        return [context, *own] if options.host or not own else own


@hookimpl
def register_deliveries() -> list[Delivery[Any]]:
    """Give the SFTP delivery."""
    return [Sftp()]
