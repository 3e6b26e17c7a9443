"""E-mail."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from guichet import Attached, Message, Refused, Unavailable
from guichet.testing import a_context
from guichet_plugins.notify.email import Email, EmailOptions, mail_of
from smtp_sink import smtp_sink

MESSAGE = Message(
    id="018f-1",
    to="jeanne@exemple.fr",
    subject="Décision : 2 000 €",
    body="Bonjour,\n.\nÀ bientôt",
    attachments=(Attached("décision.pdf", "application/pdf", b"%PDF-1.7"),),
    sender_name="Région Bretagne, aides",
    reply_to="aides@bretagne.exemple",
)


def by_server(port: int, **changes: Any) -> EmailOptions:
    return EmailOptions.model_validate({"smtp_host": "127.0.0.1", "smtp_port": port, "security": "none", **changes})


def test_without_a_server_a_message_becomes_a_file(tmp_path: Path):
    sent = Email().send(MESSAGE, EmailOptions(), a_context(folder=tmp_path))
    mail = message_from_bytes((tmp_path / "mails/018f-1.eml").read_bytes(), policy=default)
    assert (mail["To"], mail["Subject"], mail["Message-ID"]) == (
        "jeanne@exemple.fr",
        "Décision : 2 000 €",
        sent.reference,
    )
    assert mail.get_body().get_content().splitlines() == ["Bonjour,", ".", "À bientôt"]  # type: ignore[union-attr]  a plain body
    attached = next(mail.iter_attachments())
    assert (attached.get_filename(), attached.get_content()) == ("décision.pdf", b"%PDF-1.7")


def test_the_same_message_is_the_same_bytes():
    context = a_context(now=datetime(2020, 4, 20, 8, tzinfo=UTC))
    assert bytes(mail_of(MESSAGE, EmailOptions(), context)) == bytes(mail_of(MESSAGE, EmailOptions(), context))


def test_the_instant_of_sending_is_the_one_given():
    mail = mail_of(MESSAGE, EmailOptions(), a_context(now=datetime(2020, 4, 20, 8, tzinfo=UTC)))
    assert mail["Date"] == "Mon, 20 Apr 2020 08:00:00 +0000"


def test_a_mail_of_the_sandbox_says_so():
    assert mail_of(MESSAGE, EmailOptions(), a_context(mode="sandbox"))["Subject"].startswith("[bac à sable] ")


@pytest.mark.parametrize("part", ["to", "subject", "sender_name", "reply_to"])
@pytest.mark.parametrize("text", ["a@b.fr\nBcc: c@d.fr", "a@b.fr\r\n\r\nbody", "a@b.fr\rX: y", "a@b.fr\u2028X: y"])
def test_no_text_becomes_a_header(part: str, text: str):
    with pytest.raises(Refused):
        mail_of(replace(MESSAGE, **{part: text}), EmailOptions(), a_context())


def test_the_name_of_an_attachment_becomes_no_header_either():
    attached = Attached('a"\r\nBcc: c@d.fr', "application/pdf", b"%PDF")
    mail = message_from_bytes(bytes(mail_of(replace(MESSAGE, attachments=(attached,)), EmailOptions(), a_context())))
    assert "Bcc" not in {key for part in mail.walk() for key, _ in part.items()}


def test_a_server_takes_the_message():
    with smtp_sink() as server:
        Email().send(MESSAGE, by_server(server.port), a_context())
    mail = message_from_bytes(server.mails[0], policy=default)
    assert mail["Subject"] == "Décision : 2 000 €"
    assert server.recipients == ["jeanne@exemple.fr"]


def test_an_address_the_server_refuses_is_refused():
    with smtp_sink(answer_to_recipient="550 no such user") as server, pytest.raises(Refused) as refused:
        Email().send(MESSAGE, by_server(server.port), a_context())
    assert refused.value.reason.fr == "Le serveur de messagerie refuse l'adresse (550)."


@pytest.mark.parametrize("answers", [{"answer_to_recipient": "451 later"}, {"answer_to_data": "452 full"}])
def test_a_server_that_puts_a_message_off_is_tried_again(answers: dict[str, str]):
    with smtp_sink(**answers) as server, pytest.raises(Unavailable):
        Email().send(MESSAGE, by_server(server.port), a_context())


def test_a_message_taken_is_sent_whatever_the_server_answers_to_the_goodbye():
    with smtp_sink(answer_to_quit="421 too busy") as server:
        Email().send(MESSAGE, by_server(server.port), a_context())  # an error here would send it a second time
    assert len(server.mails) == 1


def test_an_account_the_server_refuses_loses_no_message():
    context = a_context(secrets={"smtp": "old"})
    with smtp_sink(answer_to_account="535 no") as server, pytest.raises(Unavailable, match="account"):
        Email().send(MESSAGE, by_server(server.port, user="u", password="secret:smtp"), context)


def test_a_server_that_hangs_up_on_a_wrong_password_is_not_said_to_be_silent():
    context = a_context(secrets={"smtp": "old"})
    with smtp_sink(answer_to_account="") as server, pytest.raises(Unavailable, match="see `user` and `password`"):
        Email().send(MESSAGE, by_server(server.port, user="u", password="secret:smtp"), context)


@pytest.mark.parametrize("to", ["rené@exemple.fr", "a..b@exemple.fr", "a@.", "a@ex..fr"])
def test_an_address_no_mail_can_bear_is_refused_and_breaks_no_channel(to: str):
    with pytest.raises(Refused):
        mail_of(replace(MESSAGE, to=to), EmailOptions(), a_context())


def test_a_domain_with_accents_is_written_as_the_network_has_it():
    mail = mail_of(replace(MESSAGE, to="jeanne@crêperie.example"), EmailOptions(), a_context())
    assert mail["To"] == "jeanne@xn--crperie-kya.example"


def test_a_refusal_which_logs_and_the_journal_keep_does_not_quote_the_address():
    with pytest.raises(Refused) as refused:
        mail_of(replace(MESSAGE, to="jeanne dupont@exemple.fr"), EmailOptions(), a_context())
    assert "jeanne" not in str(refused.value)


def test_a_silent_server_is_tried_again():
    with smtp_sink() as server:
        port = server.port
    with pytest.raises(Unavailable):
        Email().send(MESSAGE, by_server(port), a_context())


def test_a_server_without_encryption_is_not_given_a_message_meant_for_one_with():
    with smtp_sink() as server, pytest.raises(Unavailable, match="STARTTLS"):
        Email().send(MESSAGE, by_server(server.port, security="starttls"), a_context())
    assert server.mails == []


def test_a_password_is_named_and_never_written():
    with pytest.raises(ValidationError, match="secret_in_clear"):
        EmailOptions.model_validate({"password": "hunter2"})
    with pytest.raises(Refused, match="smtp"):
        Email().send(MESSAGE, by_server(1, user="u", password="secret:smtp"), a_context())


def test_a_folder_outside_the_installation_is_refused(tmp_path: Path):
    with pytest.raises(Refused):
        Email().send(MESSAGE, EmailOptions(folder="../mails"), a_context(folder=tmp_path))
