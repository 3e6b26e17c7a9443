"""Where a command speaks: the settings, the language, what goes out and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click
from rich.console import Console

from guichet.errors import Problem, count, in_order, render
from guichet.locale import Language, Text
from guichet.settings import Settings

__all__ = ["Terminal", "a_terminal", "pass_terminal", "terminal_of"]


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a command receives: results go to `out`, progress and refusals to `err`."""

    settings: Settings
    out: Console
    err: Console
    own_process: bool = False
    """Whether this process runs one command and nothing else: only then may the command split it in two."""

    @property
    def language(self) -> Language:
        """The language of help, messages and errors."""
        return self.settings.language

    def text(self, text: Text, **values: object) -> str:
        """Gives a text in the terminal's language with its values filled in."""
        return text.form(self.language, values.get("count")).format_map(values)

    def say(self, text: Text, **values: object) -> None:
        """Writes a result."""
        write(self.out, self.text(text, **values))

    def note(self, text: Text, **values: object) -> None:
        """Writes something about the work, which a pipe must not receive."""
        write(self.err, self.text(text, **values))

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Writes what an author or an operator must mend, all at once."""
        found = list(problems)
        for problem in in_order(found):
            colour = "yellow" if problem.severity == "warning" else None
            write(self.err, f"{render(problem, self.language)}\n", colour)
        write(self.err, count(found, self.language))


def write(console: Console, text: str, colour: str | None = None) -> None:
    """Writes text as it is: brackets are not markup, and lines keep their length."""
    console.print(text, style=colour, markup=False, highlight=False, emoji=False, soft_wrap=True)


def a_terminal(settings: Settings, *, own_process: bool = False) -> Terminal:
    """Gives the terminal of this process."""
    return Terminal(settings, Console(), Console(stderr=True), own_process)


def terminal_of(context: click.Context) -> Terminal:
    """Gives the terminal that the running command speaks to."""
    terminal = context.find_object(Terminal)
    if terminal is None:
        raise LookupError("a command runs under guichet_cli.main.run, which gives it a terminal")
    return terminal


pass_terminal = click.make_pass_decorator(Terminal)
