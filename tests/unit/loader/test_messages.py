"""Each mistake of a declaration has one broken scheme and its full text, in French and in English.

`tests/data/invalid/schemes/<code>.txt` holds what is changed of the small scheme (`declarations.SCHEME`): what is
found, what replaces it, as often as needed, then the texts expected. `+++ ‹path›` instead of what is found adds a file.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from declarations import SCHEME, a_library, with_change
from guichet.errors import Problem, ProblemsFound, render_all
from guichet.errors.messages import examples, law, scheme, slips, tables, uses
from guichet.loader.crowded_batches import crowded_batches
from guichet.services.checking import check

MESSAGES = {
    **scheme.MESSAGES,
    **tables.MESSAGES,
    **law.MESSAGES,
    **uses.MESSAGES,
    **slips.MESSAGES,
    **examples.MESSAGES,
}

CASES = sorted((Path(__file__).parents[2] / "data/invalid/schemes").glob("*.txt"))
FOLDERS = sorted((Path(__file__).parents[2] / "data/invalid/folders").glob("*.txt"))
EVALUATED = sorted((Path(__file__).parents[2] / "data/invalid/cases").glob("*.txt"))
TOLD_ELSEWHERE = {
    "example_fails", "not_a_scheme", "territory_not_meant", "snapshot_does_not_compile", "invalid_value",
    "grants_share_key", "grants_without_key", "issuer_missing_somewhere", "case_not_utf8", "no_version_on",
    "function_without_label",
}  # fmt: skip


def parts(case: Path) -> tuple[str, dict[str, str], str, str]:
    """Give the broken scheme, the files beside it, and the French and English texts."""
    *changes, french, english = case.read_text("utf-8").split("\n=====\n")
    text, files = SCHEME, dict[str, str]()
    for find, replace in zip(changes[::2], changes[1::2], strict=True):
        if find.startswith("+++ "):
            files[find.removeprefix("+++ ")] = f"{replace}\n"
        else:
            text = with_change(find, replace, text)
    return text, files, french, english.rstrip("\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mistake_says_where_what_and_what_to_do(case: Path, tmp_path: Path) -> None:
    broken, files, french, english = parts(case)
    problems = said_of(tmp_path, broken, files)
    assert render_all(problems, "fr") == french
    assert render_all(problems, "en") == english


def said_of(folder: Path, scheme: str, files: Mapping[str, str]) -> tuple[Problem, ...]:
    """Give the mistakes of a scheme, or its warnings when it has none; with files beside it, all that a check says."""
    try:
        library = a_library(folder, scheme, files)
        if files:
            return check(library, ["essai"]).problems
        shared = library.effective("essai")
        return (*library.warnings(shared), *crowded_batches(library, shared))
    except ProblemsFound as found:
        return found.problems


def test_every_message_of_the_area_has_its_case() -> None:
    shown = {code_of(case) for case in (*CASES, *FOLDERS, *EVALUATED)}
    assert set(MESSAGES) - shown - TOLD_ELSEWHERE == set()


def code_of(case: Path) -> str:
    """Give the code a file shows: its name, up to a point when one code has several files."""
    return case.stem if case.stem in MESSAGES else case.stem.partition(".")[0]
