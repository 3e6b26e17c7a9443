"""Stages that only some dossiers have, through the acts: who has them, what the journal and the pages say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conditional import under_condition
from databases import each_address
from guichet.locale import Texts
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.repinning import repin
from guichet.services.rulings import Ruling
from guichet.services.tracking import track
from guichet.storage import Tx, accounts, agents
from guichet.web.instruction.milestones import timeline_of
from guichet.web.teleservice.timeline import timeline_view
from instructing import left_codes, selected
from mended import a_dossier, a_trial, lines, now, publish_trial

FAVOURABLE = Answers(favourable=True)


@contextmanager
def a_commission(folder: Path, url: str | None = None) -> Iterator[tuple[UseCases, str]]:
    """The trial scheme with a commission above 300 €, and an agent of the service and of the commission."""
    with a_trial(folder, url) as (cases, _):
        publish_trial(cases, folder / "second", under_condition("computed_amount > 300 €"))

        def act(tx: Tx) -> str:
            agent = agents.ensure(tx, email="agent@exemple.fr", name="Anne Roux")
            for body in ("service", "commission", "president"):
                office = agents.ensure_organisation(tx, territory="dep-73", body=body, name=body).id
                role = "decider" if body == "president" else "instructor"
                agents.assign(tx, agent_id=agent.id, role=role, organisation_id=office, territory="dep-73", scheme=None)
            return agent.id

        yield cases, cases.store.act(act)


@each_address
def test_a_dossier_under_the_threshold_passes_over_the_commission_and_its_journal_says_so(
    address: object, tmp_path: Path
) -> None:
    with address(tmp_path) as url, a_commission(tmp_path, url) as (cases, agent):
        small, large = a_dossier(cases, effectif=3, perte=30_000), a_dossier(cases, effectif=3, perte=30_001)
        assert (small.stage, large.stage) == ("avis", "avis")

        assert not give_opinions(cases, agent, selected([small, large]), FAVOURABLE).left

        assert (now(cases, small).stage, now(cases, large).stage) == ("decision", "commission")
        (line,) = lines(cases, small, "stage_passed_over")
        assert (line["stage"], line["when"], line["amount"]) == ("commission", "computed_amount > 300 €", 30_000)
        assert lines(cases, large, "stage_passed_over") == []
        assert not give_opinions(cases, agent, selected([now(cases, large)]), FAVOURABLE).left
        assert now(cases, large).stage == "decision"


def test_a_decision_that_needs_the_commission_is_taken_on_a_dossier_that_did_not(tmp_path: Path) -> None:
    with a_commission(tmp_path) as (cases, agent):
        small, large = a_dossier(cases, effectif=3, perte=30_000), a_dossier(cases, effectif=3, perte=30_001)
        give_opinions(cases, agent, selected([small, large]), FAVOURABLE)
        today = cases.today("dep-73")
        head = ActHead(next(iter(cases.territory("dep-73").signatories_for("president", today))), "73-1", today)

        result = decide_all(
            cases, agent, selected([now(cases, small), now(cases, large)]), Ruling("refuse", reason="Non."), head
        )

        assert (left_codes(result), now(cases, small).phase) == (["wrong_phase"], "decided")


def test_the_condition_is_read_when_the_stage_before_ends_not_before(tmp_path: Path) -> None:
    with a_commission(tmp_path) as (cases, agent):
        dossier = a_dossier(cases, effectif=3, perte=30_000)
        publish_trial(cases, tmp_path / "third", under_condition("computed_amount > 200 €"))

        assert not give_opinions(cases, agent, selected([dossier]), FAVOURABLE).left

        assert now(cases, dossier).stage == "commission"


def test_a_dossier_that_nobody_can_tell_is_held_at_the_stage(tmp_path: Path) -> None:
    with a_commission(tmp_path) as (cases, agent):
        dossier = a_dossier(cases, effectif=3, perte=None)
        assert dossier.outcome == "undetermined"

        assert not give_opinions(cases, agent, selected([dossier]), FAVOURABLE).left

        assert now(cases, dossier).stage == "commission"


def test_a_dossier_that_begins_again_passes_over_a_first_stage_it_does_not_need(tmp_path: Path) -> None:
    with a_commission(tmp_path) as (cases, _):
        dossier = a_dossier(cases, effectif=3, perte=30_000)
        first = under_condition("computed_amount > 400 €")
        declared = first.replace("    avis: {label: Avis du service, body: service, act: opinion}\n", "")
        publish_trial(cases, tmp_path / "third", declared.replace("{service: Service, ", "{"))

        repin(cases, "essai", ("dep-73",), "étape supprimée")

        assert now(cases, dossier).stage == "decision"
        assert [line["stage"] for line in lines(cases, dossier, "stage_passed_over")] == ["commission"]


def test_applicant_and_agent_see_what_may_come_and_what_was_passed_over(tmp_path: Path) -> None:
    with a_commission(tmp_path) as (cases, agent):
        dossier = a_dossier(cases, effectif=3, perte=30_000)
        account = cases.store.act(lambda tx: accounts.ensure(tx, "anne@exemple.fr").id)
        say = Texts("fr")

        def seen() -> list[tuple[str, str]]:
            events = timeline_view(track(cases, account, dossier.reference), say)
            return [(event["state"], event["text"]) for event in events if event["title"] == "Avis de la commission"]

        assert seen() == [("todo", "Cette étape ne concerne que certaines demandes.")]
        give_opinions(cases, agent, selected([dossier]), FAVOURABLE)
        assert seen() == [("done", "Cette étape n’était pas nécessaire.")]
        of_agents = timeline_of(track(cases, account, dossier.reference), say, "fr")
        (told,) = [event["text"] for event in of_agents if event["title"] == "Avis de la commission"]
        assert told == "Étape passée\u00a0: sa condition n’était pas remplie"
