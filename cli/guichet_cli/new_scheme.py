"""`guichet new scheme`: a first scheme, asked for on a terminal or given by options, or begun from another."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from guichet.errors import Problem, ProblemsFound
from guichet.loader.declaration import find
from guichet.loader.reader import Scalar
from guichet.loader.supplies import to_supply
from guichet.locale import Text
from guichet.model.scalars import ScalarError, parse_slug
from guichet.model.site_names import SITE_NAMES
from guichet.runtime import read_library
from guichet.services.clocks import SystemClock
from guichet_cli import bilingual
from guichet_cli.asked import Asked, Question, read_answers
from guichet_cli.check import show_supplies
from guichet_cli.declarations import settings_here
from guichet_cli.editor_files import SCHEMAS, finished, write_schemas
from guichet_cli.first_files import refuse_taken, write_files
from guichet_cli.first_files.flat_scheme import FlatScheme, scheme_files
from guichet_cli.first_files.liked_scheme import liked_files
from guichet_cli.first_files.moved_examples import move_examples
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["scheme"]

_ABOUT = Text(
    fr="Écrit un dispositif dans schemes/ : une somme fixe sous une condition, ou un autre repris avec --like. Demande"
    " l'essentiel sur un terminal ; ailleurs, ce qui n'est pas donné reste à compléter.",
    en="Write a scheme in schemes/: one sum under one condition, or another one taken over with --like. Asks for the"
    " essentials on a terminal; elsewhere, what is not given stays to be supplied.",
)
_ID = Text(fr="Identifiant, en minuscules, mots joints par -.", en="Id, in lower case, words joined by -.")
_LIKE = Text(fr="Dispositif à reprendre (guichet check les connaît).", en="Scheme to start from.")
_MADE = Text(fr="{path}", en="{path}")
_NEXT = Text(
    fr="Ensuite : guichet check, guichet test {id}, puis guichet territory enable {id} TERRITOIRE…",
    en="Next: guichet check, guichet test {id}, then guichet territory enable {id} TERRITORY…",
)
_OF_A_BLOCK = Text(
    fr="{path} vient d'un bloc et n'a pas été changé : écrivez-le vous-même dans {folder}.",
    en="{path} comes from a block and was not changed: write it yourself in {folder}.",
)
_LEFT_OUT = Text(
    fr="L'exemple {example} n'est pas repris : les règles en vigueur à l'ouverture ne disent plus ce qu'il attend.",
    en="The example {example} is not taken over: the rules in force at the opening no longer say what it expects.",
)
_NOT_WITH_LIKE = ("applicant", "amount", "condition", "competence", "envelope")
_PATHS = {
    "title": ("title",),
    "opens": ("calendar", "opens"),
    "closes": ("calendar", "closes"),
    "basis": ("legal", "basis"),
    "controller": ("legal", "data", "controller"),
    "territories": ("territories",),
}
QUESTIONS = (
    Question("title", Text(fr="Titre de l'aide", en="Title of the aid"), Text(fr="Titre de l'aide.", en="Title.")),
    Question(
        "applicant",
        Text(
            fr="Qui la demande : entreprise, association ou personne (entreprise)",
            en="Who applies: company, association or person (company)",
        ),
        Text(
            fr="Qui demande : entreprise, association ou personne (entreprise).",
            en="Who applies: company, association or person (company).",
        ),
        "applicant",
    ),
    Question(
        "amount",
        Text(fr="Somme versée, par exemple 500 €", en="Sum paid, for instance 500 €"),
        Text(fr="Somme versée : 500 €.", en="Sum paid: 500 €."),
        "money",
    ),
    Question(
        "condition",
        Text(fr="La question qui décide, à répondre par oui", en="The question that decides, to be answered by yes"),
        Text(
            fr="Question fermée qui décide : oui ouvre droit à l'aide.",
            en="Yes/no question that decides: yes opens the right to the aid.",
        ),
    ),
    Question(
        "opens",
        Text(fr="Premier jour des demandes, comme 2026-03-02", en="First day of applications, such as 2026-03-02"),
        Text(fr="Premier jour des demandes.", en="First day of applications."),
        "day",
    ),
    Question(
        "closes",
        Text(fr="Dernier jour des demandes", en="Last day of applications"),
        Text(fr="Dernier jour des demandes, compris.", en="Last day of applications, included."),
        "day",
    ),
    Question(
        "basis",
        Text(fr="Texte qui crée l'aide (délibération, décret)", en="Text that creates the aid"),
        Text(fr="Texte qui crée l'aide.", en="Text that creates the aid."),
    ),
    Question(
        "controller",
        Text(fr="Responsable du traitement des données", en="Controller of the personal data"),
        Text(fr="Responsable du traitement des données.", en="Controller of the personal data."),
    ),
    Question(
        "territories",
        Text(fr="Territoires, comme reg-53, dep-74", en="Territories, such as reg-53, dep-74"),
        Text(
            fr="Territoires qui peuvent l'ouvrir, joints par des virgules (tous sinon).",
            en="Territories that may open it, joined by commas (else all).",
        ),
        "territories",
    ),
    Question(
        "envelope",
        Text(fr="Enveloppe totale, s'il y en a une", en="Total envelope, if there is one"),
        Text(fr="Enveloppe totale : 100 000 €.", en="Total envelope: 100 000 €."),
        "money",
    ),
)
_COMPETENCE = Text(
    fr="Compétence (economic pour une Région, social sinon).", en="Competence (economic for a Région, else social)."
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    id: str
    like: str | None
    competence: str | None
    given: Mapping[str, str]


@bilingual.command("scheme", text=_ABOUT)
@bilingual.argument("id_", metavar="ID", text=_ID)
@bilingual.option("--like", default=None, text=_LIKE)
@bilingual.option("--title", default=None, text=QUESTIONS[0].option)
@bilingual.option("--applicant", default=None, text=QUESTIONS[1].option)
@bilingual.option("--amount", default=None, text=QUESTIONS[2].option)
@bilingual.option("--condition", default=None, text=QUESTIONS[3].option)
@bilingual.option("--opens", default=None, text=QUESTIONS[4].option)
@bilingual.option("--closes", default=None, text=QUESTIONS[5].option)
@bilingual.option("--basis", default=None, text=QUESTIONS[6].option)
@bilingual.option("--controller", default=None, text=QUESTIONS[7].option)
@bilingual.option("--territories", default=None, text=QUESTIONS[8].option)
@bilingual.option("--envelope", default=None, text=QUESTIONS[9].option)
@bilingual.option("--competence", type=click.Choice(["economic", "social"]), default=None, text=_COMPETENCE)
@pass_terminal
def scheme(terminal: Terminal, id_: str, like: str | None, competence: str | None, **given: str | None) -> None:
    """Writes the folder of the scheme, and says what is still to be supplied."""
    root = settings_here(terminal).instance or Path.cwd()
    folder = root / "schemes" / id_
    _check_id(id_)
    refuse_taken(folder)
    wanted = _Wanted(id_, like, competence, {name: text for name, text in given.items() if text is not None})
    files, left = _taken_over(terminal, wanted) if like is not None else (_written(terminal, wanted), [])
    for path in write_files(folder, finished(files, folder, root / SCHEMAS)):
        terminal.say(_MADE, path=path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    write_schemas(settings_here(terminal), root / SCHEMAS)
    moved = like is not None and not {"opens", "closes"}.isdisjoint(wanted.given)
    for example in _moved(terminal, id_, folder) if moved else ():
        terminal.note(_LEFT_OUT, example=example)
    for path in left:
        terminal.note(_OF_A_BLOCK, path=path, folder=folder)
    show_supplies(terminal, to_supply(folder, Path.cwd()))
    terminal.note(_NEXT, id=id_)


def _check_id(id_: str) -> None:
    try:
        parse_slug(id_)
    except ScalarError as error:
        raise ProblemsFound([Problem(error.code, error.data)]) from error
    if id_ in SITE_NAMES:
        raise ProblemsFound([Problem("reserved_id", {"value": id_})])


def _written(terminal: Terminal, wanted: _Wanted) -> dict[str, str]:
    today = SystemClock().business().date()
    answers = read_answers(terminal, QUESTIONS, wanted.given, ask=sys.stdin.isatty())
    _check_dates(answers)
    departements = any(one.startswith("dep-") for one in answers.texts("territories"))
    competence = wanted.competence or ("social" if departements else "economic")
    applicant = answers.text("applicant")
    flat = FlatScheme(
        id=wanted.id,
        title=answers.text("title") or wanted.id.replace("-", " ").capitalize(),
        applicant="company" if applicant == "" else applicant,  # pyright: ignore[reportArgumentType]  read as one
        cents=answers.cents("amount"),
        opens=answers.day("opens"),
        closes=answers.day("closes"),
        basis=answers.text("basis"),
        controller=answers.text("controller"),
        condition=answers.text("condition"),
        territories=answers.texts("territories"),
        competence="social" if competence == "social" else "economic",
        ceiling=answers.cents("envelope"),
    )
    return scheme_files(flat, today)


def _taken_over(terminal: Terminal, wanted: _Wanted) -> tuple[dict[str, str], list[str]]:
    astray = [name for name in _NOT_WITH_LIKE if name in wanted.given or (name == "competence" and wanted.competence)]
    if astray:
        raise ProblemsFound([Problem("new.not_with_like", {"option": f"--{name}"}) for name in astray])
    answers = read_answers(terminal, [one for one in QUESTIONS if one.name in _PATHS], wanted.given, ask=False)
    _check_dates(answers)
    changes = {_PATHS[name]: answers.plain(name) for name in wanted.given}
    source = read_library(settings_here(terminal), shown_from=Path.cwd()).source(wanted.like or "")
    if ("calendar", "opens") in changes:
        opens, decidable = changes["calendar", "opens"], find(source.node, ("calendar", "decidable_from"))
        if isinstance(decidable, Scalar) and decidable.text < opens:
            changes["calendar", "decidable_from"] = opens
        changes["calendar", "opens"] += "T08:00"
    return liked_files(source, wanted.id, changes)


def _moved(terminal: Terminal, id_: str, folder: Path) -> tuple[str, ...]:
    try:
        return move_examples(lambda: read_library(settings_here(terminal)), id_, folder / "examples.yaml")
    except ProblemsFound:  # the copy stands; check says what is wrong in it
        return ()


def _check_dates(answers: Asked) -> None:
    opens, closes = answers.day("opens"), answers.day("closes")
    if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
        raise ProblemsFound([Problem("closes_before_opening", {"opens": opens, "closes": closes})])
