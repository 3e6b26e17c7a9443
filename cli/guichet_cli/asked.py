"""Answers to a few questions: given by options, or asked for on a terminal, read strictly either way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

import click

from guichet.errors import Problem, ProblemsFound, guess
from guichet.loader.territories import load_territories
from guichet.locale import Text
from guichet.model.scalars import ScalarError, parse_day, parse_money
from guichet.model.territories import Territories
from guichet.model.types import Cents
from guichet.runtime import roots_of
from guichet_cli.declarations import settings_here
from guichet_cli.terminal import Terminal

__all__ = ["Asked", "Question", "read_answers"]

Kind = Literal["text", "money", "day", "applicant", "territories"]
Value = str | date | Cents | tuple[str, ...]
T = TypeVar("T")

_APPLICANTS = {
    "company": "company",
    "entreprise": "company",
    "association": "association",
    "person": "person",
    "personne": "person",
}
_INTRO = Text(
    fr="Quelques questions ; une réponse vide reste à compléter dans le fichier.",
    en="A few questions; an empty answer stays to be supplied in the file.",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the option that answers it, how it is asked, what its answer must be."""

    name: str
    text: Text
    option: Text
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers by name, those left empty left out."""

    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Gives a text, empty when there is none."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Gives several texts."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def day(self, name: str) -> date | None:
        """Gives a day, if there is one."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def cents(self, name: str) -> Cents | None:
        """Gives an amount, if there is one."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def plain(self, name: str) -> str:
        """Gives an answer as a declaration writes it."""
        value = self.values[name]
        return ", ".join(value) if isinstance(value, tuple) else str(value)


def read_answers(terminal: Terminal, questions: Sequence[Question], given: Mapping[str, str], *, ask: bool) -> Asked:
    """Gives the answers; with `ask`, those that no option gave are asked for, again while they cannot be read.

    Raises:
        ProblemsFound: every option that cannot be read.
    """
    territories = load_territories(roots_of(settings_here(terminal).instance).regions)
    problems: list[Problem] = []
    values: dict[str, Value] = {}
    for question in questions:
        if question.name in given:
            try:
                values[question.name] = _read(question, given[question.name], territories)
            except ProblemsFound as error:
                problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    waiting = [question for question in questions if question.name not in values] if ask else []
    if waiting:
        terminal.note(_INTRO)
    for question in waiting:
        answer = _asked(terminal, question, territories)
        if answer not in ("", ()):
            values[question.name] = answer
    return Asked(values)


def _asked(terminal: Terminal, question: Question, territories: Territories) -> Value:
    while True:
        text: str = click.prompt(terminal.text(question.text), default="", show_default=False, err=True)
        if not text.strip():
            return ""
        try:
            return _read(question, text, territories)
        except ProblemsFound as error:
            terminal.refuse(error.problems)


def _read(question: Question, text: str, territories: Territories) -> Value:
    stripped = " ".join(text.split())
    match question.kind:
        case "money":
            cents = _scalar(parse_money, stripped)
            if cents <= 0:
                raise ProblemsFound([Problem("scalar.money", {"text": stripped})])
            return cents
        case "day":
            return _scalar(parse_day, stripped)
        case "territories":
            names = stripped.replace(",", " ").split()
            return tuple(dict.fromkeys(territories.find(name).id for name in names))
        case "applicant":
            if stripped not in _APPLICANTS:
                raise ProblemsFound([Problem("unknown_value", guess(stripped, list(_APPLICANTS)))])
            return _APPLICANTS[stripped]
        case "text":
            return stripped


def _scalar(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except ScalarError as error:
        raise ProblemsFound([Problem(error.code, error.data)]) from error
