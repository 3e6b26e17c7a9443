"""The static files, read once: addresses change with the content, so browsers keep them for a year."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guichet.web.rendering import PACKAGED_STATIC, StaticFiles

__all__ = ["FOR_EVER", "Asset", "Assets"]

FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    content: bytes
    media_type: str
    digest: str
    gzipped: bytes = b""
    """The same, compressed once for all; empty when it would gain nothing."""


class Assets:
    """The files of the static folder by name."""

    def __init__(self, directory: Path = PACKAGED_STATIC, prefix: str = "/static") -> None:
        self.urls = StaticFiles(directory, prefix)
        self._files = dict(_read(directory))

    def __getitem__(self, name: str) -> Asset:
        return self._files[name]

    def names(self) -> tuple[str, ...]:
        """Gives the name of every file served."""
        return tuple(self._files)


def _read(directory: Path) -> Mapping[str, Asset]:
    found: dict[str, Asset] = {}
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            guessed = mimetypes.guess_type(path.name)[0] or "text/plain"
            digest = hashlib.sha256(content).hexdigest()[:12]
            name = path.relative_to(directory).as_posix()
            found[name] = Asset(content, _TYPES.get(path.suffix, guessed), digest, _gzipped(content))
    return found


def _gzipped(content: bytes) -> bytes:
    small = gzip.compress(content, mtime=0)
    return small if len(small) < len(content) * 0.9 else b""
