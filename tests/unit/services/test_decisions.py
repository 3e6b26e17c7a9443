"""Decisions: under an act and a signatory, once, by somebody else than the opinion's author, with all that follows."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from databases import SteppedClock, each_address
from guichet.model.records import Dossier
from guichet.services.completions import complete
from guichet.services.decisions import decide_all
from guichet.services.mass_acts import MassResult
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.storage import decisions, envelopes, grants, journal, outbox, payments
from instructing import dossiers_to_instruct, favourable, head_of_act, instructing, read_again, selected
from worked import DAY

GRANT = Ruling("grant")


@each_address
def test_a_grant_commits_the_envelope_orders_the_payment_and_queues_the_letter(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, instructing(tmp_path, url) as (cases, people):
        (dossier,) = favourable(cases, people)

        result = decide_all(cases, people.decider, selected([dossier]), GRANT, head_of_act(cases))

        after = read_again(cases, dossier)
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


def test_volet_2_is_judged_on_the_day_of_filing_even_when_the_rules_have_changed_since(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with instructing(tmp_path, clock=clock) as (cases, people):
        (dossier,) = favourable(cases, people)
        clock.move(days=40)  # the version of 14 May is in force

        decide_all(cases, people.decider, selected([dossier]), GRANT, head_of_act(cases))

        after = read_again(cases, dossier)
        assert (after.end, after.rules_version) == ("granted", "2020-04-17")


def test_marks_beside_the_checks_survive_a_decision(tmp_path: Path) -> None:
    from guichet.services.completions import PAUSES_MARK, ask_missing

    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        ask_missing(cases, people.instructor, dossier.id, (), "Bonjour ?")
        complete(cases, dossier.account or "", dossier.reference, {}, "Voici.")
        give_opinions(cases, people.instructor, selected([read_again(cases, dossier)]), Answers(favourable=True))

        decide_all(cases, people.decider, selected([read_again(cases, dossier)]), GRANT, head_of_act(cases))

        assert read_again(cases, dossier).checks[PAUSES_MARK]
