"""What a decision needs before it is taken: a right, an opinion, a day, a reason, a sum."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from databases import SteppedClock
from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from instructing import (
    a_siret,
    dossiers_to_instruct,
    favourable,
    head_of_act,
    instructing,
    left_codes,
    read_again,
    selected,
)
from worked import DAY

GRANT = Ruling("grant")


@pytest.mark.parametrize(
    ("ruling", "code"),
    [
        (Ruling("grant_in_part", cents=200_001, reason="trop"), "part_out_of_bounds"),
        (Ruling("grant_in_part", cents=0, reason="rien"), "part_out_of_bounds"),
        (Ruling("grant_in_part", cents=100_000), "decision_without_reason"),
        (Ruling("refuse"), "decision_without_reason"),
        (Ruling("drop"), "decision_without_reason"),
        (Ruling("declare_inadmissible"), "decision_without_reason"),
        (Ruling("return_to"), "decision_without_reason"),
        (Ruling("return_to", reason="à revoir", to="nowhere"), "unknown_stage"),
        (Ruling("grant", checks={"pret_raisonnable": False}), "overturned_without_reason"),
    ],
)
def test_a_decision_that_lacks_something_is_not_taken(tmp_path: Path, ruling: Ruling, code: str) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)

        result = decide_all(cases, people.decider, selected([dossier]), ruling, head_of_act(cases))

        assert left_codes(result) == [code]
        assert read_again(cases, dossier) == dossier


def test_the_author_of_the_opinion_never_decides_even_after_a_return(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        give_opinions(cases, people.double, selected([dossier]), Answers(favourable=True))
        assert left_codes(
            decide_all(
                cases, people.double, [replace(selected([dossier])[0], revision=None)], GRANT, head_of_act(cases)
            )
        ) == ["author_of_the_opinion"]
        returned = Ruling("return_to", reason="Précisez.")
        assert decide_all(cases, people.decider, selected([read_again(cases, dossier)]), returned, None).noted(
            "returned"
        )
        give_opinions(cases, people.instructor, selected([read_again(cases, dossier)]), Answers(favourable=True))

        result = decide_all(cases, people.double, selected([read_again(cases, dossier)]), GRANT, head_of_act(cases))

        assert left_codes(result) == ["author_of_the_opinion"]


def test_the_decider_may_depart_from_the_opinion_with_a_reason(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        yes = {"pret_raisonnable": True, "lien_pret_risque": True}
        answers = Answers(
            False, checks={**yes, "risque_cessation": False}, reasons={"risque_cessation": "echeances_couvertes"}
        )
        give_opinions(cases, people.instructor, selected([dossier]), answers)
        ruling = Ruling("grant", checks={"risque_cessation": True}, reason="Pièces nouvelles.")

        decide_all(cases, people.decider, selected([read_again(cases, dossier)]), ruling, head_of_act(cases))

        after = read_again(cases, dossier)
        assert (after.end, after.checks["risque_cessation"]) == ("granted", True)


def test_an_ineligible_dossier_is_left_with_the_criteria_that_fail(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people, answers={"actif_disponible": 9_000_000})

        (left,) = decide_all(cases, people.decider, selected([dossier]), GRANT, head_of_act(cases)).left

        assert left.code == "not_eligible_to_grant"
        assert left.data["labels"] == ["Trésorerie insuffisante à trente jours"]


def test_nothing_is_decided_before_the_opinion_or_before_the_day(tmp_path: Path) -> None:
    clock = SteppedClock(DAY.replace(day=16))
    with instructing(tmp_path, clock=clock) as (cases, people):
        waiting, early = dossiers_to_instruct(cases, 2)
        assert left_codes(decide_all(cases, people.decider, selected([waiting]), GRANT, head_of_act(cases))) == [
            "wrong_phase"
        ]
        give_opinions(cases, people.instructor, selected([early]), Answers(favourable=True))

        result = decide_all(cases, people.decider, selected([read_again(cases, early)]), GRANT, head_of_act(cases))

        assert left_codes(result) == ["not_decidable_yet"]


def test_another_region_decides_nothing_here(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people, answers={"siret": a_siret(1)})

        (left,) = decide_all(cases, people.stranger, selected([dossier]), GRANT, head_of_act(cases)).left

        assert (left.code, left.reference, left.title, dict(left.data)) == ("not_found", "", "", {})
