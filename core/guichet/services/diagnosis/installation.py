"""What an installation says of itself, and its secrets: named, there, and for nobody else to read."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guichet.loader.instances import INSTANCE_FILE, SECRETS, InstanceSource
from guichet.services.diagnosis.findings import Finding, finding
from guichet.services.second_factors import KEY

__all__ = ["look_at_installation", "named_secrets"]

_PREFIX = "secret:"
_MADE_UP = (".invalid", ".exemple.fr", ".example.com", ".example.org", ".example.net", ".example", ".test")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def look_at_installation(source: InstanceSource | None, secrets: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what there is to say of an `instance.yaml` that was read, its address and its secrets."""
    if source is None:
        yield finding("instance", "amber", "no_instance_file", folder=Path.cwd(), file=INSTANCE_FILE)
        return
    yield finding("instance", "green", "instance", file=source.folder / INSTANCE_FILE, mode=source.file.mode)
    yield _address(source)
    yield _secrets(source, secrets)
    yield _permissions(source.folder / SECRETS)
    yield _second_factors(source, secrets)


def named_secrets(value: Any) -> Iterator[str]:
    """Yield the secrets that options name, at any depth."""
    if isinstance(value, str):
        if value.startswith(_PREFIX):
            yield value.removeprefix(_PREFIX)
    elif isinstance(value, Mapping):
        for part in value.values():  # pyright: ignore[reportUnknownVariableType]  whatever a declaration holds
            yield from named_secrets(part)
    elif isinstance(value, list | tuple):
        for part in value:  # pyright: ignore[reportUnknownVariableType]  whatever a declaration holds
            yield from named_secrets(part)


def _address(source: InstanceSource) -> Finding:
    url = source.file.base_url
    if not url:
        return finding("address", "amber", "no_address", file=source.folder / INSTANCE_FILE)
    if f".{urlsplit(url).hostname}".endswith(_MADE_UP):
        state = "red" if source.file.mode == "live" else "amber"
        return finding("address", state, "made_up_address", url=url)
    return finding("address", "green", "address", url=url)


def _secrets(source: InstanceSource, secrets: Mapping[str, str]) -> Finding:
    named = sorted(set(named_secrets(source.file.services)))
    missing = [name for name in named if not secrets.get(name)]
    if missing:
        return finding("secrets", "red", "secrets_missing", names=missing, folder=source.folder / SECRETS)
    return finding("secrets", "green", "secrets", count=len(named))


def _second_factors(source: InstanceSource, secrets: Mapping[str, str]) -> Finding:
    """Whether the secrets of agents' phones are sealed in the database, or lie there as they are."""
    if secrets.get(KEY, "").strip():
        return finding("second_factors", "green", "second_factors")
    state = "red" if source.file.mode == "live" else "amber"
    return finding("second_factors", state, "second_factors_bare", file=source.folder / SECRETS / KEY)


def _permissions(folder: Path) -> Finding:
    if not folder.is_dir():
        return finding("secret_files", "green", "no_secret_files", folder=folder)
    looked_at = [folder, *(path for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] != ".")]
    # In a folder that only its owner may enter, files are out of reach whatever their own rights.
    closed = not stat.S_IMODE(folder.stat().st_mode) & _OTHERS
    open_to_others = [] if closed else [path.name for path in looked_at if stat.S_IMODE(path.stat().st_mode) & _OTHERS]
    if open_to_others:
        return finding("secret_files", "red", "open_secrets", names=open_to_others, folder=folder)
    return finding("secret_files", "green", "closed_secrets", folder=folder)
