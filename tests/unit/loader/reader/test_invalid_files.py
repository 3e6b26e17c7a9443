"""Each YAML mistake has a broken file and the whole text that its author reads, in French and in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guichet.errors import ProblemsFound, render_all
from guichet.errors.messages.yaml import MESSAGES
from guichet.loader.reader import Caps, read_text

_FOLDER = Path(__file__).parents[3] / "data" / "invalid" / "yaml"
_FILES = sorted(_FOLDER.glob("*.yaml"))
_NEED_NO_FILE = {"yaml.no_such_file", "yaml.unreadable"}


def _problems(path: Path, *, accelerated: bool = True) -> ProblemsFound:
    content = path.read_bytes()
    small = re.match(rb"# caps: (\w+)=(\d+)", content)
    caps = Caps(**{small[1].decode(): int(small[2])}) if small else Caps()
    with pytest.raises(ProblemsFound) as caught:
        read_text(content, path.name, caps, accelerated=accelerated)
    return caught.value


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_broken_file_gives_its_expected_text(path: Path, language: str):
    expected = path.with_suffix(f".{language}.txt").read_text(encoding="utf-8")
    assert render_all(_problems(path).problems, "fr" if language == "fr" else "en") + "\n" == expected


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_both_parsers_lead_to_the_same_text(path: Path):
    fast, pure = _problems(path), _problems(path, accelerated=False)
    assert render_all(fast.problems, "en") == render_all(pure.problems, "en")


def test_each_message_has_a_broken_file():
    shown = {problem.code for path in _FILES for problem in _problems(path).problems}
    assert set(MESSAGES) - shown == _NEED_NO_FILE


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_following_the_advice_makes_the_mistake_go_away(path: Path):
    problems = [problem for problem in _problems(path).problems if "{mended}" in MESSAGES[problem.code].hint_en]
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    for problem in problems:
        assert problem.position is not None
        assert problem.data["mended"], problem.code
        old = lines[problem.position.line - 1]
        lines[problem.position.line - 1] = " " * (len(old) - len(old.lstrip())) + str(problem.data["mended"])
    mended = {(problem.code, problem.position.line) for problem in problems if problem.position}
    assert not mended & _codes_and_lines("\n".join(lines))


def _codes_and_lines(text: str) -> set[tuple[str, int]]:
    try:
        read_text(text, "a.yaml")
    except ProblemsFound as left:
        return {(problem.code, problem.position.line) for problem in left.problems if problem.position}
    return set()
