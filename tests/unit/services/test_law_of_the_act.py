"""`judged_on: decision` is the law in force on the day the act bears, be it recorded here later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from databases import SteppedClock
from guichet.catalogue import read_snapshot, write_snapshot
from guichet.model.rules import Branch
from guichet.services.act_heads import ActHead
from guichet.services.acting import actor_of
from guichet.services.assessments import assess
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.examinations import examine
from guichet.services.mass_acts import Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.pre_instruction import pre_instruct
from guichet.services.rulings import Ruling
from guichet.storage import Tx, agents
from instructing import read_again
from paying import HS, PERSON
from worked import a_filed_dossier, an_instance, publish_snapshot, snapshot_of

FIRST, SECOND = date(2020, 5, 5), date(2020, 5, 25)


@contextmanager
def a_dossier_to_decide(folder: Path, judged_on: str = "decision", **calendar: Any) -> Iterator[tuple[Any, ...]]:
    """Filed on 6 May when the aid is 1 000 €, to be decided on 5 June: since 25 May it is 1 200 €."""
    clock = SteppedClock(datetime(2020, 5, 6, 8, 0, tzinfo=UTC))
    with an_instance(folder, scheme=HS, published=(), clock=clock) as cases:
        scheme, _ = read_snapshot(snapshot_of(HS, "dep-74").body)
        first = scheme.rules[FIRST]
        more = (Branch(always="1 200 €"),)
        changed = {
            "rules": {FIRST: first, SECOND: first.model_copy(update={"amount": more})},
            "legal": scheme.legal.model_copy(update={"judged_on": judged_on}),
            "calendar": scheme.calendar.model_copy(update=calendar),
        }
        body = write_snapshot(scheme.model_copy(update=changed), "dep-74", cases.plugins.versions())
        cases.store.act(lambda tx: publish_snapshot(tx, body))
        cases.snapshots.refresh()
        instructor, decider = (an_agent(cases, role) for role in ("instructor", "decider"))
        filed = a_filed_dossier(cases, scheme=HS, territory="dep-74", answers=PERSON, snapshot_hash=body.hash)
        made = pre_instruct(cases, filed.id)
        assert not give_opinions(cases, instructor, [Selected(made.id)], Answers(favourable=True)).left
        clock.move(days=30)
        yield cases, decider, read_again(cases, filed)


def an_agent(cases: UseCases, role: str) -> str:
    def act(tx: Tx) -> str:
        made = agents.ensure(tx, email=f"{role}@exemple.fr", name=role)
        where = agents.ensure_organisation(tx, territory="dep-74", body="collectivite", name="Département")
        agents.assign(tx, agent_id=made.id, role=role, organisation_id=where.id, territory="dep-74")
        return made.id

    return cases.store.act(act)


def act_of(cases: UseCases, day: date) -> ActHead:
    return ActHead(next(iter(cases.territory("dep-74").signatories_for("president", day))), "2020-74-12", day)


@pytest.mark.parametrize(
    ("judged_on", "day", "version", "cents"),
    [
        ("decision", date(2020, 5, 24), FIRST, 100_000),
        ("decision", SECOND, SECOND, 120_000),
        ("decision", date(2020, 6, 5), SECOND, 120_000),
        ("filing", date(2020, 6, 5), FIRST, 100_000),
    ],
)
def test_the_rules_are_those_of_the_day_of_the_act(
    tmp_path: Path, judged_on: str, day: date, version: date, cents: int
) -> None:
    with a_dossier_to_decide(tmp_path, judged_on) as (cases, decider, dossier):
        head, grant = act_of(cases, day), Ruling("grant")

        def look(tx: Tx) -> int | None:
            return examine(cases, tx, actor_of(cases, tx, decider), dossier, grant, head).cents

        assert cases.store.read(look) == cents, "the page that asks to confirm shows it"
        assert not decide_all(cases, decider, [Selected(dossier.id)], grant, head).left
        after = read_again(cases, dossier)
        assert (after.granted_cents, after.rules_version) == (cents, version.isoformat())
        cases.clock.move(days=30)
        told = cases.store.read(lambda tx: assess(cases, tx, after, cases.snapshots.by_hash(after.snapshot_hash)))
        assert (told.version, told.facts.decided_on) == (version, day), "explained later, it is the same law"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2020, 6, 6), "act_in_the_future"),
        (date(2020, 5, 5), "act_before_filing"),
        (date(2020, 5, 10), "not_decidable_yet"),
    ],
)
def test_the_day_of_the_act_is_bounded(tmp_path: Path, day: date, code: str) -> None:
    with a_dossier_to_decide(tmp_path, decidable_from=date(2020, 5, 11)) as (cases, decider, dossier):
        (left,) = decide_all(cases, decider, [Selected(dossier.id)], Ruling("grant"), act_of(cases, day)).left
        assert left.code == code
        assert read_again(cases, dossier) == dossier
