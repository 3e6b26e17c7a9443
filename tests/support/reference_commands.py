"""The reference of commands: usage, arguments, options, in French and in English."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import StringIO

import click
from rich.console import Console

from guichet.settings import Settings
from guichet_cli import bilingual
from guichet_cli.main import COMMANDS
from guichet_cli.terminal import Terminal
from reference_models import in_table
from shipped_plugins import shipped_plugins


def table() -> Iterator[str]:
    """Yields the commands, each with its page."""
    yield from ["| command | French | English |", "| --- | --- | --- |"]
    for name, text in COMMANDS.items():
        yield f"| [`guichet {name}`](commands/{name}.md) | {in_table(text.fr)} | {in_table(text.en)} |"
    yield from ["", "Those that plugins bring have [their page](commands/of-plugins.md) too.", ""]


def command(name: str) -> Iterator[str]:
    """Yields a section for a command and for each of its own commands."""
    yield from _command(import_module(f"guichet_cli.{name.replace('-', '_')}").command, f"guichet {name}")


def of_plugins() -> Iterator[str]:
    """Yields a section for each command that a plugin brings."""
    plugins = shipped_plugins()
    for name, brought in sorted(plugins.commands.items()):
        yield from [f"## `guichet {name}`", "", f"From the plugin `{plugins.owners['commands', name]}`.", ""]
        yield from [in_table(brought.help or ""), "", "```text", _usage(brought, f"guichet {name}"), "```", ""]


def _command(command: click.Command, path: str) -> Iterator[str]:
    assert isinstance(command, bilingual.Command), path
    yield from [f"## `{path}`", "", f"*{in_table(command.text.fr)}*", "", in_table(command.text.en), ""]
    if isinstance(command, bilingual.Group):
        for name, inner in command.commands.items():
            yield from _command(inner, f"{path} {name}")
        return
    yield from ["```text", _usage(command, path), "```", ""]
    rows = [row for parameter in command.params if (row := _row(parameter)) is not None]
    if rows:
        yield from ["| | French | English |", "| --- | --- | --- |", *rows, ""]


def _row(parameter: click.Parameter) -> str | None:
    if not isinstance(parameter, bilingual.Option | bilingual.Argument):
        return None
    names = ", ".join(parameter.opts) if isinstance(parameter, bilingual.Option) else (parameter.name or "").upper()
    needed = " **required**" if isinstance(parameter, bilingual.Option) and parameter.required else ""
    return f"| `{names}`{needed} | {in_table(parameter.text.fr)} | {in_table(parameter.text.en)} |"


def _usage(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path, obj=_silent())
    return f"{path} {' '.join(command.collect_usage_pieces(context))}"


def _silent() -> Terminal:
    return Terminal(Settings(language="en"), Console(file=StringIO()), Console(file=StringIO()))
