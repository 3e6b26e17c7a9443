"""Messages: one per event, traced, tried again, shown when given up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from databases import SteppedClock
from guichet import Message, NoOptions, NotificationChannel, Refused, Sent, Unavailable, hookimpl
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.services.duties import tries_of
from guichet.services.notices import send_notice
from guichet.settings import Settings, SmtpSettings
from guichet.storage import journal, notices, outbox
from guichet.worker.loop import drain
from shipped_plugins import shipped_plugins
from smtp_sink import smtp_sink
from worked import DAY, SCHEME, a_filed_dossier, an_instance, publish_snapshot, snapshot_of


class Moody(NotificationChannel[NoOptions]):
    """A channel that is silent for some tries, or that refuses an address for good."""

    key = "email"
    Options = NoOptions

    def __init__(self) -> None:
        self.silent = 0
        self.refuses = False
        self.carried: list[Message] = []

    def send(self, message: Message, options: NoOptions, context: Any) -> Sent:
        if self.refuses:
            raise Refused(fr="adresse refusée", en="address refused")
        if self.silent:
            self.silent -= 1
            raise Unavailable(fr="plus tard", en="later")
        self.carried.append(message)
        return Sent(reference=f"<{message.id}>")


def with_channel(cases: UseCases) -> tuple[UseCases, Moody]:
    channel = Moody()

    class Plugin:
        @hookimpl
        def register_notification_channels(self) -> list[Moody]:
            return [channel]

    return replace(cases, plugins=shipped_plugins(disabled=["email"], extra={"moody": Plugin()})), channel


def owe(cases: UseCases, dossier: str, event: str, **more: Any) -> None:
    cases.store.act(lambda tx: outbox.put(tx, "notice", {"dossier": dossier, "event": event, **more}))


def test_it_carries_the_text_of_the_scheme_to_the_applicant(tmp_path: Path) -> None:
    with an_instance(tmp_path) as plain:
        cases, channel = with_channel(plain)
        dossier = a_filed_dossier(cases)
        owe(cases, dossier.id, "to_complete", message="Il manque le RIB.\nMerci.", fields=["titulaire", "gone"])
        assert drain(cases).done == 1
        (kept,) = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
        (line,) = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
    (message,) = channel.carried
    assert message.to == "anne@exemple.fr"
    assert message.subject == f"Il manque un élément à votre demande {dossier.reference}"
    assert "Il manque le RIB.\nMerci.\n– Titulaire du compte\n" in message.body
    assert message.sender_name == "Région Bretagne"
    assert (kept.state, kept.attempts, kept.provider_reference) == ("sent", 1, f"<{kept.id}>")
    assert line.kind == "notice_sent"


def test_an_event_that_comes_back_is_told_each_time(tmp_path: Path) -> None:
    with an_instance(tmp_path) as plain:
        cases, channel = with_channel(plain)
        dossier = a_filed_dossier(cases)
        for _ in range(2):
            owe(cases, dossier.id, "completed")
            drain(cases)
    assert len(channel.carried) == 2
    assert channel.carried[0].id != channel.carried[1].id


def test_a_silent_carrier_is_tried_again_with_the_same_message(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, clock=clock) as plain:
        cases, channel = with_channel(plain)
        channel.silent = 2
        dossier = a_filed_dossier(cases)
        owe(cases, dossier.id, "completed")
        assert drain(cases).failed == 1
        assert drain(cases).failed == 0  # not due yet
        for _ in range(2):
            clock.move(minutes=10)
            drain(cases)
        (kept,) = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
    assert (kept.state, kept.attempts) == ("sent", 3)
    assert [message.id for message in channel.carried] == [kept.id]


def test_a_refused_address_is_shown_at_once(tmp_path: Path) -> None:
    with an_instance(tmp_path) as plain:
        cases, channel = with_channel(plain)
        channel.refuses = True
        dossier = a_filed_dossier(cases)
        owe(cases, dossier.id, "completed")
        assert drain(cases).dead == 1
        (kept,) = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
        (dead,) = cases.store.read(outbox.dead)
        (line,) = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
    assert kept.state == "failed"
    assert "address refused" in (dead.last_error or "")
    assert line.kind == "notice_refused"


def test_a_carrier_silent_for_too_long_is_given_up_and_shown(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with an_instance(tmp_path, clock=clock) as plain:
        cases, channel = with_channel(plain)
        tries = tries_of("notice").most
        channel.silent = tries
        dossier = a_filed_dossier(cases)
        owe(cases, dossier.id, "completed")
        for _ in range(tries):
            drain(cases)
            clock.move(hours=2)
        (kept,) = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
        kinds = [line.kind for line in cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
    assert kept.state == "failed"
    assert kinds == ["notice_given_up"]
    assert channel.carried == []


@pytest.mark.parametrize(("event", "values"), [("unheard_of", {}), ("completed", {"account": None})])
def test_without_a_text_or_an_address_nothing_leaves(tmp_path: Path, event: str, values: dict[str, Any]) -> None:
    with an_instance(tmp_path) as plain:
        cases, channel = with_channel(plain)
        dossier = a_filed_dossier(cases, **values)
        send_notice(cases, {"dossier": dossier.id, "event": event})
        assert channel.carried == []
        assert cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id)) == []


def test_the_operator_s_mail_server_carries_messages_once_each(tmp_path: Path) -> None:
    with smtp_sink() as sink:
        smtp = SmtpSettings("127.0.0.1", sink.port, "none", None, None, "aides@bretagne.bzh")
        cases = build(Settings(smtp=smtp), folder=tmp_path, business_day=DAY.date(), plugins=shipped_plugins())
        try:
            cases.store.act(lambda tx: publish_snapshot(tx, snapshot_of(SCHEME, "reg-53")))
            dossier = a_filed_dossier(cases)
            owe(cases, dossier.id, "completed")
            drain(cases)
            drain(cases)
            (kept,) = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
        finally:
            cases.store.close()
    (mail,) = sink.mails
    assert f"Message-ID: <{kept.id}@bretagne.bzh>".encode() in mail
    assert b"\r\nDate: " in mail
    assert not (tmp_path / "mails").exists()
