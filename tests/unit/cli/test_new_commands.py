"""What `guichet new` writes: an instance that works at once, a scheme that passes its own checks."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest

from guichet.settings import Settings, shipped_folder
from guichet_cli.main import COMMANDS, run

Captured = pytest.CaptureFixture[str]


def guichet(*words: str, language: str = "fr") -> int:
    return run(words, Settings(language="fr" if language == "fr" else "en"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a new instance, in which one stands."""
    monkeypatch.chdir(tmp_path)
    assert guichet("new", "instance", "aides", "--name", 'Aides "d\'ici" : 100 %') == 0
    monkeypatch.chdir(tmp_path / "aides")
    return tmp_path / "aides"


def test_a_new_instance_is_a_sandbox_whose_secrets_stay_private(here: Path) -> None:
    assert "mode: sandbox\n" in (here / "instance.yaml").read_text("utf-8")
    for private in ("secrets", "var"):
        assert stat.S_IMODE((here / private).stat().st_mode) == 0o700
        assert (here / private / ".gitignore").read_text("utf-8").startswith("*\n")
    assert {path.name for path in here.iterdir()} == {
        ".guichet", "instance.yaml", "README.md", "schemes", "regions", "secrets", "service", "var",
    }  # fmt: skip


def test_one_is_told_to_enter_the_new_folder_unless_one_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert guichet("new", "instance", "aides") == 0
    assert "  cd aides\n" in capsys.readouterr().err
    (tmp_path / "ici").mkdir()
    monkeypatch.chdir(tmp_path / "ici")
    assert guichet("new", "instance", ".") == 0
    assert "  cd " not in capsys.readouterr().err


def test_what_is_begun_names_the_schemas_that_an_editor_reads(here: Path) -> None:
    assert guichet("new", "scheme", "essai") == 0
    for path in (here / "instance.yaml", here / "schemes/essai/scheme.yaml", here / "schemes/essai/examples.yaml"):
        line = path.read_text("utf-8").partition("\n")[0]
        named = line.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).resolve() == here / f".guichet/schemas/{path.stem}.schema.json"
        assert (path.parent / named).is_file()


def test_a_new_instance_passes_its_checks_and_answers_commands(here: Path, capsys: Captured) -> None:
    assert guichet("check") == 0
    assert guichet("agents", "list") == 0
    assert guichet("journal", "verify") == 0
    assert (here / "var" / "guichet.sqlite3").is_file()
    assert "À compléter" not in capsys.readouterr().out


def test_the_read_me_speaks_the_language_of_who_makes_the_instance(here: Path) -> None:
    assert "## Ouvrir une aide" in (here / "README.md").read_text("utf-8")
    assert guichet("new", "instance", "other", language="en") == 0
    assert "## Open an aid" in (here / "other" / "README.md").read_text("utf-8")


def test_the_read_me_names_commands_that_exist(here: Path) -> None:
    assert guichet("new", "instance", "other", language="en") == 0
    for folder in (here, here / "other"):
        named = re.findall(r"`guichet (\w+)", (folder / "README.md").read_text("utf-8"))
        assert len(named) > 8
        assert set(named) - set(COMMANDS) == set()


def test_a_folder_that_holds_something_is_refused_untouched(here: Path, capsys: Captured) -> None:
    before = sorted(here.rglob("*"))
    assert guichet("new", "instance", ".") == 2
    assert "n'est pas vide : .guichet, README.md, instance.yaml" in capsys.readouterr().err
    assert sorted(here.rglob("*")) == before
    (here / "file").write_text("x", "utf-8")
    assert guichet("new", "instance", "file") == 2


def test_a_live_instance_waits_for_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert guichet("new", "instance", "réel", "--mode", "live") == 0
    assert "écrivez base_url: https://… dans réel/instance.yaml" in " ".join(capsys.readouterr().err.split())
    assert guichet("new", "instance", "faux", "--mode", "live", "--url", "http://aides.exemple.fr") == 2
    assert guichet("new", "instance", "bon", "--mode", "live", "--url", "https://aides.exemple.fr/") == 0
    assert not (tmp_path / "faux").exists()

    for folder, code in (("réel", 2), ("bon", 0)):
        monkeypatch.chdir(tmp_path / folder)
        assert guichet("check") == code
    assert "server_name aides.exemple.fr;" in (tmp_path / "bon" / "service" / "nginx.conf").read_text("utf-8")


def test_the_services_name_the_instance_and_stop_gracefully(here: Path) -> None:
    unit = (here / "service" / "guichet.service").read_text("utf-8")
    assert f'serve --instance "{here}"' in unit
    assert "KillSignal=SIGTERM" in unit
    assert f'ReadWritePaths="{here}/var"' in unit
    assert "Requires=guichet.socket" in unit
    assert "ListenStream=127.0.0.1:8000" in (here / "service" / "guichet.socket").read_text("utf-8")
    assert 'worker --instance "' in (here / "service" / "guichet-worker@.service").read_text("utf-8")


@pytest.mark.parametrize("applicant", ["entreprise", "association", "personne"])
def test_a_new_scheme_passes_check_and_its_own_examples(here: Path, applicant: str, capsys: Captured) -> None:
    words = ("--amount", "1 234,50 €", "--condition", 'Avez-vous "fermé" : oui ?', "--title", "Aide : l'exemple # 1")
    assert guichet("new", "scheme", "gel", "--applicant", applicant, *words, "--envelope", "10 000") == 0
    assert guichet("check") == 0
    assert guichet("test", "gel") == 0
    out = capsys.readouterr().out
    assert "gel : 3 exemples justes." in out
    assert 'title: "Aide : l\'exemple # 1"' in (here / "schemes" / "gel" / "scheme.yaml").read_text("utf-8")


