"""The Pays de la Loire advance against an oracle written by hand, and its schedule to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.engine.eligibility import evaluate
from guichet.engine.explanations import explain_dossier
from guichet.engine.repayments import plan_repayments
from guichet.plugin.contracts import Context
from guichet.services.exchange import read_case
from oracles import Euros, Told, as_json, compiled, told, verdict

SCHEME = "pdl-resilience"
WIDER = date(2020, 5, 29)
MOSTLY_FALSE = st.sampled_from([False] * 6 + [True])


def oracle(case: dict[str, Any], on: date) -> Told:
    """What is known of the fund, of a complete case."""
    turnover = int(case["chiffre_affaires"] if case["exercice_clos"] else case["ca_mensuel_moyen"] * 12)
    wider = on >= WIDER and (case["naf"][:2] in ("55", "56", "79", "90", "91", "93") or case["naf"] == "82.30Z")
    conditions = {
        "immatriculee": case["immatriculee_le"] <= (date(2020, 3, 1) if on >= WIDER else date(2020, 1, 1)),
        "effectif_maximal": Decimal(case["effectif"]) <= (20 if wider else 10),
        "taille": turnover < 100_000_000 or (wider and turnover <= 200_000_000),
        "independante": not case["capital_lie"] or Decimal(case["effectif_total"]) <= 10,
        "objet": case["naf"][:2] not in ("64", "65", "66", "68"),
        "pas_en_cessation": not case["cessation"],
    }
    if on < WIDER:
        conditions |= {"pas_de_fns": not case["fns"], "risque": case["cessation_60_jours"]}
    conditions["sincerite"] = case["@sincerite"]
    amount = 350_000 if turnover <= 5_000_000 else 650_000 if turnover <= 10_000_000 else 1_000_000
    return verdict(conditions, 2_000_000 if turnover >= 100_000_000 else amount)


CASE = st.fixed_dictionaries(
    {
        "naf": st.sampled_from(["43.39Z", "55.10Z", "82.30Z", "82.20Z", "93.13Z", "68.31Z", "64.20Z"]),
        "immatriculee_le": st.sampled_from(
            [date(2010, 1, 1), date(2020, 1, 1), date(2020, 1, 2), date(2020, 3, 1), date(2020, 3, 2)]
        ),
        "effectif": st.sampled_from(["0", "10", "10.01", "20", "20.01"]),
        "capital_lie": MOSTLY_FALSE,
        "effectif_total": st.sampled_from(["10", "10.01"]),
        "cessation": MOSTLY_FALSE,
        "fns": MOSTLY_FALSE,
        "cessation_60_jours": MOSTLY_FALSE.map(lambda each: not each),
        "exercice_clos": st.booleans(),
        "chiffre_affaires": st.sampled_from(
            [base + shift for base in (5_000_000, 10_000_000, 100_000_000, 200_000_000) for shift in (-1, 0, 1)]
        ).map(Euros),
        "ca_mensuel_moyen": st.sampled_from([0, 416_666, 416_667, 833_333, 833_334, 8_333_333, 8_333_334]).map(Euros),
        "duree": st.sampled_from(["un_an", "deux_ans", "trois_ans"]),
        "@sincerite": MOSTLY_FALSE.map(lambda each: not each),
    }
)  # fmt: skip


@settings(max_examples=250)
@given(case=CASE, on=st.sampled_from([date(2020, 4, 27), date(2020, 5, 28), WIDER, date(2020, 12, 31)]))
def test_any_complete_case_comes_out_as_the_notes_say(case: dict[str, Any], on: date) -> None:
    assert told(SCHEME, case, on) == oracle(case, on)


@settings(max_examples=40)
@given(case=CASE, on=st.sampled_from([date(2020, 5, 4), date(2020, 6, 30)]))
def test_the_schedule_pays_back_the_whole_advance_over_the_chosen_time(case: dict[str, Any], on: date) -> None:
    read = read_case(compiled(SCHEME), as_json(case), on, Context(today=on, mode="sandbox"))
    found = explain_dossier(compiled(SCHEME), read.answers, read.facts, on)
    assert found is not None
    assert found.terms is not None
    years = {"un_an": 1, "deux_ans": 2, "trois_ans": 3}[case["duree"]]
    amount = evaluate(compiled(SCHEME), read.answers, read.facts, on).result.amount or 350_001
    due = plan_repayments(amount, date(2020, 6, 30), found.terms)
    assert (len(due), sum(one.cents for one in due)) == (4 * years, amount)
    assert (due[0].due, due[-1].due) == (date(2021, 6, 30), date(2021 + years, 3, 30))
    assert max(one.cents for one in due) - min(one.cents for one in due) < len(due)
