"""Files named by their content: kept once, whole or not at all, and never another than what was kept."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from guichet.storage import blobs
from guichet.storage.blobs import FileChangedError, FileTooBigError


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_bytes_come_back_under_the_name_of_their_content(tmp_path: Path) -> None:
    kept = blobs.keep(tmp_path, b"bonjour")
    digest = sha256(b"bonjour").hexdigest()
    assert (kept.sha256, kept.size, kept.stored_as) == (digest, 7, f"{digest[:2]}/{digest}")
    assert blobs.read(tmp_path, kept.stored_as) == b"bonjour"
    with blobs.open_blob(tmp_path, kept.stored_as) as stream:
        assert stream.read() == b"bonjour"


def test_the_same_bytes_are_kept_once_whoever_comes_together(tmp_path: Path) -> None:
    threads = [Thread(target=blobs.keep, args=(tmp_path, b"x" * 100_000)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files_in(tmp_path)) == 1


def test_a_stream_too_long_or_cut_short_leaves_nothing(tmp_path: Path) -> None:
    def cut() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(FileTooBigError):
        blobs.keep_stream(tmp_path, (b"x" * 10 for _ in range(10)), most=99)
    with pytest.raises(ConnectionResetError):
        blobs.keep_stream(tmp_path, cut())
    assert files_in(tmp_path) == []
    assert blobs.keep_stream(tmp_path, (b"x" * 10 for _ in range(10)), most=100).size == 100


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    kept = blobs.keep(tmp_path, b"bonjour")
    blobs.path_of(tmp_path, kept.stored_as).write_bytes(b"bonsoir")
    with pytest.raises(FileChangedError):
        blobs.read(tmp_path, kept.stored_as)


@pytest.mark.parametrize("name", ["../../etc/passwd", "ab/../../x", "/etc/passwd", "", "ab/cd", "ab/" + "g" * 64])
def test_a_name_that_is_not_ours_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        blobs.read(tmp_path, name)


def test_a_sweep_takes_old_orphans_and_what_a_killed_process_left(tmp_path: Path) -> None:
    named, orphan = blobs.keep(tmp_path, b"named"), blobs.keep(tmp_path, b"orphan")
    (tmp_path / ".0a1b.part").write_bytes(b"half")

    def unnamed(names: Collection[str]) -> list[str]:
        return [name for name in names if name == orphan.stored_as]

    assert blobs.sweep(tmp_path, unnamed, before=datetime.now(UTC) - timedelta(hours=1)) == 0
    assert blobs.sweep(tmp_path, unnamed, before=datetime.now(UTC) + timedelta(hours=1)) == 2
    assert files_in(tmp_path) == [named.stored_as]
    later = datetime.now(UTC) + timedelta(hours=1)
    assert [blobs.forget(tmp_path, one.stored_as, before=later) for one in (orphan, named)] == [False, True]
    assert files_in(tmp_path) == []


def test_a_file_brought_again_since_nobody_named_it_is_not_forgotten(tmp_path: Path) -> None:
    kept = blobs.keep(tmp_path, b"the same paper")
    os.utime(blobs.path_of(tmp_path, kept.stored_as), (0, 0))
    looked_at = blobs.instant_of(tmp_path)
    sleep(0.02)
    blobs.keep(tmp_path, b"the same paper")
    assert not blobs.forget(tmp_path, kept.stored_as, before=looked_at)
    assert blobs.read(tmp_path, kept.stored_as) == b"the same paper"


def test_a_file_named_again_while_it_is_looked_at_is_not_swept(tmp_path: Path) -> None:
    orphan = blobs.keep(tmp_path, b"orphan")
    os.utime(blobs.path_of(tmp_path, orphan.stored_as), (0, 0))

    def named_meanwhile(names: Collection[str]) -> Collection[str]:
        blobs.keep(tmp_path, b"orphan")
        return names

    assert blobs.sweep(tmp_path, named_meanwhile, before=datetime.now(UTC) - timedelta(hours=1)) == 0
    assert blobs.read(tmp_path, orphan.stored_as) == b"orphan"
