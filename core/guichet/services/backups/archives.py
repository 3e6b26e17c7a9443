"""The archive of a backup: a tar whose last member says the size and digest of every other, and of itself."""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from guichet.errors import Problem, ProblemsFound
from guichet.model.canonical import canonical_json

__all__ = ["DATA", "DECLARED", "FORMAT", "MANIFEST", "Writer", "extract", "write_archive"]

FORMAT = "guichet-backup/1"
MANIFEST, DECLARED, DATA = "manifest.json", "declared", "data"
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 1 << 28


class Writer:
    """An archive being written: members are added, then sealed by the manifest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._members: dict[str, dict[str, object]] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file under a name; what is written and what is counted are the same bytes."""
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            info = tarfile.TarInfo(name)
            info.size, info.mode = size, 0o600
            counted = _Counted(stream)
            self._tar.addfile(info, cast("BinaryIO", counted))
        self._members[name] = {"size": size, "sha256": counted.digest.hexdigest()}

    def seal(self, told: Mapping[str, object]) -> None:
        """Write the manifest: what the backup is, and every member with its digest."""
        manifest = {**told, "format": FORMAT, "members": self._members}
        text = canonical_json(manifest)
        content = json.dumps({"manifest": manifest, "sha256": sha256(text.encode()).hexdigest()}).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(content), 0o600
        self._tar.addfile(info, io.BytesIO(content))


class _Counted:
    """A stream whose bytes are digested as they are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.digest = stream, sha256()

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes."""
        content = self._stream.read(size)
        self.digest.update(content)
        return content


@contextmanager
def write_archive(target: Path) -> Generator[Writer]:
    """Write an archive whole or not at all; only its owner may read it, and one that is there is never replaced."""
    if target.exists():
        raise ProblemsFound([Problem("backup.file_there", {"file": target})])
    part = target.with_name(f".{target.name}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def extract(file: Path, into: Path) -> dict[str, Any]:
    """Lay the members of an archive below a folder, every byte compared with the manifest; gives the manifest.

    Raises:
        ProblemsFound: The archive is cut short, was changed, or is none of ours. What was laid down is to be dropped.
    """
    found: dict[str, dict[str, object]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(file, mode="r:") as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isreg() else None
                if stream is None or manifest is not None:
                    raise _damaged(file, member.name)
                if member.name == MANIFEST:
                    manifest = _manifest(file, stream.read(_LARGEST_MANIFEST))
                else:
                    found[member.name] = _lay_down(file, member.name, cast("BinaryIO", stream), into)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ProblemsFound([Problem("backup.unreadable", {"file": file, "reason": str(error)})]) from error
    if manifest is None:
        raise _damaged(file, MANIFEST)
    wanted = cast("dict[str, dict[str, object]]", manifest["members"])
    for name in sorted({*wanted, *found}):
        if wanted.get(name) != found.get(name):
            raise _damaged(file, name)
    return manifest


def _lay_down(file: Path, name: str, stream: BinaryIO, into: Path) -> dict[str, object]:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\\" in name or place.parts[:1] not in ((DATA,), (DECLARED,)):
        raise _damaged(file, name)
    target = into / place
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with target.open("xb") as written:
        os.fchmod(written.fileno(), 0o600)
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def _manifest(file: Path, content: bytes) -> dict[str, Any]:
    try:
        read = json.loads(content)
        manifest: dict[str, Any] = read["manifest"]
        whole = sha256(canonical_json(manifest).encode()).hexdigest() == read["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file, MANIFEST) from error
    if not whole or manifest.get("format") != FORMAT:
        raise _damaged(file, MANIFEST)
    return manifest


def _damaged(file: Path, member: str) -> ProblemsFound:
    return ProblemsFound([Problem("backup.damaged", {"file": file, "member": member})])
