"""Files of the instance, named by their content: written whole or not at all, on disk before anyone is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from guichet.storage.errors import StorageError

__all__ = [
    "Blob",
    "FileChangedError",
    "FileTooBigError",
    "forget",
    "instant_of",
    "keep",
    "keep_stream",
    "open_blob",
    "path_of",
    "read",
    "sweep",
]


class FileTooBigError(StorageError):
    """More bytes came than a file may hold; nothing was kept."""

    code = "files.too_big"


class FileChangedError(StorageError):
    """A kept file is no longer what was kept."""

    code = "files.changed"


@dataclass(frozen=True, slots=True)
class Blob:
    """A kept file: its digest, its size, and the name it lies under below the folder."""

    sha256: str
    size: int
    stored_as: str


def keep(folder: Path, content: bytes) -> Blob:
    """Keep some bytes and give where they lie; the same bytes are kept once."""
    return keep_stream(folder, (content,))


def keep_stream(folder: Path, chunks: Iterable[bytes], *, most: int | None = None) -> Blob:
    """Keep a stream chunk by chunk in bounded memory.

    Raises:
        FileTooBigError: more than `most` bytes came; nothing is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}.part"
    digest, size = sha256(), 0
    try:
        with part.open("xb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if most is not None and size > most:
                    raise FileTooBigError(most=most)
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        return _settle(folder, part, digest.hexdigest(), size)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def read(folder: Path, stored_as: str) -> bytes:
    """Give the bytes kept under a name.

    Raises:
        FileNotFoundError: nothing lies there.
        FileChangedError: what lies there is not what was kept.
    """
    content = path_of(folder, stored_as).read_bytes()
    if sha256(content).hexdigest() != Path(stored_as).name:
        raise FileChangedError(stored_as=stored_as)
    return content


def open_blob(folder: Path, stored_as: str) -> BinaryIO:
    """Give a stream on a kept file, for one too big to read whole."""
    return path_of(folder, stored_as).open("rb")


def path_of(folder: Path, stored_as: str) -> Path:
    """Give where a kept file lies; a name that is not one of ours raises FileNotFoundError."""
    shard, slash, name = stored_as.partition("/")
    if not slash or name[:2] != shard or len(name) != 64 or set(name) - set("0123456789abcdef"):
        raise FileNotFoundError(stored_as)
    return folder / shard / name


def forget(folder: Path, stored_as: str, *, before: datetime) -> bool:
    """Remove a kept file that no row names, unless it was written or named again since an instant; say whether it was.

    One that stays is an orphan that the sweep will find, or somebody's whose row is about to be committed.
    """
    return _take_away(path_of(folder, stored_as), before)


def instant_of(folder: Path) -> datetime:
    """Give the present instant by the clock that dates the files of a folder, which may be another machine's."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / f".{uuid4().hex}.part"
    mark.touch(mode=0o600)
    try:
        return datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    finally:
        mark.unlink()


def sweep(folder: Path, unnamed: Callable[[Collection[str]], Collection[str]], *, before: datetime) -> int:
    """Remove the files last written before an instant that nothing names; give how many.

    A file is on disk before its row is committed: the age keeps the sweep away from acts under way.

    Args:
        unnamed: Gives those of some names that no row names.
    """
    removed = 0
    for shard in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        old = {f"{shard.name}/{path.name}": path for path in shard.iterdir() if _is_older(path, before)}
        for name in unnamed(old) if old else ():
            removed += _take_away(old[name], before)
    for part in folder.glob(".*.part"):  # left by a process that was killed
        removed += _is_older(part, before) and _take_away(part, before)
    return removed


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:  # another process swept it
        return False


def _take_away(path: Path, before: datetime) -> bool:
    """Remove a file, unless it was named again since it was looked at: set aside first, it is looked at again."""
    aside = path.with_name(f".{path.name}.swept")
    with suppress(FileNotFoundError):
        path.rename(aside)
    if not _is_older(aside, before):
        with suppress(FileNotFoundError):
            aside.replace(path)
        return False
    aside.unlink(missing_ok=True)
    return True


def _settle(folder: Path, part: Path, digest: str, size: int) -> Blob:
    stored_as = f"{digest[:2]}/{digest}"
    target = folder / stored_as
    try:
        os.utime(target)  # named again: the sweep must not take it for an old orphan
    except FileNotFoundError:
        if not target.parent.exists():
            target.parent.mkdir(exist_ok=True)
            _sync(folder)
        part.replace(target)  # another writer of the same content puts the same bytes there
        _sync(target.parent)
    return Blob(digest, size, stored_as)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
