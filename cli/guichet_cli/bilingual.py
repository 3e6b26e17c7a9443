"""Click commands whose help is written in French and in English and shown in the terminal's language.

`@command`, `@group`, `@option` and `@argument` stand in for click's own; `text` is their help.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, TypeVar

import click

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet_cli.terminal import Terminal, terminal_of

__all__ = ["Command", "Group", "argument", "command", "group", "option"]

F = TypeVar("F", bound=Callable[..., Any] | click.Command)
Rows = Sequence[tuple[str, str]]

_USAGE = Text(fr="Utilisation : ", en="Usage: ")
# click adds the colon; in French a no-break space comes before it.
_ARGUMENTS = Text(fr="Arguments\N{NO-BREAK SPACE}", en="Arguments")
_OPTIONS = Text(fr="Options\N{NO-BREAK SPACE}", en="Options")
_COMMANDS = Text(fr="Commandes\N{NO-BREAK SPACE}", en="Commands")
_HELP = Text(fr="Montre cette aide.", en="Show this help.")
_SUBCOMMAND = Text(fr="COMMANDE …", en="COMMAND …")


_REQUIRED = Text(fr="[obligatoire]", en="[required]")
_KINDS = {
    "INTEGER RANGE": "NOMBRE",
    "INTEGER": "NOMBRE",
    "TEXT": "TEXTE",
    "DIRECTORY": "DOSSIER",
    "PATH": "CHEMIN",
    "FILE": "FICHIER",
}
"""What click calls the kinds of values → in French."""
_RANGE = re.compile(r"\[(?:(\d+)<=)?x(?:(<=|>=)(\d+))?\]$")
_BETWEEN = Text(fr="[de {low} à {high}]", en="[{low} to {high}]")
_OR_MORE = Text(fr="[{low} ou plus]", en="[{low} or more]")
_OR_LESS = Text(fr="[{high} ou moins]", en="[{high} or less]")


def _range(found: re.Match[str], terminal: Terminal) -> str:
    """The numbers an option takes, in words."""
    low, sign, high = found.groups()
    if low is not None and high is not None:
        return terminal.text(_BETWEEN, low=low, high=high)
    return terminal.text(_OR_MORE, low=high) if sign == ">=" else terminal.text(_OR_LESS, high=high)


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *declarations: Any, text: Text, **attributes: Any) -> None:
        super().__init__(*declarations, **attributes)
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Gives the names of the option and its help in the terminal's language."""
        spoken, terminal = copy(self), terminal_of(ctx)
        spoken.help = terminal.text(self.text)
        record = click.Option.get_help_record(spoken, ctx)
        if record is None:
            return None
        names, told = record
        for word, french in _KINDS.items() if terminal.language == "fr" else ():
            names = re.sub(rf"(?<= ){word}(?= |$)", french, names)
        told = told.removesuffix("[required]") + (terminal.text(_REQUIRED) if told.endswith("[required]") else "")
        return names, _RANGE.sub(lambda found: _range(found, terminal), told)


class Argument(click.Argument):
    """A positional argument with its help in both languages."""

    def __init__(self, *declarations: Any, text: Text, **attributes: Any) -> None:
        super().__init__(*declarations, **attributes)
        self.text = text


class Command(click.Command):
    """A command with its help in both languages."""

    def __init__(self, *arguments: Any, text: Text, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.text = text

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes how the command is typed."""
        prefix = terminal_of(ctx).text(_USAGE)
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(terminal_of(ctx).text(self.text))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what each positional argument is."""
        say = terminal_of(ctx).text
        arguments = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, Argument)]
        rows = [(argument.make_metavar(ctx), say(argument.text)) for argument in arguments]
        _section(say(_ARGUMENTS), rows, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what each option does."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        _section(terminal_of(ctx).text(_OPTIONS), [record for record in records if record], formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Gives the `--help` option, described in the terminal's language."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = terminal_of(ctx).text(_HELP)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Gives what remains of the line once parsed, nothing: one word too many is refused in our words."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise ProblemsFound(
                [Problem("cli.unexpected_argument", {"argument": rest[0], "command": ctx.command_path})]
            )
        return rest


class Group(Command, click.Group):
    """A command made of commands, with its help in both languages."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Gives the words left for the command that follows."""
        return click.Group.parse_args(self, ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Gives the words of the usage line."""
        return [*click.Command.collect_usage_pieces(self, ctx), terminal_of(ctx).text(_SUBCOMMAND)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes what each option does, then what each command does."""
        super().format_options(ctx, formatter)
        _section(terminal_of(ctx).text(_COMMANDS), self.command_rows(ctx), formatter)

    def command_rows(self, ctx: click.Context) -> Rows:
        """Gives each command and the first line of its help."""
        say = terminal_of(ctx).text
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [
            (name, say(found.text).partition("\n")[0] if isinstance(found, Command) else found.get_short_help_str(80))
            for name, found in commands
            if found is not None and not found.hidden
        ]


def command(name: str, *, text: Text, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Makes a command of a function."""
    return click.command(name, cls=Command, text=text, options_metavar="[OPTIONS]", **attributes)


def group(name: str, *, text: Text, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """Makes a group of a function; its commands join with `@that_group.command(...)` or `add_command`."""
    return click.group(name, cls=Group, text=text, no_args_is_help=True, **attributes)


def option(*declarations: str, text: Text, **attributes: Any) -> Callable[[F], F]:
    """Gives a command an option."""
    return click.option(*declarations, cls=Option, text=text, **attributes)


def argument(*declarations: str, text: Text, **attributes: Any) -> Callable[[F], F]:
    """Gives a command a positional argument."""
    return click.argument(*declarations, cls=Argument, text=text, **attributes)


def _section(title: str, rows: Rows, formatter: click.HelpFormatter) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)
