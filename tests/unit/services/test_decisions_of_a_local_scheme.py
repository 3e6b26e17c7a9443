"""Decisions of a scheme of one body: the day whose rules judge, and an envelope that waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from declarations import a_library, with_change
from guichet.model.records import Dossier
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.pre_instruction import pre_instruct
from guichet.services.rulings import Ruling
from guichet.storage import Tx, accounts, agents, dossiers, envelopes, journal, outbox
from instances import an_instance
from instructing import selected

IBAN = "FR7630006000011234567890189"


@contextmanager
def a_department(tmp_path: Path, scheme: str) -> Iterator[tuple[UseCases, str, str]]:
    """An instance on 20 May with the scheme published in Haute-Savoie; an instructor and a decider."""
    with an_instance(
        tmp_path / "instance",
        schemes=["essai"],
        territories=["dep-74"],
        on=date(2020, 5, 20),
        library=a_library(tmp_path, scheme),
    ) as cases:

        def make(tx: Tx) -> list[str]:
            made: list[str] = []
            for role in ("instructor", "decider"):
                agent = agents.ensure(tx, email=f"{role}@haute-savoie.fr", name=role)
                body = agents.ensure_organisation(tx, territory="dep-74", body="collectivite", name="Services")
                agents.assign(tx, agent_id=agent.id, role=role, organisation_id=body.id, territory="dep-74")
                made.append(agent.id)
            return made

        instructor, decider = cases.store.act(make)
        yield cases, instructor, decider


def a_dossier(cases: UseCases, **answers: Any) -> Dossier:
    given = {"effectif": 3, "annule": False, "titulaire": "Anne Martin", "iban": IBAN, **answers}
    compiled = cases.snapshots.current("essai", "dep-74")
    assert compiled is not None

    def file(tx: Tx) -> Dossier:
        return dossiers.start(
            tx,
            scheme="essai",
            territory="dep-74",
            snapshot_hash=compiled.hash,
            by="applicant",
            account=accounts.ensure(tx, "anne@exemple.fr").id,
            title="Anne Martin",
            phase="filed",
            filed_at=tx.now,
            answers=given,
        )

    return pre_instruct(cases, cases.store.act(file).id)


def decide(cases: UseCases, instructor: str, decider: str, made: list[Dossier], ruling: Ruling) -> Any:
    give_opinions(cases, instructor, selected(made), Answers(favourable=True, reason="Vu."))
    now = [cases.store.read(lambda tx, one=one: dossiers.by_id(tx, one.id)) for one in made]
    today = cases.today("dep-74")
    signatory = next(iter(cases.territory("dep-74").signatories_for("president", today)))
    return decide_all(cases, decider, selected(now), ruling, ActHead(signatory, "2020-74-1", today))


@pytest.mark.parametrize(("judged_on", "outcome"), [("decision", "granted"), ("filing", None)])
def test_the_rules_of_the_judging_day_decide_when_a_version_came_in_between(
    tmp_path: Path, judged_on: str, outcome: str | None
) -> None:
    scheme = with_change("  competence: social\n", f"  competence: social\n  judged_on: {judged_on}\n")
    scheme = with_change(
        "        label: Tournoi annulé\n        when: annule",
        "        label: Tournoi annulé\n        when: annule ou effectif > 0",
        scheme,
    )
    with a_department(tmp_path, scheme) as (cases, instructor, decider):
        dossier = a_dossier(cases, effectif=15)
        assert dossier.outcome == "not_eligible"
        cases.clock.advance(days=15)  # type: ignore[attr-defined]  # the version of 1 June takes up to twenty employees

        result = decide(cases, instructor, decider, [dossier], Ruling("grant"))

        after = cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))
        assert after.end == outcome
        assert after.rules_version == ("2020-06-01" if outcome else "2020-05-01")
        assert [one.code for one in result.left] == ([] if outcome else ["not_eligible_to_grant"])


def test_a_spent_envelope_makes_dossiers_wait_by_filing_and_grants_nothing(tmp_path: Path) -> None:
    scheme = with_change(
        "letters: {use: courriers}", "envelope: {ceiling: 250 €, when_spent: wait}\nletters: {use: courriers}"
    )
    scheme = with_change(
        "        label: Tournoi annulé\n        when: annule",
        "        label: Tournoi annulé\n        when: annule ou effectif > 0",
        scheme,
    )
    with a_department(tmp_path, scheme) as (cases, instructor, decider):
        made = [a_dossier(cases) for _ in range(3)]  # 100 € each

        result = decide(cases, instructor, decider, made, Ruling("grant"))

        (waiting,) = result.noted("waiting_for_funds")
        assert waiting.reference == made[2].reference
        after = cases.store.read(lambda tx: dossiers.by_id(tx, made[2].id))
        assert (after.phase, after.waiting_for_funds, after.granted_cents) == ("instruction", True, None)
        envelope = cases.store.read(lambda tx: envelopes.find(tx, "essai", "dep-74"))
        assert envelope is not None
        assert envelope.committed_cents == 20_000
        kinds = [event.kind for event in cases.store.read(lambda tx: journal.of_subject(tx, made[2].id))]
        assert kinds[-1] == "waiting_for_funds"
        assert "decided" not in kinds
        notices = cases.store.act(lambda tx: outbox.claim(tx, "test", kinds=("notice",)))
        assert [one.payload["event"] for one in notices] == ["waiting_for_funds"]
