"""Stages under a condition: entered when it holds or cannot be told, passed over when it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conditional import under_condition
from declarations import a_library, with_change
from guichet.catalogue import CompiledScheme
from guichet.engine.stages import Passage, passage

MAY, JUNE = date(2020, 5, 10), date(2020, 6, 10)


def compiled(folder: Path, when: str) -> CompiledScheme:
    return a_library(folder, under_condition(when)).effective("essai", "").compiled


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (300_01, Passage("commission")),
        (300_00, Passage("decision", ("commission",))),
        (None, Passage("commission")),
    ],
)
def test_an_amount_above_the_threshold_enters_and_one_nobody_knows_is_held(
    amount: int | None, expected: Passage, tmp_path: Path
) -> None:
    scheme = compiled(tmp_path, "computed_amount > 300 €")
    found = passage(scheme.scheme.workflow, scheme.version_on(MAY), {"computed_amount": amount}, "avis")
    assert found == expected
    assert passage(scheme.scheme.workflow, scheme.version_on(MAY), {"computed_amount": amount}) == Passage("avis")


def test_a_condition_reads_the_definitions_of_the_version_that_judges(tmp_path: Path) -> None:
    first, later = "    define:\n", "    legal: Délibération modifiée\n"
    scheme = with_change(
        first, f"{first}      grand: {{label: Grand, value: effectif > 5}}\n", under_condition("grand")
    )
    scheme = with_change(later, f"{later}    define:\n      grand: {{label: Grand, value: effectif > 15}}\n", scheme)
    made = a_library(tmp_path, scheme).effective("essai", "").compiled
    workflow = made.scheme.workflow
    found = [passage(workflow, made.version_on(day), {"effectif": 8}, "avis").stage for day in (MAY, JUNE)]
    assert found == ["commission", "decision"]


def test_without_rules_every_stage_applies(tmp_path: Path) -> None:
    scheme = compiled(tmp_path, "computed_amount > 300 €")
    assert passage(scheme.scheme.workflow, None, {}, "avis") == Passage("commission")
