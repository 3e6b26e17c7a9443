"""`guichet ready` and `guichet publish`: what is red, where, what to do; exit codes; waivers; JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guichet.settings import Settings, SmtpSettings
from guichet.storage import instances
from guichet_cli.main import run
from launching import PLACE, a_launch, complete_library, people_for


def an_own_instance(tmp_path: Path, *, live: bool = False) -> Path:
    """Give the folder of an instance that declares `essai` itself, with its agents and no mail server."""
    complete_library(tmp_path)
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'guichet.sqlite3'}")
    with a_launch(tmp_path, mode="live" if live else "sandbox", settings=settings) as cases:
        people_for(cases)
        cases.store.act(lambda tx: instances.set_business_day(tx, cases.clock.business().date()))
    return tmp_path


def guichet(folder: Path, *words: str) -> int:
    return run(words, Settings(language="fr", instance=folder))


def test_what_is_red_is_told_with_its_place_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = an_own_instance(tmp_path)
    path = folder / "schemes/essai/scheme.yaml"
    path.write_text(path.read_text("utf-8").replace(", dpia: 2020-04-01", ""), "utf-8")
    assert guichet(folder, "ready", "essai", "--territory", PLACE) == 2
    out = capsys.readouterr().out
    assert "schemes/essai/scheme.yaml:12:" in out
    assert "→ legal.data.dpia : le jour où elle a été validée" in out
    assert "2 points rouges." in out


def test_waived_or_mended_it_exits_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = an_own_instance(tmp_path)
    here = ("ready", "essai", "--territory", PLACE)
    assert guichet(folder, *here, "--waive", "sender", "--because", "Essai lundi", "--by", "Anne Le Goff") == 0
    assert "dispensé par Anne Le Goff le 2020-05-04 : Essai lundi" in capsys.readouterr().out
    assert guichet(folder, *here, "--unwaive", "sender") == 2
    assert "une reprise de dispense dit qui la décide" in capsys.readouterr().err
    assert guichet(folder, *here) == 0
    assert guichet(folder, *here, "--unwaive", "sender", "--by", "Anne Le Goff") == 2


def test_a_test_message_leaves_and_its_code_acknowledges_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = an_own_instance(tmp_path)
    here = ("ready", "essai", "--territory", PLACE)
    assert guichet(folder, *here, "--send-test", "boite@exemple.fr") == 2
    (mail,) = (folder / "mails").glob("*.eml")
    code = mail.read_text("utf-8").strip().split()[-1]
    assert f"un fichier de {folder / 'mails'}" in capsys.readouterr().err
    assert guichet(folder, *here, "--acknowledge", "FAUX2345", "--by", "Anne Le Goff") == 2
    assert guichet(folder, *here, "--acknowledge", code, "--by", "Anne Le Goff") == 0
    assert "ce code n'est pas celui" in capsys.readouterr().err


def test_a_mail_server_that_is_down_is_said_in_words_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = an_own_instance(tmp_path)
    down = Settings(language="fr", instance=folder, smtp=SmtpSettings("127.0.0.1", 1, "none", None, None, None))
    assert run(("ready", "essai", "--territory", PLACE, "--send-test", "boite@exemple.fr"), down) == 2
    assert "n'est pas parti" in capsys.readouterr().err
    assert "Traceback" not in caplog.text


def test_as_json_each_item_has_its_state_and_each_problem_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = an_own_instance(tmp_path)
    assert guichet(folder, "ready", "essai", "--territory", PLACE, "--json") == 2
    (told,) = json.loads(capsys.readouterr().out)
    states = {item["item"]: item["state"] for item in told["items"]}
    assert len(states) == 15
    assert [item for item, state in states.items() if state != "green"] == ["sender"]
    assert told["ready"] is False


def test_several_territories_and_none_named_asks_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = an_own_instance(tmp_path)
    assert guichet(folder, "ready", "essai") == 2
    assert "pour quel territoire ?" in capsys.readouterr().err
    assert guichet(folder, "ready", "essai", "--all") == 2
    assert "essai, dep-73" in capsys.readouterr().out


def test_publishing_live_prints_the_red_lines_and_publishes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = an_own_instance(tmp_path, live=True)
    assert guichet(folder, "publish", "essai", "--territory", PLACE) == 2
    told = capsys.readouterr()
    assert "dep-74 : 1 point rouge, rien n'est publié" in told.err
    assert "aucun serveur de messagerie" in told.err
    here = ("ready", "essai", "--territory", PLACE)
    assert guichet(folder, *here, "--waive", "sender", "--because", "Essai lundi", "--by", "Anne Le Goff") == 0
    assert guichet(folder, "publish", "essai", "--territory", PLACE) == 0
