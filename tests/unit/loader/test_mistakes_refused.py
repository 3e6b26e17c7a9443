"""A mistake of every kind in a shipped file is told where it stands, in two languages, with a way out and a page.

`tests/data/invalid/shipped.toml` holds the table; the kinds are those of which a declaration is to be rid at load.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from guichet.errors import Problem, hint, render
from guichet.errors.catalogue import page_of
from mutations import ROOT, Trial

TABLE = Path(__file__).parents[2] / "data/invalid/shipped.toml"
PAGES = Path(__file__).parents[3]


@dataclass(frozen=True)
class Mistake:
    """What is found in a shipped file and replaced, the code that tells it, and what the caret stands under."""

    kind: str
    file: str
    found: str
    written: str
    code: str
    marked: str
    severity: str = "error"


MISTAKES = [Mistake(kind, **row) for kind, row in tomllib.loads(TABLE.read_text("utf-8")).items()]


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial()


def problems(trial: Trial, mistake: Mistake) -> list[Problem]:
    """Everything said of a shipped file once the mistake is made."""
    path = ROOT / mistake.file
    shipped = path.read_text("utf-8")
    assert mistake.found in shipped
    return trial.problems(path, shipped.replace(mistake.found, mistake.written, 1))


def marked(problem: Problem) -> str:
    """What the caret stands under."""
    at = problem.position
    return at.text[at.column - 1 : at.column - 1 + at.length] if at is not None else ""


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.kind)
def test_a_mistake_is_told_where_it_stands_with_a_way_out(trial: Trial, mistake: Mistake) -> None:
    found = problems(trial, mistake)
    wanted = (mistake.code, mistake.severity, mistake.marked, mistake.file)
    told = {(one.code, one.severity, marked(one), one.position and one.position.file): one for one in found}
    assert wanted in told, list(told)
    one = told[wanted]
    french, english = render(one, "fr"), render(one, "en")
    assert french.startswith(f"{mistake.file}:")
    assert french != english
    assert "^" in french
    assert hint(one.code, one.data, "fr")
    assert hint(one.code, one.data, "en")
    assert (PAGES / str(page_of(one.code))).is_file()


def test_without_the_mistakes_nothing_is_said(trial: Trial) -> None:
    """Sabotage: what is told comes from the mistake alone."""
    files = sorted({ROOT / mistake.file for mistake in MISTAKES})
    assert [said for path in files for said in trial.problems(path, path.read_text("utf-8"))] == []
