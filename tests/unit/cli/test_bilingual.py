"""Commands, options and arguments are described in both languages and load as click commands."""

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

import click
import pytest
from rich.console import Console

from guichet.errors import ProblemsFound
from guichet.locale import Text
from guichet.settings import Language, Settings
from guichet_cli import bilingual
from guichet_cli.main import COMMANDS
from guichet_cli.refusals import problems_of
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY, EXISTING


@bilingual.group("lists", text=Text(fr="Les listes de référence.", en="Reference lists."))
def lists() -> None:
    """A group to try."""


@lists.command(
    "import", cls=bilingual.Command, text=Text(fr="Importe une liste.\n\nEn entier.", en="Import a list.\n\nAll of it.")
)
@bilingual.argument("path", type=EXISTING, text=Text(fr="Le fichier.", en="The file."))
@bilingual.option("--on", type=DAY, text=Text(fr="Le jour.", en="The day."))
@bilingual.option("--times", type=int, default=1, text=Text(fr="Combien de fois.", en="How many times."))
@bilingual.option("--sign", type=click.Choice([";", ","]), text=Text(fr="Le séparateur.", en="The separator."))
@pass_terminal
def import_list(terminal: Terminal, path: Path, on: date | None, times: int, sign: str | None) -> int:
    """A command to try."""
    terminal.say(Text(fr="{name} le {day}", en="{name} on {day}"), name=path.name, day=on)
    return times if sign is None else 0


def typed(line: Sequence[str], language: Language = "fr") -> object:
    """Runs a line of the group on a terminal of the language."""
    terminal = Terminal(Settings(language=language), Console(width=100), Console(stderr=True, width=100))
    return lists.main(args=list(line), prog_name="lists", obj=terminal, standalone_mode=False)


def refused(line: Sequence[str]) -> str:
    """The code of the problem that a line of the group meets."""
    with pytest.raises((ProblemsFound, click.UsageError)) as caught:
        typed(line)
    (problem,) = problems_of(caught.value)
    return problem.code


def test_help_describes_arguments_options_and_commands(capsys: pytest.CaptureFixture[str]) -> None:
    typed(["--help"])
    assert "import  Importe une liste." in capsys.readouterr().out
    typed(["import", "--help"])
    french = capsys.readouterr().out
    typed(["import", "--help"], "en")
    english = capsys.readouterr().out
    assert all(words in french for words in ("PATH", "Le fichier.", "2020-04-17", "Le jour.", "Montre cette aide."))
    assert all(words in english for words in ("PATH", "The file.", "2020-04-17", "The day.", "Show this help."))


def test_a_command_says_its_result_and_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "volume.csv").touch()
    assert typed(["import", str(tmp_path / "volume.csv"), "--on", "2020-04-20", "--times", "3"]) == 3
    assert capsys.readouterr().out == "volume.csv le 2020-04-20\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["import"], "cli.missing_argument"),
        (["import", "no-such-file"], "cli.no_such_path"),
        (["import", ".", "--on", "20/04/2020"], "cli.not_a_day"),
        (["import", ".", "--times", "many"], "cli.not_a_number"),
        (["import", ".", "--sign", "|"], "cli.not_a_choice"),
        (["import", ".", "--on"], "cli.option_without_value"),
        (["import", ".", "more"], "cli.unexpected_argument"),
        (["export"], "cli.unknown_command"),
        (["--all"], "cli.unknown_option"),
    ],
)
def test_each_mistake_has_its_own_message(line: list[str], code: str) -> None:
    assert refused(line) == code


def test_a_mistyped_path_suggests_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "beneficiaires.csv").touch()
    with pytest.raises(ProblemsFound) as caught:
        typed(["import", str(tmp_path / "beneficiaire.csv")])
    assert caught.value.problems[0].data["nearest"] == tmp_path / "beneficiaires.csv"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_loads_under_its_name(name: str) -> None:
    module = import_module("guichet_cli." + name.replace("-", "_"))
    assert isinstance(module.command, bilingual.Command)
    assert module.command.name == name
