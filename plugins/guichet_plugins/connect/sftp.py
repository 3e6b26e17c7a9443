"""Hands files over to an SFTP server whose key is pinned: written under a temporary name, then renamed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from guichet import Context, Delivered, Delivery, OutgoingFile, Reason, Refused, hookimpl
from guichet_plugins.connect.sftp_options import SftpOptions

_NAME = re.compile(r"[\w-][\w. -]{0,199}")


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
        server = options.server_for(context)
        from guichet_plugins.connect.sftp_session import lay  # a large library, loaded when a file leaves

        return lay(file, server, str(PurePosixPath(server.root) / options.folder), context)

    def check_config(self, options: SftpOptions, context: Context) -> Reason | None:
        """Sign in to each server that is set, and out again."""
        from guichet_plugins.connect.sftp_session import sign_in  # a large library, loaded when a file leaves

        for territory in ("", *options.territories):
            there = replace(context, territory=territory)
            if territory or options.host:
                sign_in(options.server_for(there), there)
        return None


@hookimpl
def register_deliveries() -> list[Delivery[Any]]:
    """Give the SFTP delivery."""
    return [Sftp()]
