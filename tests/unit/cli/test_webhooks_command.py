"""`guichet webhooks`: how they go, what was given up, sending again, trying one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from calling import a_caller, simple_body
from databases import sqlite_url
from guichet.runtime import build
from guichet.services.webhooks.following import follow
from guichet.settings import Settings
from guichet.worker.loop import drain
from guichet_cli.main import run
from instances import an_instance, the_plugins
from receiving import SECRET, Receiver, a_receiver

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path, receiver: Receiver) -> Settings:
    instance, data = tmp_path / "aides", tmp_path / "aides" / "var"
    data.mkdir(parents=True)
    (instance / "secrets").mkdir()
    (instance / "secrets" / "compta").write_text(SECRET)
    declared = (
        f"webhooks:\n  compta:\n    url: {receiver.url}\n    secret: secret:compta\n    events: [dossier.filed]\n"
    )
    (instance / "instance.yaml").write_text(f"format: 1\nmode: sandbox\n{declared}")
    made = Settings(language="fr", database_url=sqlite_url(tmp_path), instance=instance)
    with an_instance(data, schemes=["aide-simple"], territories=["reg-53"], settings=made) as cases:
        follow(cases)
        receiver.status = "410 Gone"
        with a_caller(cases) as caller:
            caller.file("reg-53/aide-simple", simple_body())
        drain(cases)
        receiver.status = "200 OK"
        receiver.got.clear()
    return made


def test_what_was_given_up_is_listed_explained_and_sent_again(
    settings: Settings, receiver: Receiver, capsys: Capture, tmp_path: Path
) -> None:
    assert run(["webhooks", "list"], settings) == 0
    assert "dossier.filed  en attente 0, envoyés 0, abandonnés 1" in capsys.readouterr().out
    assert run(["webhooks", "failed", "compta"], settings) == 0
    assert "dossier.filed  reg-53" in capsys.readouterr().out
    assert run(["webhooks", "replay", "compta"], settings) == 0
    assert "1 événement partira." in capsys.readouterr().out
    cases = build(settings, folder=tmp_path / "aides" / "var", plugins=the_plugins())
    drain(cases)
    cases.store.close()
    assert [one["json"]["type"] for one in receiver.got] == ["dossier.filed"]
    assert receiver.got[0]["signed"]


def test_a_day_is_sent_again_whole(settings: Settings, capsys: Capture) -> None:
    assert run(["webhooks", "replay", "compta", "--since", "2020-04-20", "--territory", "reg-53"], settings) == 0
    assert "1 événement partira." in capsys.readouterr().out
    assert run(["webhooks", "replay", "compta", "--since", "2020-04-21"], settings) == 0
    assert "0 événement partira." in capsys.readouterr().out
    assert run(["webhooks", "replay", "compta", "--since", "2020-04-20", "--territory", "53"], settings) == 2


def test_a_test_event_says_whether_it_was_accepted(settings: Settings, receiver: Receiver, capsys: Capture) -> None:
    assert run(["webhooks", "try", "compta"], settings) == 0
    assert "a accepté" in capsys.readouterr().out
    assert receiver.got[-1]["signed"]
    receiver.status = "500 Oops"
    assert run(["webhooks", "try", "compta"], settings) == 1
    assert "500" in capsys.readouterr().err


def test_the_doctor_says_which_webhook_cannot_sign(settings: Settings, capsys: Capture, tmp_path: Path) -> None:
    def said() -> str:
        run(["doctor"], settings)
        return capsys.readouterr().out

    assert "le webhook compta signe ce qu'il envoie" in said()
    (tmp_path / "aides" / "secrets" / "compta").write_text("court")
    assert "le secret du webhook compta est court" in said()
    (tmp_path / "aides" / "secrets" / "compta").unlink()
    assert "le webhook compta ne peut rien envoyer" in said()


def test_an_unknown_name_is_refused_with_the_nearest(settings: Settings, capsys: Capture) -> None:
    assert run(["webhooks", "failed", "comta"], settings) == 2
    assert 'vouliez-vous dire "compta"' in capsys.readouterr().err
