"""Mass acts: a key does the work once, chunks resume, an ended assignment ends at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from databases import each_address
from guichet.services.mass_acts import MassResult, act_on_each, as_they_stand, recall
from guichet.services.opinions import Answers, give_opinions
from guichet.services.refusals import NotFound
from guichet.storage import Tx, agents, decisions
from instructing import dossiers_to_instruct, instructing, selected


@each_address
def test_a_second_click_gives_the_first_result_and_changes_nothing(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, instructing(tmp_path, url) as (cases, people):
        made = dossiers_to_instruct(cases, 3)
        results: list[MassResult] = []

        def click() -> None:
            results.append(give_opinions(cases, people.instructor, selected(made), Answers(favourable=True), key="k"))

        clicks = [Thread(target=click) for _ in range(2)]
        for one in clicks:
            one.start()
        for one in clicks:
            one.join()

        assert results[0] == results[1]
        assert len(results[0].done) == 3
        for one in made:
            assert len(cases.store.read(lambda tx, one=one: decisions.opinions(tx, one.id))) == 1
        assert recall(cases, people.instructor, "k") == results[0]


def test_the_result_of_a_key_is_its_agents_alone(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        give_opinions(
            cases, people.instructor, selected(dossiers_to_instruct(cases)), Answers(favourable=True), key="k"
        )

        assert recall(cases, people.other_instructor, "k") is None


def test_an_act_cut_short_is_finished_by_the_same_key(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 4)
        seen: list[str] = []

        def breaks(tx: Tx, actor: Any, dossier: Any) -> str:
            seen.append(dossier.reference)
            if len(seen) == 3:
                raise RuntimeError("the machine stops")
            return ""

        with pytest.raises(RuntimeError):
            act_on_each(cases, people.instructor, selected(made), breaks, key="k", chunk=2)
        result = act_on_each(cases, people.instructor, selected(made), breaks, key="k", chunk=2)

        assert [one.reference for one in result.done] == [one.reference for one in made]
        assert seen[:2] == [made[0].reference, made[1].reference]
        assert seen.count(made[0].reference) == 1


def test_an_assignment_that_has_ended_acts_no_more(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        before, dossier = dossiers_to_instruct(cases, 2)
        done = give_opinions(cases, people.instructor, selected([before]), Answers(favourable=True))
        assert [one.id for one in as_they_stand(cases, people.instructor, done)] == [before.id]

        def end(tx: Tx) -> None:
            for one in agents.assignments(tx, people.instructor, on=date.min):
                agents.assign(
                    tx,
                    agent_id=people.instructor,
                    role=one.role,
                    organisation_id=one.organisation,
                    territory=one.territory,
                    ends_on=date(2020, 4, 19),
                )

        cases.store.act(end)

        (left,) = give_opinions(cases, people.instructor, selected([dossier]), Answers(favourable=True)).left
        assert left.code == "not_found"
        assert as_they_stand(cases, people.instructor, done) == []  # nor reads what became of what it did


def test_an_agent_who_has_left_acts_no_more(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases)
        cases.store.act(lambda tx: agents.set_active(tx, people.instructor, active=False))

        with pytest.raises(NotFound):
            give_opinions(cases, people.instructor, selected(made), Answers(favourable=True))
