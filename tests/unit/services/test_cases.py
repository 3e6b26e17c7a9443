"""What every use case works with: the options of a plugin, of the scheme and of the operator."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guichet_plugins.connect.sftp import Sftp
from worked import an_instance

DECLARED = {"host": "ailleurs.exemple.fr", "user": "x", "password": "secret:autre", "folder": "aides"}


def test_what_a_scheme_published_of_a_server_is_not_used(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        options = cases.service_options(Sftp(), DECLARED)
        assert (options.host, options.user, options.password, options.folder) == ("", "", "", "aides")


def test_the_operators_server_serves_the_folder_of_the_scheme(tmp_path: Path) -> None:
    given = {"host": "depot.exemple.fr", "user": "guichet", "password": "secret:depot"}
    key = {"host_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJYyGpLz5eVQhV9kCRbF9T2mH0cBvwFzqkyB6hqYz8Qk"}
    with an_instance(tmp_path) as plain:
        cases = replace(plain, services={"sftp": {**given, **key}})
        options = cases.service_options(Sftp(), DECLARED)
        assert (options.host, options.password, options.folder) == ("depot.exemple.fr", "secret:depot", "aides")
