"""Opinions: who may give one, on what it rests, what it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from databases import each_address
from guichet.services.completions import ask_missing
from guichet.services.opinions import Answers, give_opinions
from guichet.storage import decisions, journal
from instructing import dossiers_to_instruct, instructing, left_codes, read_again, selected

FAVOURABLE = Answers(favourable=True)


@each_address
def test_a_favourable_opinion_answers_yes_to_every_judged_criterion_and_moves_to_the_decision(
    address: object, tmp_path: Path
) -> None:
    with address(tmp_path) as url, instructing(tmp_path, url) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        result = give_opinions(cases, people.instructor, selected([dossier]), FAVOURABLE)

        after = read_again(cases, dossier)
        assert len(result.done) == 1
        assert (after.stage, after.outcome, after.computed_cents) == ("decision", "eligible", 200_000)
        assert [after.checks[name] for name in ("pret_raisonnable", "risque_cessation", "lien_pret_risque")] == [
            True
        ] * 3
        kinds = [event.kind for event in cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
        assert kinds[-1] == "opinion_given"


def test_an_unfavourable_opinion_keeps_the_sentence_of_a_listed_reason(tmp_path: Path) -> None:
    answers = Answers(False, checks={"pret_raisonnable": False}, reasons={"pret_raisonnable": "sans_rapport_besoin"})
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        give_opinions(cases, people.instructor, selected([dossier]), answers)

        (opinion,) = cases.store.read(lambda tx: decisions.opinions(tx, dossier.id))
        assert opinion.checks["reasons"] == {
            "pret_raisonnable": "il dépasse de beaucoup le besoin de trésorerie déclaré."
        }
        assert read_again(cases, dossier).outcome == "not_eligible"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (Answers(False), "opinion_without_reason"),
        (Answers(False, checks={"pret_raisonnable": False}), "criterion_without_reason"),
        (Answers(True, checks={"pret_raisonnable": False}), "favourable_with_failed_criterion"),
    ],
)
def test_an_opinion_rests_on_something(tmp_path: Path, answers: Answers, code: str) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        result = give_opinions(cases, people.instructor, selected([dossier]), answers)

        assert left_codes(result) == [code]
        assert read_again(cases, dossier).revision == dossier.revision


def test_only_an_instructor_of_the_body_gives_the_opinion(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        for agent in (people.decider, people.finance):
            assert left_codes(give_opinions(cases, agent, selected([dossier]), FAVOURABLE)) == ["not_for_you"]


def test_a_hidden_dossier_and_an_absent_one_are_left_alike(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        hidden = give_opinions(cases, people.stranger, selected([dossier]), FAVOURABLE).left[0]
        helpdesk = give_opinions(cases, people.helpdesk, selected([dossier]), FAVOURABLE).left[0]
        absent = give_opinions(
            cases, people.stranger, [replace(selected([dossier])[0], id="nothing")], FAVOURABLE
        ).left[0]

        assert replace(hidden, id="") == replace(absent, id="") == replace(helpdesk, id="")
        assert (hidden.reference, hidden.title, hidden.code) == ("", "", "not_found")


def test_a_dossier_that_changed_is_left_with_who_and_when_and_the_others_are_done(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 3)
        give_opinions(cases, people.other_instructor, selected(made[1:2]), FAVOURABLE)

        result = give_opinions(cases, people.instructor, selected(made), FAVOURABLE)

        assert [one.reference for one in result.done] == [made[0].reference, made[2].reference]
        (left,) = result.left
        assert (left.code, left.data["by"]) == ("changed_since", "Erwan Kermarrec")


def test_a_dossier_being_completed_waits_for_no_opinion(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        asked = ask_missing(cases, people.instructor, dossier.id, ("montant_pret",), "")

        assert left_codes(give_opinions(cases, people.instructor, selected([asked]), FAVOURABLE)) == ["wrong_phase"]


def test_some_dossiers_are_answered_apart(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        first, second = dossiers_to_instruct(cases, 2)
        apart = {second.id: Answers(False, reason="Le besoin n'est pas établi.")}

        give_opinions(cases, people.instructor, selected([first, second]), FAVOURABLE, apart=apart)

        given = [cases.store.read(lambda tx, one=one: decisions.opinions(tx, one.id))[0] for one in (first, second)]
        assert [one.favourable for one in given] == [True, False]


def test_the_published_volet_2_asks_the_region_three_criteria(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, _people):
        (dossier,) = dossiers_to_instruct(cases)

        assert dossier.result is not None
        assert tuple(dossier.result["awaited"]) == ("pret_raisonnable", "risque_cessation", "lien_pret_risque")
        assert dossier.provisional_cents == 200_000
