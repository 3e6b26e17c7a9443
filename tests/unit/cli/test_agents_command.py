"""`guichet agents`: a ledger, first passwords in a file of their own, refusals with their place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from guichet.settings import Settings
from guichet_cli.main import run

Capture = pytest.CaptureFixture[str]
HEAD = "email;name;role;organisation;body;territory\n"
GOOD = "anne@exemple.fr;Anne Le Goff;instructor;Région Bretagne;collectivite;reg-53\n"


def guichet(folder: Path, *words: str) -> int:
    return run([*words, "--folder", str(folder / "instance")], Settings(language="fr"))


def a_file(folder: Path, text: str) -> str:
    path = folder / "agents.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_is_imported_with_its_ledger_and_first_passwords(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "passwords.csv"
    assert guichet(tmp_path, "agents", "import", a_file(tmp_path, HEAD + GOOD), "--out", str(out)) == 0
    said = capsys.readouterr().out
    assert "1 ligne lue : ajoutées 1, modifiées 0, inchangées 0, rejetées 0" in said
    assert "1 premier mot de passe" in said
    assert out.stat().st_mode & 0o077 == 0
    (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines(), delimiter=";")
    assert row["email"] == "anne@exemple.fr"
    assert row["password"] not in said


def test_a_second_import_changes_nothing_and_gives_no_password(tmp_path: Path, capsys: Capture) -> None:
    file = a_file(tmp_path, HEAD + GOOD)
    guichet(tmp_path, "agents", "import", file, "--out", str(tmp_path / "first.csv"))
    capsys.readouterr()
    assert guichet(tmp_path, "agents", "import", file, "--out", str(tmp_path / "second.csv")) == 0
    assert "ajoutées 0, modifiées 0, inchangées 1" in capsys.readouterr().out
    assert not (tmp_path / "second.csv").exists()


def test_a_rejected_line_is_said_and_the_command_leaves_with_two(tmp_path: Path, capsys: Capture) -> None:
    bad = "x;Bob;instructor;Région;collectivite;reg-53\n"
    assert guichet(tmp_path, "agents", "import", a_file(tmp_path, HEAD + bad + GOOD)) == 2
    said = capsys.readouterr()
    assert "2 lignes lues : ajoutées 1" in said.out
    assert 'agents.csv:2:1  "x" n\'est pas une adresse électronique' in said.err
    assert "1 agent n'a pas de mot de passe" in said.err


def test_a_file_of_passwords_is_never_written_over(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "passwords.csv"
    out.write_text("à remettre", encoding="utf-8")
    assert guichet(tmp_path, "agents", "import", a_file(tmp_path, HEAD + GOOD), "--out", str(out)) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "à remettre"


def test_passwords_that_cannot_be_written_are_given_to_nobody(tmp_path: Path, capsys: Capture) -> None:
    file = a_file(tmp_path, HEAD + GOOD)
    assert guichet(tmp_path, "agents", "import", file, "--out", str(tmp_path / "absent" / "passwords.csv")) == 1
    assert f'"{tmp_path}/absent/passwords.csv" n\'est pas là' in capsys.readouterr().err

    assert guichet(tmp_path, "agents", "import", file, "--out", str(tmp_path / "passwords.csv")) == 0
    assert "anne@exemple.fr" in (tmp_path / "passwords.csv").read_text(encoding="utf-8")


def test_agents_are_listed_reset_and_closed(tmp_path: Path, capsys: Capture) -> None:
    guichet(tmp_path, "agents", "import", a_file(tmp_path, HEAD + GOOD))
    capsys.readouterr()
    guichet(tmp_path, "agents", "list")
    assert "anne@exemple.fr  Anne Le Goff  sans mot de passe" in capsys.readouterr().out
    assert guichet(tmp_path, "agents", "reset", "anne@exemple.fr", "--out", str(tmp_path / "one.csv")) == 0
    guichet(tmp_path, "agents", "list")
    assert "jamais entré" in capsys.readouterr().out
    assert guichet(tmp_path, "agents", "close", "anne@exemple.fr") == 0
    guichet(tmp_path, "agents", "list")
    assert "fermé" in capsys.readouterr().out


def test_a_role_is_listed_then_taken_back(tmp_path: Path, capsys: Capture) -> None:
    lines = "anne@exemple.fr;Anne Le Goff;décideur;Région Bretagne;collectivite;reg-53;;31/12/2020\n"
    head = HEAD.replace("territory", "territory;scheme;ends_on")
    guichet(tmp_path, "agents", "import", a_file(tmp_path, head + GOOD.replace("reg-53", "reg-53;;") + lines))
    capsys.readouterr()
    guichet(tmp_path, "agents", "list")
    said = capsys.readouterr().out
    assert "  instructeur  reg-53  tous les dispositifs  Région Bretagne\n" in said
    assert "  décideur  reg-53  tous les dispositifs  Région Bretagne  jusqu'au 31 décembre 2020\n" in said
    assert guichet(tmp_path, "agents", "unassign", "anne@exemple.fr", "valideur", "reg-53") == 0
    assert "1 habilitation retirée à anne@exemple.fr." in capsys.readouterr().out
    guichet(tmp_path, "agents", "list")
    assert "décideur" not in capsys.readouterr().out


def test_a_folder_that_is_no_instance_is_refused_and_left_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    file = a_file(tmp_path, HEAD + GOOD)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for words in (("list",), ("import", file), ("close", "anne@exemple.fr")):
        assert run(["agents", *words], Settings(language="fr")) == 2
        assert "ne contient pas d'installation" in capsys.readouterr().err
    assert list(Path.cwd().iterdir()) == []


def test_an_instance_without_agents_says_so(tmp_path: Path, capsys: Capture) -> None:
    guichet(tmp_path, "agents", "import", a_file(tmp_path, HEAD))
    capsys.readouterr()
    assert guichet(tmp_path, "agents", "list") == 0
    assert capsys.readouterr().out == "Aucun agent : guichet agents import.\n"


def test_an_unknown_agent_is_refused(tmp_path: Path, capsys: Capture) -> None:
    guichet(tmp_path, "agents", "import", a_file(tmp_path, HEAD + GOOD))
    assert guichet(tmp_path, "agents", "close", "ane@exemple.fr") == 2
    assert 'vouliez-vous dire "anne@exemple.fr"' in capsys.readouterr().err


def test_agents_of_a_scheme_declared_and_not_yet_published_may_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(language="fr")
    assert run(("new", "instance", "aides", "--mode", "live", "--url", "https://aides.exemple.fr"), settings) == 0
    monkeypatch.chdir(tmp_path / "aides")
    assert run(("new", "scheme", "gel", "--territories", "reg-53"), settings) == 0
    head = f"{HEAD.strip()};scheme\n"
    line = "anne@exemple.fr;Anne;instructor;Services;collectivite;{territory};{scheme}\n"
    good = line.format(territory="reg-53", scheme="gel")
    file = a_file(tmp_path, head + good + line.format(territory="reg-28", scheme="gel"))
    assert run(("agents", "import", file), settings) == 2
    said = capsys.readouterr()
    assert "2 lignes lues : ajoutées 1" in said.out
    assert '"gel" n\'est ni publié ni déclaré pour reg-28' in said.err
    wrong = head + good.replace("collectivite", "prefecture")
    assert run(("agents", "import", a_file(tmp_path, wrong)), settings) == 2
    assert "collectivite" in capsys.readouterr().err
