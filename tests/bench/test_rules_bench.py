"""Generated rules against hand-written Python that gives the same answer, side by side in one run.

Run with `pytest tests/bench/test_rules_bench.py -s`; ratios are medians of alternated rounds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from statistics import median
from time import process_time

from guichet.language import UNAVAILABLE, Result, compile_rules
from rules_at_hand import an_environment, complete_values, volet2

ROUNDS, DOSSIERS = 15, 4_000
Dossier = Mapping[str, object]
MARCH = date(2020, 3, 1)


def by_hand(values: Dossier) -> Result:  # noqa: C901  the rules of volet 2, as one writes them without a language
    """The rules of 17 April 2020 as an attentive developer would write them, unknown values included."""
    get = values.get
    listed, workers, closed = get("@volet1"), get("effectif"), get("exercice_clos")
    assets, debts, charges = get("actif_disponible"), get("dettes_30j"), get("charges_fixes")
    loan, asked_on, filed_on = get("pret"), get("date_demande_pret"), get("filed_on")
    reasonable, honest = get("@pret_raisonnable"), get("@sincerite")
    if (
        (listed is None or listed is UNAVAILABLE)
        or (workers is None or closed is None or assets is None or debts is None or charges is None)
        or (loan is None or asked_on is None or filed_on is None)
    ):
        return by_hand_partial(values)
    turnover = get("chiffre_affaires") if closed else None
    if closed and turnover is None:
        return by_hand_partial(values)
    failed = []
    if listed is False:
        failed.append("volet1_recu")
    if workers < 1:
        failed.append("un_salarie")
    balance = assets - (debts + charges)
    if balance >= 0:
        failed.append("tresorerie_negative")
    if loan != "refuse" and (loan != "sans_reponse" or (filed_on - asked_on).days <= 10):
        failed.append("pret_refuse")
    if asked_on < MARCH:
        failed.append("pret_depuis_mars")
    if reasonable is False:
        failed.append("pret_raisonnable")
    if honest is False:
        failed.append("sincerite")
    awaited = []
    if reasonable is None:
        awaited.append("pret_raisonnable")
    if honest is None:
        awaited.append("sincerite")
    if failed:
        return Result("not_eligible", None, tuple(failed), (), (), tuple(awaited), None)
    need = abs(balance)
    if not closed or turnover < 20_000_000 or need < 200_000:
        amount = 200_000
    elif turnover < 60_000_000:
        amount = min(need, 350_000)
    else:
        amount = min(need, 500_000)
    if awaited:
        return Result("undetermined", None, (), (), (), tuple(awaited), amount)
    return Result("eligible", amount, (), (), (), (), None)


def by_hand_partial(values: Dossier) -> Result:
    """The same rules where anything may be unanswered or unavailable."""
    held = {
        name: None if values.get(name) is UNAVAILABLE else values.get(name)
        for name in (
            *("siret", "effectif", "exercice_clos", "chiffre_affaires", "actif_disponible", "dettes_30j"),
            *("charges_fixes", "pret", "date_demande_pret", "filed_on", "@volet1", "@pret_raisonnable", "@sincerite"),
        )
    }
    closed = held["exercice_clos"]
    turnover = held["chiffre_affaires"] if closed else None
    assets, debts, charges = held["actif_disponible"], held["dettes_30j"], held["charges_fixes"]
    balance = None if None in (assets, debts, charges) else assets - (debts + charges)
    listed = None if held["@volet1"] is None else held["@volet1"] is not False
    states: dict[str, bool | None] = {
        "volet1_recu": listed,
        "un_salarie": None if held["effectif"] is None else held["effectif"] >= 1,
        "tresorerie_negative": None if balance is None else balance < 0,
        "pret_refuse": _loan(held["pret"], held["date_demande_pret"], held["filed_on"]),
        "pret_depuis_mars": None if held["date_demande_pret"] is None else held["date_demande_pret"] >= MARCH,
        "pret_raisonnable": held["@pret_raisonnable"],
        "sincerite": held["@sincerite"],
    }
    failed = tuple(name for name, state in states.items() if state is False)
    awaited = tuple(name for name in ("pret_raisonnable", "sincerite") if states[name] is None)
    if failed:
        return Result("not_eligible", None, failed, (), (), awaited, None)
    amount = _amount(closed, turnover, balance)
    unknown = {name for name, state in states.items() if state is None and name not in awaited}
    if not unknown and amount is not None:
        if awaited:
            return Result("undetermined", None, (), (), (), awaited, amount)
        return Result("eligible", amount, (), (), (), (), None)
    feeds = {
        "siret": {"volet1_recu"},
        "effectif": {"un_salarie"},
        "exercice_clos": {"amount"},
        "chiffre_affaires": {"amount"},
        "actif_disponible": {"tresorerie_negative", "amount"},
        "dettes_30j": {"tresorerie_negative", "amount"},
        "charges_fixes": {"tresorerie_negative", "amount"},
        "pret": {"pret_refuse"},
        "date_demande_pret": {"pret_refuse", "pret_depuis_mars"},
    }
    if amount is None:
        unknown.add("amount")
    lacking = [name for name, fed in feeds.items() if held[name] is None and fed & unknown]
    if closed is not True and "chiffre_affaires" in lacking:
        lacking.remove("chiffre_affaires")
    silent = [name for name in lacking if values.get(name) is UNAVAILABLE]
    missing = [name for name in lacking if name not in silent]
    if "pret_refuse" in unknown and held["filed_on"] is None:
        silent.append("filed_on")
    if listed is None and ("@volet1" in values or held["siret"] is not None):
        silent.append("volet1")
    return Result("undetermined", None, (), tuple(missing), tuple(silent), awaited, None)


def _loan(loan: object, asked_on: date | None, filed_on: date | None) -> bool | None:
    late = None if asked_on is None or filed_on is None else (filed_on - asked_on).days > 10
    if loan == "refuse":
        return True
    if loan == "sans_reponse":
        return late
    if loan is None:
        return None
    return False


def _amount(closed: bool | None, turnover: int | None, balance: int | None) -> int | None:
    need = None if balance is None else abs(balance)
    if closed is False or (turnover is not None and turnover < 20_000_000) or (need is not None and need < 200_000):
        return 200_000
    if closed is None or turnover is None or need is None:
        return None
    return min(need, 350_000 if turnover < 60_000_000 else 500_000)


def dossiers(partial: float) -> list[dict[str, object]]:
    """Dossiers like those of April 2020, a share of them with one answer missing."""
    chance = random.Random(20200420)
    made: list[dict[str, object]] = []
    for _ in range(DOSSIERS):
        debts = chance.randrange(0, 900_000)
        values = complete_values(
            effectif=chance.choice([0, 1, 2, 3, 5, 8, 8, 4]),
            exercice_clos=chance.random() < 0.9,
            chiffre_affaires=int(chance.lognormvariate(16.45, 0.9)),
            actif_disponible=chance.randrange(0, 300_000),
            dettes_30j=debts,
            pret=chance.choice(["refuse", "refuse", "refuse", "sans_reponse", "accepte"]),
            at_volet1=chance.choice([False, *[{"amount": 150_000}] * 8]),
            at_pret_raisonnable=chance.choice([True, True, None]),
            at_sincerite=True,
        )
        if chance.random() < partial:
            values[chance.choice(["effectif", "dettes_30j", "exercice_clos", "chiffre_affaires", "pret"])] = None
        made.append(values)
    return made


def _seconds(evaluate: Callable[[Dossier], object], over: list[dict[str, object]]) -> float:
    start = process_time()
    for values in over:
        evaluate(values)
    return process_time() - start


def _compare(
    one: Callable[[Dossier], object], other: Callable[[Dossier], object], over: list[dict[str, object]]
) -> tuple[float, float, float]:
    """Evaluations a second of both, and the median ratio of alternated rounds."""
    _seconds(one, over), _seconds(other, over)
    pairs = [(_seconds(one, over), _seconds(other, over)) for _ in range(ROUNDS)]
    best_one, best_other = min(first for first, _ in pairs), min(second for _, second in pairs)
    return DOSSIERS / best_one, DOSSIERS / best_other, median(first / second for first, second in pairs)


RULES = compile_rules(replace(volet2(), indicators={}), an_environment())


def test_generated_rules_keep_up_with_hand_written_python() -> None:
    print("\ndossiers          generated/s   by hand/s   ratio (≥ 0.7)")
    ratios: list[float] = []
    for share in (0.0, 0.05):
        over = dossiers(share)
        assert [RULES.evaluate(values) for values in over] == [by_hand(values) for values in over]
        hand, generated, ratio = _compare(by_hand, RULES.evaluate, over)
        print(f"{share:>4.0%} partial      {generated:>11,.0f} {hand:>11,.0f}   {ratio:.2f}")
        ratios.append(ratio)
    assert min(ratios) >= 0.7


def test_explained_rules_cost_at_most_thirty_times_generated_ones() -> None:
    over = dossiers(0.05)[: DOSSIERS // 4]
    assert [RULES.evaluate(values) for values in over] == [RULES.explain(values).result for values in over]
    generated, explained, ratio = _compare(RULES.evaluate, RULES.explain, over)
    print(f"\ngenerated {generated / 4:,.0f}/s, explained {explained / 4:,.0f}/s, ratio 1/{1 / ratio:.1f} (≥ 1/30)")
    assert ratio >= 1 / 30
