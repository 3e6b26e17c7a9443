"""Each mistake of a declaration has one broken scheme and its full text, in French and in English.

`tests/data/invalid/schemes/<code>.txt` holds what is changed of the small scheme (`declarations.SCHEME`), then the
texts expected.
"""

from pathlib import Path

import pytest

from declarations import a_library, with_change
from guichet.errors import Problem, ProblemsFound, render_all
from guichet.errors.messages import scheme, tables

CASES = sorted((Path(__file__).parents[2] / "data/invalid/schemes").glob("*.txt"))
FOLDERS = sorted((Path(__file__).parents[2] / "data/invalid/folders").glob("*.txt"))
EVALUATED = sorted((Path(__file__).parents[2] / "data/invalid/cases").glob("*.txt"))
TOLD_ELSEWHERE = {
    "no_examples", "example_differs", "example_fails", "unknown_example", "not_a_scheme", "territory_not_meant",
    "no_version_on", "overlay_not_open", "overlay_out_of_bounds", "overlay_unknown_path", "unknown_plugin",
    "version_without_example", "snapshot_does_not_compile",
    "declared_twice", "invalid_value", "issuer_missing_somewhere", "case_fact_refused", "case_not_utf8",
}  # fmt: skip


def parts(case: Path) -> tuple[str, str, str, str]:
    """Give what is found, what replaces it, and the French and English texts."""
    find, replace, french, english = case.read_text("utf-8").split("\n=====\n")
    return find, replace, french, english.rstrip("\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mistake_says_where_what_and_what_to_do(case: Path, tmp_path: Path) -> None:
    find, replace, french, english = parts(case)
    problems = said_of(tmp_path, with_change(find, replace))
    assert render_all(problems, "fr") == french
    assert render_all(problems, "en") == english


def said_of(folder: Path, scheme: str) -> tuple[Problem, ...]:
    """Give the mistakes of a scheme, or its warnings when it has none."""
    try:
        library = a_library(folder, scheme)
        return tuple(library.warnings(library.effective("essai")))
    except ProblemsFound as found:
        return found.problems


def test_every_message_of_the_area_has_its_case() -> None:
    shown = {case.stem.partition(".")[0] for case in (*CASES, *FOLDERS, *EVALUATED)}
    assert {*scheme.MESSAGES, *tables.MESSAGES} - shown - TOLD_ELSEWHERE == set()
