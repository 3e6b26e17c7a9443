"""The command line speaks the language asked for, refuses in our words, and never shows a traceback."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from guichet.locale import Language, Text
from guichet.settings import Settings
from guichet_cli.main import COMMANDS, run
from guichet_cli.refusals import system_problem

Capture = pytest.CaptureFixture[str]


def test_help_is_french_or_english_with_the_settings(capsys: Capture) -> None:
    assert run(["--help"], Settings(language="fr")) == 0
    french = capsys.readouterr().out
    assert run(["--help"], Settings(language="en")) == 0
    english = capsys.readouterr().out
    assert french.startswith("Utilisation : guichet")
    assert english.startswith("Usage: guichet")
    for text in COMMANDS.values():
        assert text.fr[:30] in french
        assert text.en[:30] in english


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_shows_its_help(command: str, language: Language, capsys: Capture) -> None:
    assert run([command, "--help"], Settings(language=language)) == 0
    assert f"guichet {command}" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["--lang en plugins --help", "plugins --lang=en --help", "plugins --help --lang en"])
def test_the_language_may_stand_anywhere_on_the_line(line: str, capsys: Capture) -> None:
    assert run(line.split(), Settings(language="fr")) == 0
    assert "Show this help." in capsys.readouterr().out


def test_no_command_shows_the_help(capsys: Capture) -> None:
    assert run([], Settings(language="fr")) == 2
    assert "Commandes\N{NO-BREAK SPACE}:" in capsys.readouterr().err


def test_the_version_is_the_installed_one(capsys: Capture) -> None:
    assert run(["--version"], Settings()) == 0
    assert capsys.readouterr().out.split()[0] == "guichet"


@pytest.mark.parametrize(
    ("line", "french", "english"),
    [
        (["plugin"], 'commande inconnue "plugin"', 'did you mean "plugins"?'),
        (["plugins", "--jsn"], 'vouliez-vous dire "--json" ?', 'guichet plugins has no option "--jsn"'),
        (["plugins", "now"], 'guichet plugins ne sait que faire de "now"', "guichet plugins --help shows what to type"),
        (["--lang", "de"], 'langue inconnue "de"', "write --lang fr or --lang en"),
    ],
)  # fmt: skip
def test_a_mistyped_line_is_refused_in_our_words(line: list[str], french: str, english: str, capsys: Capture) -> None:
    assert run(line, Settings(language="fr")) == 2
    assert french in capsys.readouterr().err
    assert run(line, Settings(language="en")) == 2
    assert english in capsys.readouterr().err


def test_a_bad_setting_is_refused_with_its_variable(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("GUICHET_LANG", "fr")
    monkeypatch.setenv("GUICHET_SMTP_HOST", "mail.example")
    monkeypatch.setenv("GUICHET_SMTP_PORT", "smtp")
    assert run(["plugins"]) == 2
    assert 'la variable d\'environnement GUICHET_SMTP_PORT vaut "smtp"' in capsys.readouterr().err


def test_what_the_machine_refuses_is_said_with_its_path(capsys: Capture) -> None:
    assert run(["schema", "--out", "/dev/null/schemas"], Settings(language="fr")) == 1
    assert "la machine refuse /dev/null/schemas : Not a directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "cli.disk_full"), (errno.EROFS, "cli.not_allowed"), (errno.EIO, "cli.system")]
)
def test_a_full_disk_and_a_missing_right_have_their_own_way_out(number: int, code: str) -> None:
    assert system_problem(OSError(number, "refused", "/srv/aides")).code == code


def test_an_unknown_plugin_switched_off_is_refused(capsys: Capture) -> None:
    assert run(["plugins"], Settings(plugins_off=frozenset({"guichet-nowhere"}))) == 2
    assert "guichet-nowhere" in capsys.readouterr().err


def test_every_line_of_help_exists_in_both_languages() -> None:
    assert [name for name, text in COMMANDS.items() if not (isinstance(text, Text) and text.fr and text.en)] == []


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    command = f"{sys.executable} -c 'from guichet_cli.main import main; main()' plugins --json"
    line = f"{command} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_an_unknown_scheme_typed_outside_any_instance_says_how_to_enter_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["preview", "haute-savoie-100"], Settings(language="fr")) == 2
    told = capsys.readouterr().err
    assert 'vouliez-vous dire "haute-savoie-1000" ?' in told
    assert f"Vous n'êtes dans aucune installation ({tmp_path})" in told
    (tmp_path / "instance.yaml").write_text("format: 1\nmode: sandbox\n", "utf-8")
    assert run(["test", "haute-savoie-100"], Settings(language="fr")) == 2
    assert "aucune installation" not in capsys.readouterr().err


def test_an_interruption_while_the_command_is_being_loaded_shows_no_traceback() -> None:
    program = """
import sys
from guichet_cli.__main__ import main
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "guichet_cli.main":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
main()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (130, "")
