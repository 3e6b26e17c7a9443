"""Other software is told of each event, once signed, whatever fails; and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from applying import IBAN
from calling import a_caller, simple_body
from drafting import an_account, the_dossier_of
from guichet.model.webhooks import EVENT_OF, EVENTS
from guichet.services.cases import UseCases
from guichet.services.webhooks.following import follow
from guichet.services.webhooks.sending import send_test
from guichet.services.webhooks.watching import failed_events, replay_failed, replay_since, watched
from guichet.services.withdrawals import withdraw
from guichet.storage import outbox, outside_calls
from guichet.worker.loop import drain
from instances import an_instance
from receiving import Receiver, a_receiver, is_signed, told_to

SIMPLE = "aide-simple"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[SIMPLE], territories=["reg-53", "reg-84"]) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as made:
        yield made


def file_one(cases: UseCases, email: str = "anne@exemple.fr") -> str:
    with a_caller(cases) as caller:
        return caller.file(f"reg-53/{SIMPLE}", simple_body(email)).json()["reference"]


def events(receiver: Receiver) -> list[str]:
    return [one["json"]["type"] for one in receiver.got]


def test_a_filing_is_told_signed_and_says_nothing_of_a_person(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver)
    follow(told)
    reference = file_one(told)
    drain(told)
    assert events(receiver) == ["dossier.filed", "dossier.in_instruction"]
    first = receiver.got[0]
    assert first["signed"]
    assert first["headers"]["webhook-id"].startswith("msg_")
    assert first["json"]["data"]["reference"] == reference
    assert set(first["json"]["data"]) == {
        "reference", "territory", "scheme", "event", "number", "at", "practice", "dossier",
    }  # fmt: skip
    for secret in ("anne@exemple.fr", "Kermarrec", "KERMARREC", IBAN.replace(" ", ""), "732829320", "1000"):
        assert secret not in first["body"].decode()


def test_a_body_changed_on_the_way_no_longer_fits_its_signature(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver)
    send_test(told, "compta")
    (got,) = receiver.got
    assert got["signed"]
    assert not is_signed(got["headers"], got["body"].replace(b"test", b"tesd"))
    assert not is_signed({**got["headers"], "webhook-timestamp": "1"}, got["body"])
    assert not is_signed(got["headers"], got["body"], secret="whsec_b3RoZXI=")


def test_both_secrets_sign_while_one_takes_the_place_of_the_other(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver, old_secret="secret:webhook")
    send_test(told, "compta")
    assert len(receiver.got[0]["headers"]["webhook-signature"].split()) == 2


def test_only_the_events_wanted_are_told(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver, events=("dossier.withdrawn",), territories=("reg-53",))
    follow(told)
    reference = file_one(told)
    drain(told)
    withdraw(told, an_account(told), reference)
    drain(told)
    assert events(receiver) == ["dossier.withdrawn"]
    elsewhere = told_to(cases, receiver, territories=("reg-84",))
    file_one(elsewhere, "autre@exemple.fr")
    drain(elsewhere)
    assert events(receiver) == ["dossier.withdrawn"]


def test_a_webhook_begins_where_the_journal_is(cases: UseCases, receiver: Receiver) -> None:
    file_one(cases)
    told = told_to(cases, receiver)
    drain(told)
    assert "dossier.filed" not in events(receiver)
    assert replay_since(told, "compta", date(2020, 4, 20)) == 2
    drain(told)
    assert "dossier.filed" in events(receiver)


def test_a_receiver_that_is_down_is_told_later_and_nothing_is_lost(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver)
    follow(told)
    receiver.status = "503 Service Unavailable"
    references = {file_one(told, f"person{number}@exemple.fr") for number in range(3)}
    drain(told)
    receiver.status = "204 No Content"
    receiver.got.clear()
    for _ in range(12):
        cases.clock.advance(minutes=70)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
        drain(told)
    assert {one["json"]["data"]["reference"] for one in receiver.got} == references
    assert watched(told)[0].waiting == 0


def test_what_was_given_up_is_shown_and_sent_again(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver, events=("dossier.filed",))
    follow(told)
    receiver.status = "410 Gone"
    reference = file_one(told)
    drain(told)
    (lost,) = failed_events(told, "compta")
    assert (lost.event, lost.reference) == ("dossier.filed", reference)
    assert "410" in lost.why
    assert watched(told)[0].failed == 1
    first = receiver.got[0]["headers"]["webhook-id"]
    receiver.status = "200 OK"
    assert replay_failed(told, "compta") == 1
    drain(told)
    assert watched(told)[0].failed == 0
    assert receiver.got[-1]["headers"]["webhook-id"] == first  # so that a receiver knows it has seen it


def test_two_workers_that_follow_tell_each_event_once(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver)
    follow(told)
    file_one(told)
    assert follow(told) + follow(told) == 1
    drain(told)
    file_one(told, "b@exemple.fr")
    drain(told, threads=2)
    ids = [one["headers"]["webhook-id"] for one in receiver.got]
    assert len(ids) == len(set(ids)) == 4


def test_a_webhook_taken_away_is_shown_not_sent(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver)
    follow(told)
    file_one(told)
    follow(told)
    went = drain(cases)
    assert went.dead == 1
    assert receiver.got == []
    assert [row.kind for row in cases.store.read(outbox.dead)] == ["webhook"]


def test_a_call_log_holds_the_event_and_never_what_was_said(cases: UseCases, receiver: Receiver) -> None:
    told = told_to(cases, receiver)
    send_test(told, "compta")
    (call,) = cases.store.read(outside_calls.latest)
    assert (call.service, call.purpose, call.outcome) == ("webhook_compta", "webhook webhook.test", "answered")
    follow(told)
    dossier = the_dossier_of(cases, file_one(told)).id
    drain(told)
    named = cases.store.read(lambda tx: outside_calls.latest(tx, dossier=dossier))
    assert len(named) == 2, "what shows the calls of a dossier, and forgets them with it, goes by its id"


def test_each_event_comes_of_some_line_of_the_journal() -> None:
    assert {*EVENT_OF.values(), "payment.moved"} == set(EVENTS)


def test_a_deleted_dossier_is_told_no_more(cases: UseCases, receiver: Receiver) -> None:
    from sqlalchemy import text

    told = told_to(cases, receiver)
    follow(told)
    gone = the_dossier_of(told, file_one(told)).id
    for table in ("attachment", "document", "notice", "exchange", "call", "opinion"):
        told.store.act(lambda tx, t=table: tx.run(text(f"DELETE FROM {t} WHERE dossier = :id"), {"id": gone}))
    told.store.act(lambda tx: tx.run(text("DELETE FROM dossier WHERE id = :id"), {"id": gone}))
    assert follow(told) == 0


def test_the_message_is_plain_json(cases: UseCases, receiver: Receiver) -> None:
    send_test(told_to(cases, receiver), "compta")
    assert json.loads(receiver.got[0]["body"])["type"] == "webhook.test"
