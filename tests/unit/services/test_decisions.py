"""Decisions: under an act and a signatory, once, by somebody else than the opinion's author, with all that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from databases import SteppedClock, each_address
from guichet.model.records import Dossier
from guichet.model.territories import Territories
from guichet.model.territory import PLACEHOLDER
from guichet.services.cases import UseCases
from guichet.services.completions import complete
from guichet.services.decisions import ActHead, Ruling, decide_all
from guichet.services.mass_acts import MassResult
from guichet.services.opinions import Answers, give_opinions
from guichet.storage import decisions, dossiers, envelopes, grants, journal, outbox, payments
from instructing import People, a_siret, dossiers_to_instruct, head_of_act, instructing, selected
from worked import DAY

GRANT = Ruling("grant")


def read(cases: UseCases, dossier: Dossier) -> Dossier:
    return cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))


def favourable(cases: UseCases, people: People, count: int = 1, **values: Any) -> list[Dossier]:
    made = dossiers_to_instruct(cases, count, **values)
    assert not give_opinions(cases, people.instructor, selected(made), Answers(favourable=True)).left
    return [read(cases, one) for one in made]


def codes(result: MassResult) -> list[str]:
    return [one.code for one in result.left]


@each_address
def test_a_grant_commits_the_envelope_orders_the_payment_and_queues_the_letter(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, instructing(tmp_path, url) as (cases, people):
        (dossier,) = favourable(cases, people)

        result = decide_all(cases, people.decider, selected([dossier]), GRANT, head_of_act(cases))

        after = read(cases, dossier)
        assert len(result.done) == 1
        assert (after.phase, after.end, after.granted_cents, after.stage) == ("decided", "granted", 200_000, None)
        (decision,) = cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))
        assert (decision.act_number, decision.issuer, decision.form) == ("2020-53-001", "prefet_region", "arrete")
        envelope = cases.store.read(lambda tx: envelopes.find(tx, dossier.scheme, dossier.territory))
        assert envelope is not None
        assert envelope.committed_cents == 200_000
        (order,) = cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id))
        assert order.cents == 200_000
        kinds = [event.kind for event in cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
        assert {"decided", "payment_ordered"} <= set(kinds)
        (letter,) = cases.store.act(lambda tx: outbox.claim(tx, "test", kinds=("letter",)))
        assert letter.payload["decision"] == decision.id


@each_address
def test_two_agents_at_once_make_one_decision_and_the_other_is_told_who_and_when(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, instructing(tmp_path, url) as (cases, people):
        made = favourable(cases, people, 6)
        results: dict[str, MassResult] = {}
        start = Barrier(2)

        def decide(agent: str, number: str) -> None:
            start.wait()
            results[agent] = decide_all(cases, agent, selected(made), GRANT, head_of_act(cases, number))

        threads = [Thread(target=decide, args=pair) for pair in ((people.decider, "A"), (people.other_decider, "B"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        done = [one.reference for result in results.values() for one in result.done]
        left = [one for result in results.values() for one in result.left]
        assert sorted(done) == sorted(one.reference for one in made)
        assert len(left) == len(made)
        assert {one.code for one in left} == {"already_decided"}
        assert {one.data["by"] for one in left} <= {"Yann Le Bihan", "Maëlle Riou"}
        assert all(one.data["at"] for one in left)
        for one in made:
            assert len(cases.store.read(lambda tx, one=one: decisions.of_dossier(tx, one.id))) == 1


@each_address
def test_the_same_company_is_granted_once_whoever_asks_first(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, instructing(tmp_path, url) as (cases, people):
        first, second = (favourable(cases, people)[0] for _ in range(2))
        results: list[MassResult] = []
        start = Barrier(2)

        def decide(agent: str, dossier: Dossier) -> None:
            start.wait()
            results.append(decide_all(cases, agent, selected([dossier]), GRANT, head_of_act(cases)))

        pairs = ((people.decider, first), (people.other_decider, second))
        threads = [Thread(target=decide, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sum(len(result.done) for result in results) == 1
        assert [one.code for result in results for one in result.left] == ["storage.already_granted"]
        key = first.grant_key or ""
        holder = cases.store.read(lambda tx: grants.holder(tx, scheme=first.scheme, scope="", key=key))
        assert holder in (first.id, second.id)


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

        assert codes(result) == [code]
        assert read(cases, dossier) == dossier


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": "  "}, "act_number_missing"),
        ({"day": date(2020, 4, 21)}, "act_in_the_future"),
        ({"day": date(2020, 4, 19)}, "act_before_filing"),
        ({"signatory": "nobody"}, "signatory_not_valid"),
    ],
)
def test_an_act_needs_a_number_a_day_and_a_signatory_of_that_day(
    tmp_path: Path, changed: dict[str, Any], code: str
) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)
        head = replace(head_of_act(cases), **changed)

        assert codes(decide_all(cases, people.decider, selected([dossier]), GRANT, head)) == [code]


def test_without_an_act_nothing_is_decided(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)

        assert codes(decide_all(cases, people.decider, selected([dossier]), GRANT, None)) == ["act_head_missing"]


def test_a_part_is_granted_with_its_reason(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)
        ruling = Ruling("grant_in_part", cents=150_000, reason="Besoin couvert en partie.")

        decide_all(cases, people.decider, selected([dossier]), ruling, head_of_act(cases))

        after = read(cases, dossier)
        assert (after.end, after.granted_cents) == ("granted_in_part", 150_000)
        (decision,) = cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))
        assert decision.reasons[-1] == {"criterion": "", "reason": "Besoin couvert en partie."}


def test_the_author_of_the_opinion_never_decides_even_after_a_return(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        give_opinions(cases, people.double, selected([dossier]), Answers(favourable=True))
        assert codes(
            decide_all(
                cases, people.double, [replace(selected([dossier])[0], revision=None)], GRANT, head_of_act(cases)
            )
        ) == ["author_of_the_opinion"]
        returned = Ruling("return_to", reason="Précisez.")
        assert decide_all(cases, people.decider, selected([read(cases, dossier)]), returned, None).noted("returned")
        give_opinions(cases, people.instructor, selected([read(cases, dossier)]), Answers(favourable=True))

        result = decide_all(cases, people.double, selected([read(cases, dossier)]), GRANT, head_of_act(cases))

        assert codes(result) == ["author_of_the_opinion"]


def test_a_returned_dossier_forgets_the_answers_of_its_opinion(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)

        decide_all(cases, people.decider, selected([dossier]), Ruling("return_to", reason="Précisez."), None)

        after = read(cases, dossier)
        assert (after.stage, after.outcome, after.computed_cents) == ("opinion", "undetermined", None)
        assert "pret_raisonnable" not in after.checks
        assert after.checks["sincerite"] is True
        assert cases.store.read(lambda tx: decisions.opinions(tx, dossier.id)) == []


def test_a_refusal_carries_the_reasons_the_region_wrote(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        answers = Answers(
            False, checks={"risque_cessation": False}, reasons={"risque_cessation": "echeances_couvertes"}
        )
        give_opinions(cases, people.instructor, selected([dossier]), answers)

        decide_all(cases, people.decider, selected([read(cases, dossier)]), Ruling("refuse"), head_of_act(cases))

        (decision,) = cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))
        said = {"criterion": "risque_cessation", "reason": "l'entreprise peut payer ses prochaines échéances."}
        assert said in decision.reasons
        assert read(cases, dossier).end == "refused"
        assert cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id)) == []


def test_the_decider_may_depart_from_the_opinion_with_a_reason(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        yes = {"pret_raisonnable": True, "lien_pret_risque": True}
        answers = Answers(
            False, checks={**yes, "risque_cessation": False}, reasons={"risque_cessation": "echeances_couvertes"}
        )
        give_opinions(cases, people.instructor, selected([dossier]), answers)
        ruling = Ruling("grant", checks={"risque_cessation": True}, reason="Pièces nouvelles.")

        decide_all(cases, people.decider, selected([read(cases, dossier)]), ruling, head_of_act(cases))

        after = read(cases, dossier)
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
        assert codes(decide_all(cases, people.decider, selected([waiting]), GRANT, head_of_act(cases))) == [
            "wrong_phase"
        ]
        give_opinions(cases, people.instructor, selected([early]), Answers(favourable=True))

        result = decide_all(cases, people.decider, selected([read(cases, early)]), GRANT, head_of_act(cases))

        assert codes(result) == ["not_decidable_yet"]


def test_volet_2_is_judged_on_the_day_of_filing_even_when_the_rules_have_changed_since(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with instructing(tmp_path, clock=clock) as (cases, people):
        (dossier,) = favourable(cases, people)
        clock.move(days=40)  # the version of 14 May is in force

        decide_all(cases, people.decider, selected([dossier]), GRANT, head_of_act(cases))

        after = read(cases, dossier)
        assert (after.end, after.rules_version) == ("granted", "2020-04-17")


def test_marks_beside_the_checks_survive_a_decision(tmp_path: Path) -> None:
    from guichet.services.completions import PAUSES_MARK, ask_missing

    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        ask_missing(cases, people.instructor, dossier.id, (), "Bonjour ?")
        complete(cases, dossier.account or "", dossier.reference, {}, "Voici.")
        give_opinions(cases, people.instructor, selected([read(cases, dossier)]), Answers(favourable=True))

        decide_all(cases, people.decider, selected([read(cases, dossier)]), GRANT, head_of_act(cases))

        assert read(cases, dossier).checks[PAUSES_MARK]


def test_another_region_decides_nothing_here(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people, answers={"siret": a_siret(1)})

        (left,) = decide_all(cases, people.stranger, selected([dossier]), GRANT, head_of_act(cases)).left

        assert (left.code, left.reference, left.title, dict(left.data)) == ("not_found", "", "", {})


def test_no_real_act_bears_a_signatory_still_to_be_supplied(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)
        nobody = cases.territory("reg-53").signatories["prefet_region"].model_copy(update={"name": PLACEHOLDER})
        region = cases.territory("reg-53").model_copy(update={"signatories": {"prefet_region": nobody}})
        unnamed = replace(cases, territories=Territories({**cases.territories.by_id, "reg-53": region}))
        head = ActHead("prefet_region", "2020-53-001", date(2020, 4, 20))

        live = decide_all(replace(unnamed, mode="live"), people.decider, selected([dossier]), GRANT, head)
        assert codes(live) == ["signatory_placeholder"]
        assert read(cases, dossier).phase == "instruction"
        assert not decide_all(unnamed, people.decider, selected([dossier]), GRANT, head).left  # a sandbox shows it
