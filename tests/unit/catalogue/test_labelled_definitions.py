"""Definitions with the name that people read: kept by later versions, left out of what was stored before."""

from datetime import date
from pathlib import Path

import pytest

from declarations import SCHEME, a_library, with_change
from guichet.engine.wording import Names, Wording
from guichet.language import TEXT, Signature
from guichet.model.rules import RuleVersion

LATER = """
  2020-06-15:
    legal: Délibération du 15 juin
    define:
      retenu: max(perte, plafond)
workflow:"""


def test_a_later_version_that_says_only_the_expression_keeps_the_label(tmp_path: Path) -> None:
    scheme = a_library(tmp_path, with_change("\nworkflow:", LATER, SCHEME)).effective("essai").scheme
    last = scheme.rules[date(2020, 6, 15)].define["retenu"]
    assert (last.label, last.value) == ("Perte retenue", "max(perte, plafond)")


def test_a_definition_without_label_is_stored_as_it_always_was() -> None:
    written = {"legal": "L", "define": {"a": "1 + 2", "b": {"label": "B", "value": "a * 2"}}}
    version = RuleVersion.model_validate(written)
    assert version.model_dump(mode="json")["define"] == written["define"]
    assert RuleVersion.model_validate_json(version.model_dump_json()) == version


def test_codes_of_places_are_named_and_a_call_is_said_by_its_label(tmp_path: Path) -> None:
    found = 'departement_de(titulaire) dans ("dep-75", "dep-2a")'
    scheme = with_change("when: effectif <= 10", f"when: {found}", SCHEME)
    compiled = a_library(tmp_path, scheme).effective("essai").compiled
    conditions = compiled.versions[0].program.plan.conditions
    (node,) = (node for condition, node in conditions if condition.id == "petit")
    assert node is not None
    said = Wording(Names(compiled)).sentence(node)
    assert said.startswith("le département de «")
    assert said.endswith("est Paris (75) ou Corse-du-Sud (2A)")


def test_a_label_that_speaks_of_an_argument_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="speaks of an argument there is not"):
        Signature("code", {"fr": "code", "en": "code"}, (TEXT,), TEXT, str, label={"fr": "le code de {1}"})
