"""What the documentation shows is true: links lead somewhere, marked commands run and print what is written."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from house import ROOT, read, run, text_files, tool
from pages import Block, anchors, blocks, is_found_in_order, links, starts_from
from ready_command import a_ready_command

PAGES = [path for path in text_files(suffixes=(".md",)) if path.parts[0] in ("core", "README.md")]
INDEX = Path("core/docs/README.md")
UNDER_DOCS = {page for page in PAGES if page.is_relative_to(INDEX.parent)}
PLAYED = [path for path in PAGES if next(blocks(read(path)), None)]
AS_INSTALLED = {Path("README.md"), Path("core/docs/tutorial/first-scheme.md")}
"""Pages whose commands are those of the installation; elsewhere they are already loaded."""


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [link for link in links(read(page)) if not leads_somewhere(page, link)] == []


def test_every_page_is_reached_from_the_index() -> None:
    assert sorted(map(str, UNDER_DOCS - reached(INDEX))) == []


def test_a_page_that_nothing_links_to_is_found_out() -> None:
    assert Path("core/docs/decisions/README.md") in UNDER_DOCS - reached(INDEX, but=("decisions/README.md",))


@pytest.fixture(scope="module")
def ready() -> Iterator[Path]:
    with a_ready_command() as folder:
        yield folder


@pytest.mark.parametrize("page", PLAYED, ids=str)
def test_a_page_does_what_it_shows(page: Path, tmp_path: Path, ready: Path) -> None:
    installed = Path(tool("python")).parent
    folders = [installed] if page in AS_INSTALLED else [ready, installed]
    path = os.pathsep.join([*map(str, folders), os.environ["PATH"]])
    printed = ""
    for block in [*earlier_files(page), *blocks(read(page))]:
        where = f"{page}:{block.line}"
        if block.kind == "file":
            target = tmp_path / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.content, encoding="utf-8")
        elif block.kind == "prints":
            assert is_found_in_order(block.content, printed), f"{where}: expected\n{block.content}\nfound\n{printed}"
        else:
            done = run("bash", "-euo", "pipefail", "-c", block.content, cwd=tmp_path, PATH=path, LANG="fr_FR.UTF-8")
            printed = done.stdout
            assert done.returncode == block.exit_code, f"{where}: left with {done.returncode}\n{printed}"


def test_the_readme_and_the_contributors_page_give_the_same_test_command() -> None:
    command = re.search(r"<!-- command: tests -->\n```bash\n(.+)\n```", read(Path("README.md")))
    assert command
    assert command[1] in read(Path("core/docs/how-to/contribute.md"))


def earlier_files(page: Path) -> list[Block]:
    """The files of the page that a page starts from, as they stand at its end."""
    earlier = starts_from(read(page))
    if earlier is None:
        return []
    text = (ROOT / page.parent / earlier).read_text(encoding="utf-8")
    return [block for block in blocks(text) if block.kind == "file"]


def reached(start: Path, but: tuple[str, ...] = ()) -> set[Path]:
    """Gives the pages that links lead to, page after page; `but` names links not to follow."""
    seen, waiting = {start}, [start]
    while waiting:
        page = waiting.pop()
        for link in links(read(page)):
            name = link.partition("#")[0]
            if not name.endswith(".md") or ":" in name or name.endswith(but or "\0"):
                continue
            target = ((ROOT / page).parent / name).resolve().relative_to(ROOT.resolve())
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def leads_somewhere(page: Path, link: str) -> bool:
    """Tells whether a relative link has a file, and its anchor a heading; addresses are not followed."""
    if re.match(r"[a-z][a-z0-9+.-]*:", link):
        return True
    name, _, anchor = link.partition("#")
    target = (ROOT / page).parent / name if name else ROOT / page
    if not target.exists():
        return False
    return not anchor or unquote(anchor) in anchors(target.read_text(encoding="utf-8"))
