"""`guichet tokens`: shown once, listed without their secret, revoked by the end of their number."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from databases import sqlite_url
from guichet.settings import Settings
from guichet_cli.main import run
from instances import an_instance

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(language="fr", database_url=sqlite_url(tmp_path), instance=tmp_path)
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53"], settings=made):
        pass
    return made


def test_a_token_is_shown_once_and_alone_on_its_line(settings: Settings, capsys: Capture) -> None:
    assert run(["tokens", "list"], settings) == 0
    assert "guichet tokens create" in capsys.readouterr().err
    words = ["tokens", "create", "Compta Plus", "--territory", "reg-53", "--scheme", "aide-simple", "--may", "submit"]
    assert run([*words, "--expires", "2027-06-30"], settings) == 0
    said = capsys.readouterr()
    secret = said.out.strip()
    assert re.fullmatch(r"guichet_[0-9a-f]{64}", secret)
    assert "Il ne sera plus montré" in said.err
    assert run(["tokens", "list"], settings) == 0
    listed = capsys.readouterr().out
    assert secret not in listed
    assert "valable  Compta Plus  reg-53  aide-simple  submit  jusqu'au 2027-06-30  jamais utilisé" in listed
    number = listed.split()[0]
    assert run(["tokens", "revoke", number[-8:]], settings) == 0
    capsys.readouterr()
    run(["tokens", "list"], replace(settings, language="en"))
    assert "revoked  Compta Plus" in capsys.readouterr().out


def test_everything_wrong_with_a_token_is_said_at_once(settings: Settings, capsys: Capture) -> None:
    words = ["tokens", "create", " ", "--territory", "53", "--scheme", "aide-simpl", "--may", "read_answers"]
    assert run([*words, "--expires", "2031-01-01", "--per-minute", "0"], settings) == 2
    said = capsys.readouterr().err
    for text in ("n'a pas de nom", "53", 'vouliez-vous dire "aide-simple"', "--may read", "400 jours", "de 1 à 100000"):
        assert text in said
    assert run(["tokens", "create", "x", "--expires", "2027-01-01"], settings) == 2
    said = capsys.readouterr().err
    assert "aucun territoire" in said
    assert "ne permet rien" in said


def test_a_token_without_an_end_is_not_made(settings: Settings, capsys: Capture) -> None:
    assert run(["tokens", "create", "x", "--territory", "reg-53", "--may", "read"], settings) == 2
    assert "--expires" in capsys.readouterr().err


def test_a_number_that_is_nobodys_is_refused(settings: Settings, capsys: Capture) -> None:
    assert run(["tokens", "revoke", "zzz"], settings) == 2
    assert 'le numéro "zzz"' in capsys.readouterr().err
