"""The how-to of the first ten minutes tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guichet.errors import ProblemsFound
from guichet.loader.reader import Mapping, read_text

_PAGE = (Path(__file__).parents[4] / "core/docs/how-to/yaml-first-ten-minutes.md").read_text(encoding="utf-8")
_ROWS = re.findall(r"^\| `(?P<wrong>[a-z]+:[^|]*)` \| `(?P<right>[a-z]+:[^|]*)` \|", _PAGE, re.MULTILINE)


def test_the_page_has_its_rows():
    assert len(_ROWS) == 15


@pytest.mark.parametrize(("wrong", "right"), _ROWS)
def test_each_row_is_refused_then_accepted_as_the_page_says(wrong: str, right: str):
    with pytest.raises(ProblemsFound) as caught:
        read_text(f"a: 1\nb:\n  {wrong}\n", "a.yaml")
    advice = {str(problem.data.get(name)) for problem in caught.value.problems for name in ("mended", "comment")}
    assert right in advice
    assert isinstance(read_text(right, "a.yaml"), Mapping)


def test_the_long_texts_of_the_page_are_read():
    example = re.search(r"```yaml\n(.*?)```", _PAGE, re.DOTALL)
    assert example
    assert isinstance(read_text(example[1], "a.yaml"), Mapping)
