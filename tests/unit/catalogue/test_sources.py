"""Expressions with their places: a condition made of two says each mistake where it was written."""

from pathlib import Path

import pytest

from declarations import SCHEME, a_library
from guichet.errors import ProblemsFound


@pytest.mark.parametrize(("of_page", "of_field"), [("anule", "effectif > 2"), ("effectif > 1", "anule")])
def test_a_mistake_of_a_page_or_of_its_field_is_shown_at_its_own_condition(
    tmp_path: Path, of_page: str, of_field: str
) -> None:
    suite = f"""\
  suite:
    title: Suite
    asked_when: {of_page}
    fields:
      detail: {{type: text, label: Détail, asked_when: {of_field}}}
rules:
"""
    text = SCHEME.replace("rules:\n", suite, 1)
    with pytest.raises(ProblemsFound) as found:
        a_library(tmp_path, text).effective("essai")
    (problem,) = [one for one in found.value.problems if one.code == "rule.unknown_name"]
    assert problem.position is not None
    line = text.splitlines()[problem.position.line - 1]
    assert line[problem.position.column - 1 :].startswith("anule")
