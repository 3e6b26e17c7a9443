"""Bracket tables and several amounts: three methods against arithmetic by hand, in every back end."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declarations import SCHEME, a_library
from guichet.catalogue import CompiledScheme
from guichet.errors import ProblemsFound
from rules_at_hand import careful_answer

TABLES = """\
    scales:
      par_tranche:
        label: Montant par tranche
        of: retenu
        brackets:
          - {up_to: 100 €, then: 35 €}
          - {below: 200 €, then: 65 €}
          - {else: 100 €}
      marginal:
        label: Barème marginal
        of: retenu
        method: marginal
        round: 0.01 €
        brackets:
          - {up_to: 100 €, then: 10 %}
          - {up_to: 300 €, then: 7.5 %}
          - {else: 1 %}
      progressif:
        label: Taux progressif
        of: retenu
        method: progressive
        round: 1 €
        brackets:
          - {below: 100 €, then: 50 %}
          - {else: 33.3 %}
    amounts:
      loyer: {label: Loyer, amount: [{if: effectif > 2, then: par_tranche}, {else: 0 €}]}
      stock: {label: Stock, kind: advance, amount: [{always: marginal + progressif}]}
"""


def declared(tables: str = TABLES) -> str:
    before, _, after = SCHEME.partition("    amount:\n")
    rest = after[after.index("\nworkflow:") :]
    return (
        before.replace('retenu: {label: Perte retenue, value: "min(perte, plafond)"}', "retenu: perte") + tables + rest
    )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> CompiledScheme:
    return a_library(tmp_path_factory.mktemp("scales"), declared()).effective("essai").compiled


def rounded(value: Fraction, unit: int) -> int:
    """Cents, to the nearest multiple of the unit, halves up."""
    return int((value / unit + Fraction(1, 2)).__floor__()) * unit


@settings(max_examples=200)
@given(base=st.sampled_from([0, 9_999, 10_000, 10_001, 19_999, 20_000, 30_000, 30_001]) | st.integers(0, 100_000))
def test_each_method_gives_what_arithmetic_says(compiled: CompiledScheme, base: int) -> None:
    program = compiled.versions[0].program
    answers = {"effectif": 3, "annule": True, "perte": base}
    found = program.explain(answers)
    step = 3_500 if base <= 10_000 else 6_500 if base < 20_000 else 10_000
    slices = (min(base, 10_000), max(min(base, 30_000) - 10_000, 0), max(base - 30_000, 0))
    marginal = rounded(sum(part * rate for part, rate in zip(slices, RATES, strict=True)), 1)
    progressive = rounded(base * (Fraction(1, 2) if base < 10_000 else Fraction(333, 1000)), 100)
    assert found.definitions["par_tranche"] == step
    assert found.definitions["marginal"] == marginal
    assert found.definitions["progressif"] == progressive
    assert found.definitions["loyer"] == step
    assert found.result.amount == program.evaluate(answers).amount == step + marginal + progressive
    assert careful_answer(program, answers) == found.result


@pytest.mark.parametrize(
    ("plain", "composed"),
    [("up_to: 100 €, then: 10 %", "up_to: plafond - 400 €, then: 10 %"), ("then: 7.5 %", "then: 5 % + 2.5 %")],
)
def test_a_bound_or_a_rate_made_of_several_values_counts_as_one(
    compiled: CompiledScheme, tmp_path: Path, plain: str, composed: str
) -> None:
    other = a_library(tmp_path, declared(TABLES.replace(plain, composed))).effective("essai").compiled
    for base in (9_999, 10_001, 20_000, 30_001):
        answers = {"effectif": 3, "annule": True, "perte": base, "plafond": 50_000}
        one, same = (each.versions[0].program.explain(answers).definitions for each in (compiled, other))
        assert same["marginal"] == one["marginal"]


def test_a_marginal_scale_may_begin_at_a_parameter(compiled: CompiledScheme, tmp_path: Path) -> None:
    text = declared(TABLES.replace("up_to: 100 €, then: 10 %", "up_to: plafond, then: 10 %"))
    text = text.replace("{value: 500 €, legal: Délibération}", "{value: 100 €, legal: Délibération}")
    other = a_library(tmp_path, text).effective("essai").compiled
    for base in (-5_00, 0, 9_999, 10_001, 30_001):
        answers = {"effectif": 3, "annule": True, "perte": base, "plafond": 10_000}
        one, same = (each.versions[0].program.explain(answers).definitions for each in (compiled, other))
        assert same["marginal"] == one["marginal"]


@pytest.mark.parametrize("bound", ["500 €/mois", "loyer_de_base"])
def test_a_marginal_scale_of_amounts_per_month_counts_from_nothing_per_month(tmp_path: Path, bound: str) -> None:
    text = declared(TABLES.replace("of: retenu\n        method: marginal", "of: bail\n        method: marginal"))
    text = text.replace("up_to: 100 €, then: 10 %", f"up_to: {bound}, then: 10 %")
    text = text.replace("          - {up_to: 300 €, then: 7.5 %}\n", "").replace("marginal + progressif", "progressif")
    text = text.replace("      perte:", "      bail: {type: money, label: Loyer, per: month, min: 0}\n      perte:")
    base = "{label: Base, type: money_per_month, values: {2020-05-01: {value: 500 €, legal: Délibération}}}"
    text = text.replace("parameters:\n", f"parameters:\n  loyer_de_base: {base}\n", 1)
    program = a_library(tmp_path, text).effective("essai").compiled.versions[0].program
    answers = {"effectif": 3, "annule": True, "perte": 0, "bail": 800_00, "loyer_de_base": 500_00}
    assert program.explain(answers).definitions["marginal"] == 50_00 + 3_00


RATES = (Fraction(10, 100), Fraction(75, 1000), Fraction(1, 100))


def test_the_total_of_several_amounts_is_unknown_while_one_of_them_is(compiled: CompiledScheme) -> None:
    program = compiled.versions[0].program
    found = program.explain({"effectif": None, "annule": True, "perte": 100})
    assert (found.result.amount, found.result.missing) == (None, ("effectif",))
    assert found.definitions["stock"] is not None


@pytest.mark.parametrize(
    ("wrong", "right", "code", "quoted"),
    [
        ("up_to: 300 €", "up_to: 100 €", "scale_order", "100 €"),
        ("then: 7.5 %", "then: 7.5", "scale_without_rate", "7.5"),
        ("of: retenu\n        brackets", "of: retenuu\n        brackets", "rule.unknown_name", "retenuu"),
        ("{else: 0 €}", "{else: efectif}", "rule.unknown_name", "efectif"),
    ],
)
def test_a_mistake_is_shown_where_it_was_written(
    wrong: str, right: str, code: str, quoted: str, tmp_path: Path
) -> None:
    text = declared(TABLES.replace(wrong, right, 1) if wrong in TABLES else TABLES)
    with pytest.raises(ProblemsFound) as found:
        a_library(tmp_path, text).effective("essai")
    problem = found.value.problems[0]
    assert problem.code.startswith(code)
    assert problem.position is not None
    line = text.splitlines()[problem.position.line - 1]
    assert right.splitlines()[0] in line
    assert quoted in line[problem.position.column - 1 :]
