"""Delivery to a folder."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from guichet import OutgoingFile, Refused, Unavailable
from guichet.testing import a_context
from guichet_plugins.connect.folder import Folder, FolderOptions

FILE = OutgoingFile("lot-0001.csv", b"a;b\r\n")


def test_a_file_is_laid_whole_and_nothing_else_is_left(tmp_path: Path):
    delivered = Folder().deliver(FILE, FolderOptions(folder="drfip"), a_context(folder=tmp_path))
    assert (delivered.reference, delivered.already) == ("drfip/lot-0001.csv", False)
    assert [path.name for path in (tmp_path / "drfip").iterdir()] == ["lot-0001.csv"]


def test_the_same_file_again_is_already_delivered(tmp_path: Path):
    context = a_context(folder=tmp_path)
    Folder().deliver(FILE, FolderOptions(), context)
    before = (tmp_path / FILE.name).stat().st_mtime_ns
    assert Folder().deliver(FILE, FolderOptions(), context).already
    assert (tmp_path / FILE.name).stat().st_mtime_ns == before


def test_another_content_under_the_same_name_replaces_nothing(tmp_path: Path):
    context = a_context(folder=tmp_path)
    Folder().deliver(FILE, FolderOptions(), context)
    with pytest.raises(Refused) as refused:
        Folder().deliver(OutgoingFile(FILE.name, b"other"), FolderOptions(), context)
    assert refused.value.reason.fr == "Un autre fichier porte déjà le nom « lot-0001.csv » : rien n'a été remplacé."
    assert (tmp_path / FILE.name).read_bytes() == FILE.content


def test_many_at_once_deliver_one_file(tmp_path: Path):
    context = a_context(folder=tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: Folder().deliver(FILE, FolderOptions(), context), range(32)))
    assert sum(not delivered.already for delivered in found) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE.name]


@pytest.mark.parametrize("folder", ["../out", "/etc", "a/../../b", "a\\b"])
def test_a_folder_outside_the_installation_is_no_option(folder: str):
    with pytest.raises(ValidationError, match=r"plugin\.option"):
        FolderOptions(folder=folder)


def test_an_installation_without_folder_says_so():
    with pytest.raises(Refused, match="folder"):
        Folder().deliver(FILE, FolderOptions(), a_context())


def test_a_folder_that_takes_no_file_is_tried_again(tmp_path: Path):
    (tmp_path / "drfip").write_text("a file stands where the folder should")
    with pytest.raises(Unavailable):
        Folder().deliver(FILE, FolderOptions(folder="drfip"), a_context(folder=tmp_path))


def test_a_cut_while_writing_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def cut(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", cut)
    with pytest.raises(Unavailable):
        Folder().deliver(FILE, FolderOptions(), a_context(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []
