"""A form after the application compiles like one: its own fields, its own rules, its mistakes at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from declarations import SCHEME, a_library
from guichet.errors import Problem, ProblemsFound

FORM = """\
forms:
  new_iban:
    compte: {use: rib}
"""


def with_form(more: str = "", form: str = FORM) -> str:
    return SCHEME.replace(
        "rules:\n  2020-05-01:\n    legal: Délibération\n    define",
        f"{form}{more}rules:\n  2020-05-01:\n    legal: Délibération\n    define",
    )


def mistakes(folder: Path, scheme: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        a_library(folder, scheme).effective("essai")
    return found.value.problems


def test_it_has_fields_of_its_own_that_the_application_may_have_too(tmp_path: Path) -> None:
    compiled = a_library(tmp_path, with_form()).effective("essai").compiled
    later = compiled.later["new_iban"]
    assert list(later.fields) == ["titulaire", "iban", "bic"]
    assert list(compiled.fields) == ["effectif", "annule", "perte", "titulaire", "iban"]
    assert later.later == {}


def test_a_mistake_in_a_field_stands_at_its_place(tmp_path: Path) -> None:
    form = FORM.replace(
        "compte: {use: rib}", "compte:\n      use: rib\n      fields:\n        autre: {type: txt, label: Autre}"
    )
    (problem,) = mistakes(tmp_path, with_form(form=form))
    assert (problem.code, problem.path) == ("unknown_field_type", ("forms", "new_iban", "compte", "fields", "autre"))
    assert problem.position is not None
    assert problem.position.text.strip() == "autre: {type: txt, label: Autre}"


def test_a_mistake_in_its_rules_stands_at_its_place(tmp_path: Path) -> None:
    rules = """\
later_forms:
  new_iban:
    criteria:
      en_france:
        label: En France
        when: starts_with(ibam, "FR")
        otherwise: Un compte en France.
"""
    (problem,) = mistakes(tmp_path, with_form(rules))
    assert problem.path[:4] == ("later_forms", "new_iban", "criteria", "en_france")
    assert problem.position is not None
    assert "ibam" in problem.position.text


def test_rules_of_a_form_that_is_not_declared_are_refused(tmp_path: Path) -> None:
    (problem,) = mistakes(tmp_path, with_form("later_forms: {new_ibam: {title: Autre}}\n"))
    assert (problem.code, problem.data["nearest"]) == ("unknown_form", "new_iban")
