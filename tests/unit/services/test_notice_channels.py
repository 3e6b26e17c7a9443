"""What an event sends also, through another channel than mail: a message of its own, that no mail waits for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from databases import SteppedClock
from guichet.services.cases import UseCases
from guichet.services.diagnosis.services import look_at_services
from guichet.services.dossier_history import AgentNames, history_of
from guichet.services.dossier_views import read_dossier
from guichet.services.duties import tries_of
from guichet.services.notices import send_notice
from guichet.services.quarantine import Quarantined
from guichet.services.readiness.launch_list import launch_lists
from guichet.storage import Tx, agents, erasure, journal, notices, outbox, restorations
from guichet.web.instruction.history import history_lines
from guichet.worker.loop import drain
from shipped_plugins import shipped_plugins
from texting import TELEPHONE, TERRITORY, a_gateway, a_texting_instance, a_told_dossier, texting_library
from worked import DAY


def states(cases: UseCases, dossier: str) -> dict[str, tuple[str, str, int]]:
    """Give for each channel the address, the state and the tries of the message of a dossier."""
    rows = cases.store.read(lambda tx: notices.of_dossier(tx, dossier))
    return {row.channel: (row.address, row.state, row.attempts) for row in rows}


def lines(cases: UseCases, dossier: str) -> list[tuple[str, str]]:
    """Give the kind and the channel of each line of the journal of a dossier."""
    found = cases.store.read(lambda tx: journal.of_subject(tx, dossier))
    return [(line.kind, json.loads(line.body or "{}")["data"].get("channel", "")) for line in found]


def an_instructor(tx: Tx) -> str:
    """Make an agent who may read dossiers, and give their id."""
    agent = agents.ensure(tx, email="agent@haute-savoie.fr", name="Anne Le Goff")
    body = agents.ensure_organisation(tx, territory=TERRITORY, body="collectivite", name="Services")
    agents.assign(tx, agent_id=agent.id, role="instructor", organisation_id=body.id, territory=TERRITORY)
    return agent.id


def test_an_event_leaves_by_mail_and_by_the_other_channel(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases)
        assert drain(cases).done == 2
        assert states(cases, dossier.id) == {
            "email": ("anne@exemple.fr", "sent", 1),
            "sms": (TELEPHONE, "sent", 1),
        }
        assert sorted(lines(cases, dossier.id)) == [("notice_sent", "email"), ("notice_sent", "sms")]
        rows = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
    ((name, said),) = gateway.taken
    assert said == {"to": TELEPHONE, "text": f"[bac à sable] Dossier {dossier.reference} complet."}
    assert {row.id for row in rows if row.channel == "sms"} == {name}
    assert len({row.id for row in rows}) == 2


def test_a_live_instance_adds_nothing_to_the_text(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases)
        drain(replace(cases, mode="live"))
    ((_, said),) = gateway.taken
    assert said["text"] == f"Dossier {dossier.reference} complet."


def test_a_gateway_that_is_down_keeps_no_mail_back_and_is_tried_again_with_the_same_message(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url, clock=clock) as cases:
        gateway.served.fail("5xx")
        dossier = a_told_dossier(cases)
        went = drain(cases)
        assert (went.done, went.failed) == (1, 1)
        assert states(cases, dossier.id)["email"][1] == "sent"
        assert states(cases, dossier.id)["sms"] == (TELEPHONE, "queued", 1)
        gateway.served.fail("none")
        clock.move(minutes=30)
        assert drain(cases).done == 1
        assert states(cases, dossier.id)["sms"] == (TELEPHONE, "sent", 2)
    assert len(gateway.taken) == 1


def test_one_that_is_given_up_is_told_beside_the_dossier_under_its_channel(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url, clock=clock) as cases:
        gateway.served.fail("5xx")
        dossier = a_told_dossier(cases)
        for _ in range(tries_of("notice").most):
            drain(cases)
            clock.move(hours=2)
        assert lines(cases, dossier.id) == [("notice_sent", "email"), ("notice_given_up", "sms")]
        assert states(cases, dossier.id)["sms"][1] == "failed"
        told = cases.store.read(lambda tx: history_of(tx, AgentNames(tx), dossier))
    assert [one.data["channel"] for one in told] == ["email", "sms"]


def test_a_number_that_is_refused_is_told_at_once_and_the_mail_left(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases, answers={"telephone": "0612"})
        went = drain(cases)
        assert (went.done, went.dead) == (1, 1)
        assert sorted(lines(cases, dossier.id)) == [("notice_refused", "sms"), ("notice_sent", "email")]
    assert gateway.taken == []


@pytest.mark.parametrize(
    "answers", [{"telephone": None}, {"annule": False}], ids=["nothing answered", "no longer asked"]
)
def test_without_an_answer_nobody_is_told(tmp_path: Path, answers: dict[str, object]) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases, answers=answers)
        assert drain(cases).done == 2
        assert list(states(cases, dossier.id)) == ["email"]
    assert gateway.taken == []


def test_in_practice_no_number_is_told(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases, practice=True)
        assert drain(cases).done == 1
        send_notice(cases, {"dossier": dossier.id, "event": "completed", "channel": "sms", "beside": "m"})
        assert list(states(cases, dossier.id)) == ["email"]
    assert gateway.taken == []


def test_a_restored_instance_tells_nobody(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases)
        cases.store.act(lambda tx: restorations.enter(tx, backup="b", backup_at=DAY))
        assert drain(cases).done == 0
        with pytest.raises(Quarantined):
            send_notice(cases, {"dossier": dossier.id, "event": "completed", "channel": "sms", "beside": "m"})
    assert gateway.taken == []


def test_a_channel_switched_off_is_waited_for_and_the_mail_leaves(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases)
        went = drain(replace(cases, plugins=shipped_plugins()))
        assert (went.done, went.failed) == (1, 1)
        assert states(cases, dossier.id)["sms"][1] == "queued"


def test_the_number_is_forgotten_with_the_dossier(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        gateway.served.fail("5xx")
        dossier = a_told_dossier(cases)
        drain(cases)
        assert states(cases, dossier.id)["sms"] == (TELEPHONE, "queued", 1)
        cases.store.act(lambda tx: erasure.erase(tx, [dossier.id]))
        assert states(cases, dossier.id) == {}
        assert cases.store.read(lambda tx: outbox.undone(tx)) == {}


def test_the_doctor_says_what_is_not_set_for_a_channel_that_a_published_scheme_sends_by(tmp_path: Path) -> None:
    with a_texting_instance(tmp_path, "") as cases:
        found = {one.item: one for one in look_at_services(cases, ())}
    assert found["service:sms"].state == "red"
    assert found["service:sms"].problem.data["said_fr"] == "Donnez base_url."


@pytest.mark.parametrize(("url", "codes"), [("", ["ready.channel_not_set"]), ("https://sms.exemple.fr", [])])
def test_a_launch_waits_for_the_settings_of_the_channel(tmp_path: Path, url: str, codes: list[str]) -> None:
    with a_texting_instance(tmp_path, url) as cases:
        (found,) = launch_lists(cases, texting_library(tmp_path), "essai", [TERRITORY])
        (line,) = [one for one in found.lines if one.item == "sender"]
    assert [one.code for one in line.finding.problems] == ["ready.sender_not_tested", *codes]


def test_the_history_of_the_dossier_says_by_which_channel_and_nothing_of_mail(tmp_path: Path) -> None:
    with a_gateway() as gateway, a_texting_instance(tmp_path, gateway.served.url) as cases:
        dossier = a_told_dossier(cases)
        drain(cases)
        agent = cases.store.act(an_instructor)
        shown = history_lines(cases, read_dossier(cases, agent, dossier.reference), "fr")
    assert sorted(one["detail"] for one in shown) == ["", "canal sms"]