def test_what_nobody_said_is_shown_as_still_to_be_supplied(here: Path, capsys: Captured) -> None:
    assert guichet("new", "scheme", "gel") == 0
    told = capsys.readouterr().out
    assert guichet("check") == 0
    assert "amount: 500 €  # à compléter" in told
    shown = [line for line in capsys.readouterr().out.splitlines() if "schemes/gel/scheme.yaml:" in line]
    assert shown
    assert all(line in told for line in shown)


def test_an_option_answers_for_good(here: Path, capsys: Captured) -> None:
    words = ("--amount", "300 €", "--opens", "2026-12-15", "--closes", "2026-12-31", "--territories", "reg-53,dep-74")
    assert guichet("new", "scheme", "gel", *words) == 0
    assert guichet("check") == 0
    shown = "\n".join(line for line in capsys.readouterr().out.splitlines() if "scheme.yaml:" in line)
    assert not any(word in shown for word in ("opens:", "closes:", "amount:", "territories:"))
    written = (here / "schemes" / "gel" / "scheme.yaml").read_text("utf-8")
    assert "territories: [reg-53, dep-74]\n" in written
    assert "  2026-12-15:\n" in written


@pytest.mark.parametrize("like", ["haute-savoie-1000", "fds-volet-2"])
def test_a_scheme_begun_from_another_passes_its_examples(here: Path, like: str, capsys: Captured) -> None:
    assert guichet("new", "scheme", "reprise", "--like", like, "--title", "Reprise", "--closes", "2020-07-31") == 0
    assert guichet("test", "reprise") == 0
    assert guichet("check", "schemes/reprise") == 0
    assert "reprise :" in capsys.readouterr().out
    written = (here / "schemes" / "reprise" / "scheme.yaml").read_text("utf-8")
    assert "id: reprise\n" in written
    assert "title: Reprise\n" in written
    assert "closes: 2020-07-31" in written


SHIPPED = sorted(path.parent.name for path in shipped_folder("schemes").glob("*/scheme.yaml"))


@pytest.mark.parametrize("like", SHIPPED)
def test_a_scheme_reopened_years_later_is_judged_by_examples_of_its_own_days(
    here: Path, like: str, capsys: Captured
) -> None:
    days = ("--opens", "2026-03-02", "--closes", "2030-12-31")
    assert guichet("new", "scheme", "reprise", "--like", like, *days) == 0
    capsys.readouterr()
    assert guichet("check", "schemes/reprise") == 0
    shown = capsys.readouterr()
    assert "example_of_other_day" not in shown.out + shown.err
    assert "decidable_before_opening" not in shown.out + shown.err
    assert "version_without_example" not in shown.out + shown.err
    assert guichet("test", "reprise") == 0
    assert guichet("fmt", "--check") == 0
    kept = (here / "schemes" / "reprise" / "examples.yaml").read_text("utf-8")
    assert kept.count("    expect:") > 5


def test_every_option_that_cannot_be_read_is_told_at_once(here: Path, capsys: Captured) -> None:
    assert guichet("new", "scheme", "gel", "--amount", "0", "--opens", "demain", "--territories", "53") == 2
    err = capsys.readouterr().err
    assert "« 0 » n'est pas un montant" in err
    assert "« demain » n'est pas un jour" in err
    assert "reg-53 (Bretagne), dep-53 (Mayenne)" in err
    assert not (here / "schemes" / "gel").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("dossiers",), '"dossiers" est une adresse du site lui-même'),
        (("Aide_x",), "par exemple aide-x"),
        (("gel", "--like", "haute-savoie"), 'vouliez-vous dire "haute-savoie-1000" ?'),
        (("gel", "--like", "haute-savoie-1000", "--amount", "5"), "--amount ne va pas avec --like"),
        (("gel", "--opens", "2026-03-02", "--closes", "2026-03-01"), "avant d'ouvrir ("),
    ],
)
def test_a_scheme_that_cannot_be_is_refused(here: Path, words: tuple[str, ...], told: str, capsys: Captured) -> None:
    assert guichet("new", "scheme", *words) == 2
    assert told in capsys.readouterr().err
    assert not any((here / "schemes").glob("*/scheme.yaml"))


def test_a_scheme_is_never_written_over(here: Path, capsys: Captured) -> None:
    assert guichet("new", "scheme", "gel") == 0
    before = (here / "schemes" / "gel" / "scheme.yaml").read_bytes()
    assert guichet("new", "scheme", "gel", "--title", "Autre") == 2
    assert "n'est pas vide" in capsys.readouterr().err
    assert (here / "schemes" / "gel" / "scheme.yaml").read_bytes() == before


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_can_be_read(
    here: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.openpty()
    answers = ["personne", "500 euros", "500 €", "", "2026-03-02", "2026-06-30", "", "", "53", "dep-74", ""]
    os.write(reader, "".join(f"{answer}\n" for answer in answers).encode())
    with os.fdopen(writer, encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        assert guichet("new", "scheme", "gel", "--title", "Aide au gel") == 0
    os.close(reader)
    err = capsys.readouterr().err
    assert "Titre de l'aide" not in err
    assert "« 500 euros » n'est pas un montant" in err
    written = (here / "schemes" / "gel" / "scheme.yaml").read_text("utf-8")
    assert "territories: [dep-74]\n" in written
    assert "opens: 2026-03-02T08:00\n" in written
    assert guichet("test", "gel") == 0
