"""The house keeps its plan: what lies at the top, what a room may hold, what no text may say."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from house import ROOMS, ROOT, is_vendored, modules, read, text_files, tracked_files
from house_rules import (
    VAGUE_NAMES,
    Fault,
    addresses,
    environment_readers,
    imports_of_the_folder,
    missing_docstring,
    special_words,
    too_long,
    unfinished,
    unreasoned_waivers,
)

TOP_LEVEL = {
    "core", "plugins", "schemes", "regions", "cli", "tests", ".ci",
    "pyproject.toml", "README.md", "LICENSE", "requirements.lock", "requirements-dev.lock",
    ".gitignore", ".gitattributes", ".editorconfig",
}  # fmt: skip


def faults(paths: Iterable[Path], rule: Callable[[str], Iterable[Fault]]) -> list[str]:
    """Every line that breaks the rule, as file:line and why."""
    return [f"{path}:{line}  {why}" for path in paths for line, why in rule(read(path))]


def test_the_top_level_holds_what_the_plan_says_and_nothing_else() -> None:
    assert {path.parts[0] for path in tracked_files()} <= TOP_LEVEL


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_a_folder_and_not_a_package(room: str) -> None:
    assert not (ROOT / room / "__init__.py").exists()


def test_no_module_is_imported_by_the_name_of_a_folder() -> None:
    assert faults(modules(*ROOMS, "tests"), imports_of_the_folder) == []


def test_every_module_says_what_it_is() -> None:
    assert faults([*modules(*ROOMS), *modules("tests")], missing_docstring) == []


def test_no_file_is_longer_than_an_idea() -> None:
    ours = text_files(*ROOMS, "tests", suffixes=(".py", ".md", ".html", ".css", ".js"))
    assert faults(ours, too_long) == []


def test_nothing_has_a_name_that_says_nothing() -> None:
    named = [path for path in tracked_files() if not is_vendored(path)]
    assert [path for path in named if VAGUE_NAMES & {Path(part).stem for part in path.parts}] == []


def test_only_the_settings_read_the_environment() -> None:
    elsewhere = [path for path in modules(*ROOMS) if path != Path("core/guichet/settings.py")]
    assert faults(elsewhere, environment_readers) == []


def test_the_code_knows_no_particular_scheme() -> None:
    ids = [folder.name for folder in (ROOT / "schemes").iterdir() if folder.is_dir() and folder.name[0] not in "_."]
    special = [*map(re.escape, ids), "volet", "haute_savoie", r"\bfds\b", "fonds de solidarit"]
    words = re.compile("|".join(special), re.IGNORECASE)
    code = [path for path in text_files(*ROOMS) if path.parts[:2] != ("core", "docs")]
    assert faults(code, lambda text: special_words(text, words)) == []


def test_no_text_names_a_machine_or_a_registry() -> None:
    assert faults(text_files(), addresses) == []


def test_no_work_is_left_for_later_in_the_texts() -> None:
    assert faults(text_files(), unfinished) == []


def test_every_waiver_names_its_rule_and_its_reason() -> None:
    assert faults(modules(), unreasoned_waivers) == []
