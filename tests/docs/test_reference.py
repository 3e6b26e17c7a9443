"""The generated parts of the reference say what the code says, and every page of them is in the table of contents."""

import shutil
from pathlib import Path

import pytest

from guichet.errors.catalogue import areas, page_of
from message_pages import NO_BROKEN_FILE, codes, examples
from reference_pages import END, PAGES, REFERENCE, START, generated, main, written


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_the_code_says(page: str) -> None:
    assert written(page) == generated(page), "run: python tests/support/reference_pages.py"


def test_a_stale_page_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (REFERENCE / "placeholders.md").read_text(encoding="utf-8")
    (tmp_path / "placeholders.md").write_text(text.replace("{dossier.title}", "{dossier.name}"), encoding="utf-8")
    monkeypatch.setattr("reference_pages.REFERENCE", tmp_path)
    assert written("placeholders.md") != generated("placeholders.md")


def test_the_contents_name_every_page_of_the_documentation() -> None:
    contents = (REFERENCE.parent / "README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(REFERENCE.parent) for path in REFERENCE.parent.rglob("*.md")]
    listed_elsewhere = ("commands", "decisions", "hooks", "messages")
    own = [path.as_posix() for path in pages if path.name != "README.md" and path.parent.name not in listed_elsewhere]
    assert [page for page in own if f"({page})" not in contents] == []


def test_the_messages_page_names_every_area() -> None:
    contents = (REFERENCE / "messages/README.md").read_text(encoding="utf-8")
    assert [area for area in areas() if f"({area}.md)" not in contents] == []


def test_each_code_about_declarations_has_its_page_and_a_broken_file_that_shows_it() -> None:
    assert [code for code in codes() if not (REFERENCE.parents[2] / page_of(code)).is_file()] == []
    shown = examples().keys()
    assert [code for code in codes() if code not in shown and code not in NO_BROKEN_FILE] == []
    assert [code for code in NO_BROKEN_FILE if code in shown] == [], "these have a broken file by now"


def test_a_page_whose_code_is_gone_is_removed() -> None:
    pages = {path.name.removesuffix(".md") for path in (REFERENCE / "messages").glob("*.md")}
    assert pages - {"README"} - set(areas()) - set(codes()) == set()


def test_one_command_writes_the_pages_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = tmp_path / "reference"
    shutil.copytree(REFERENCE, copy)
    for page in PAGES:
        (copy / page).write_text(f"# A page\n\n{START}\nold\n{END}\n", encoding="utf-8")
    monkeypatch.setattr("reference_pages.REFERENCE", copy)
    main()
    assert [page for page in PAGES if written(page) != generated(page)] == []
