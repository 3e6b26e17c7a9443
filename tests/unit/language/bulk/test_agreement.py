"""The bulk back end answers as the generated Python, dossier by dossier, on Polars."""

from __future__ import annotations

import narwhals as nw
import pytest

from agreeing import ENVIRONMENT, agree_on_random_rules
from bulk_frames import answers, some_dossiers
from guichet.language import compile_rules
from guichet.language.bulk import BulkProgram
from guichet.language.bulk.engines import Engine
from guichet.language.bulk.numbers import Numbers
from guichet.loader.library import load_library
from guichet.settings import shipped_folder
from rules_at_hand import branch, complete_values, program, volet2
from shipped_plugins import shipped_plugins

VOLET_2 = compile_rules(volet2(), ENVIRONMENT)


def test_bulk_agrees_on_random_rules_and_partial_dossiers() -> None:
    assert agree_on_random_rules("polars", 25)["sets of rules"] >= 25


def test_bulk_agrees_on_volet_2_at_each_threshold() -> None:
    over = some_dossiers(VOLET_2.plan, 3_000)
    expected = [VOLET_2.evaluate(each) for each in over]
    assert answers(BulkProgram(VOLET_2.plan), VOLET_2.plan, over) == expected
    assert {each.outcome for each in expected} == {"eligible", "not_eligible", "undetermined"}


def test_bulk_agrees_on_every_version_of_every_shipped_scheme() -> None:
    shipped = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), shipped_plugins())
    for name in sorted(shipped.sources):
        for version in shipped.effective(name, "").compiled.versions:
            plan = version.program.plan
            over = some_dossiers(plan, 300)
            assert answers(BulkProgram(plan), plan, over) == [version.program.evaluate(each) for each in over], name


def test_numbers_beyond_64_bits_stay_exact() -> None:
    rules = program(
        amount=(branch(None, "round(charges_fixes * 0.333333 * quotite / max(coefficient, 0.01) to 0.01 €)"),)
    )
    values = [complete_values(charges_fixes=10**15 - place, quotite=999, coefficient=1 + place) for place in range(50)]
    assert answers(BulkProgram(rules.plan), rules.plan, values) == [rules.evaluate(each) for each in values]


def test_the_agreement_sees_the_rounding_of_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: the engine divides and rounds to even, one cent of one half is seen."""
    rules = program(amount=(branch(None, "round(charges_fixes * 0.5 to 0.01 €)"),))
    halves = [complete_values(charges_fixes=cents) for cents in range(1, 10, 2)]
    expected = [rules.evaluate(each) for each in halves]
    assert answers(BulkProgram(rules.plan), rules.plan, halves) == expected

    def engine_rounds(_: Engine, number: nw.Expr, divisor: int, most: int, *, wide: bool) -> nw.Expr:
        del most, wide
        return (number / divisor).round(0).cast(nw.Int64())

    monkeypatch.setattr(Engine, "floor_divide", engine_rounds)
    monkeypatch.setattr(Numbers, "_towards_half", lambda _, number, divisor: number)
    assert answers(BulkProgram(rules.plan), rules.plan, halves) != expected
