"""`guichet explain`: how one dossier comes out, criterion by criterion, and what would change the outcome."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from guichet.catalogue import CompiledScheme
from guichet.engine.explanation_text import text_lines
from guichet.engine.full_explanations import FullExplanation, explain_fully
from guichet.errors import Position, Problem, ProblemsFound, guess
from guichet.loader.library import Library
from guichet.locale import Text
from guichet.plugin.contracts import Context
from guichet.services.examples import case_of, case_on
from guichet.services.exchange import parse_case, read_case
from guichet.services.explaining import explain_stored
from guichet.services.refusals import NotFound
from guichet_cli import bilingual
from guichet_cli.case_files import case_text, one_case, placed, read_lines, said_of_itself
from guichet_cli.declarations import library_of
from guichet_cli.explained_results import WhatOfResults, explain_results
from guichet_cli.instances import open_instance
from guichet_cli.simulate import LIST
from guichet_cli.terminal import Terminal, pass_terminal, write
from guichet_cli.values import DAY, EXISTING, FILE

__all__ = ["command"]

_ABOUT = Text(
    fr="Explique comment un dossier sort des règles : chaque critère avec la valeur trouvée, ce qui est attendu,"
    " l'écart et le texte ; les réponses manquantes ; le montant pas à pas ; et les réponses qui, changées seules,"
    " changeraient le résultat. Les cas s'écrivent comme pour guichet eval ; --dossier prend un dossier de"
    " l'installation, --results une ligne des réponses de guichet simulate.",
    en="Explain how a dossier comes out of the rules: each criterion with the value found, what is expected, the"
    " distance and the legal text; missing answers; the amount step by step; and the answers which, changed alone,"
    " would change the outcome. Cases are written as for guichet eval; --dossier takes a dossier of the instance,"
    " --results a line of the answers of guichet simulate.",
)
_SCHEME = Text(fr="Identifiant du dispositif (inutile avec --dossier).", en="Id of the scheme (not with --dossier).")
_CASE = Text(fr="Fichier JSON d'un cas.", en="JSON file of one case.")
_CASES = Text(fr="Fichier JSON Lines des cas.", en="JSON Lines file of the cases.")
_EXAMPLE = Text(
    fr="Identifiant d'un exemple du dispositif (à son propre jour, sans --on).",
    en="Id of an example of the scheme (on its own day, without --on).",
)
_DOSSIER = Text(fr="Référence d'un dossier de l'installation.", en="Reference of a dossier of the instance.")
_TERRITORY = Text(fr="Territoire, comme reg-53.", en="Territory, such as reg-53.")
_ON = Text(fr="Jour dont les règles jugent (aujourd'hui sinon).", en="Day whose rules judge (else today).")
_RESULTS = Text(
    fr="Réponses de guichet simulate (.parquet, ou le dossier de Spark), dont une ligne ou le compte est à dire.",
    en="Answers of guichet simulate (.parquet, or the folder of Spark), one line or the count of which is to be said.",
)
_ROW = Text(
    fr="Ligne de --results : son numéro, ou COLONNE=VALEUR d'une colonne gardée (--keep).",
    en="Line of --results: its number, or COLUMN=VALUE of a column kept (--keep).",
)
_DATA = Text(
    fr="Fichier simulé, d'où la ligne est expliquée en entier et comparée à sa réponse en masse.",
    en="File simulated, from which the line is explained in full and compared with its answer in bulk.",
)
_SUMMARY = Text(fr="Compte toutes les réponses de --results, en mots.", en="Count all answers of --results, in words.")
_JSON = Text(fr="Écrit un objet JSON par dossier.", en="Write one JSON object for each dossier.")


@bilingual.command("explain", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME, required=False, default="")
@bilingual.option("--case", "single", type=FILE, default=None, text=_CASE)
@bilingual.option("--cases", type=FILE, default=None, text=_CASES)
@bilingual.option("--example", default="", text=_EXAMPLE)
@bilingual.option("--dossier", default="", text=_DOSSIER)
@bilingual.option("--results", type=EXISTING, default=None, text=_RESULTS)
@bilingual.option("--row", default="", metavar="N|COLUMN=VALUE", text=_ROW)
@bilingual.option("--data", type=FILE, default=None, text=_DATA)
@bilingual.option("--list", "lists", multiple=True, metavar="LIST=FILE", text=LIST)
@bilingual.option("--summary", is_flag=True, text=_SUMMARY)
@bilingual.option("--territory", default="", text=_TERRITORY)
@bilingual.option("--on", type=DAY, default=None, text=_ON)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@pass_terminal
def command(
    terminal: Terminal,
    scheme: str,
    single: Path | None,
    cases: Path | None,
    example: str,
    dossier: str,
    results: Path | None,
    row: str,
    data: Path | None,
    lists: tuple[str, ...],
    summary: bool,
    territory: str,
    on: date | None,
    as_json: bool,
) -> int:
    """Explains each case, one stored dossier or a line of answers; exits with 2 when some case is refused."""
    given = [bool(single), bool(cases), bool(example), bool(dossier), bool(results)]
    alone = bool(dossier and (territory or on))  # a dossier has its own place and day
    if given.count(True) != 1 or bool(scheme) is bool(dossier) or alone:
        raise ProblemsFound([Problem("cli.explain_what")])
    of_results = bool(row or data or lists or summary)
    if of_results is not bool(results) or (results and (territory or on)):
        raise ProblemsFound([Problem("results.what")])
    if results:
        explain_results(terminal, scheme, WhatOfResults(results, row, data, summary, lists), as_json=as_json)
        return 0
    if dossier:
        _show(terminal, _stored(terminal, dossier), as_json=as_json)
        return 0
    library = library_of(terminal)
    if example:
        _show(terminal, _of_example(terminal, library, scheme, example, territory, on), as_json=as_json)
        return 0
    here = library.territories.find(territory).id if territory else ""

    @cache
    def compiled_in(place: str) -> CompiledScheme:
        return library.effective(scheme, library.territories.find(place).id if place else here).compiled

    compiled_in("")
    day = on or date.today()  # noqa: DTZ011  the author's own day, on the machine in front of them
    problems: list[Problem] = []
    for number, (place, content) in enumerate(one_case(single) if single else read_lines(cases or Path())):
        if number and not as_json:
            write(terminal.out, "")
        _explain(terminal, compiled_in, place, content, day, problems, as_json=as_json)
    sys.stdout.flush()
    if problems:
        terminal.refuse(problems)
    return 2 if any(problem.severity == "error" for problem in problems) else 0


def _explain(
    terminal: Terminal,
    compiled_in: Callable[[str], CompiledScheme],
    place: Position,
    content: bytes,
    on: date,
    problems: list[Problem],
    *,
    as_json: bool,
) -> None:
    try:
        given = parse_case(case_text(content))
        compiled = compiled_in(said_of_itself(given)[1])
        context = Context(today=on, language=terminal.language, territory=compiled.territory, mode="sandbox")
        case = read_case(compiled, given, on, context)
    except ProblemsFound as error:
        problems += [placed(problem, place) for problem in error.problems]
        return
    problems += [placed(problem, place) for problem in case.odd]
    _show(terminal, explain_fully(compiled, case.answers, case.facts, on, language=terminal.language), as_json=as_json)


def _of_example(
    terminal: Terminal, library: Library, scheme: str, example: str, territory: str, on: date | None
) -> FullExplanation:
    """What the rules say of one example of `examples.yaml`, on its own day unless another is asked."""
    declared = library.examples(scheme)
    if declared is None or example not in declared.examples:
        known = list(declared.examples) if declared else []
        raise ProblemsFound([Problem("cli.explain_example", guess(example, known))])
    where = territory or declared.examples[example].territory
    compiled = library.effective(scheme, library.territories.find(where).id if where else "").compiled
    own, day = case_of(compiled, declared, example)
    case = case_on(compiled, declared, example, on) if on else own
    return explain_fully(compiled, case.answers, case.facts, on or day, language=terminal.language)


def _stored(terminal: Terminal, reference: str) -> FullExplanation:
    with open_instance(terminal) as cases:
        try:
            return explain_stored(cases, reference, terminal.language)
        except NotFound as error:
            raise ProblemsFound([Problem("run.unknown_dossier", {"reference": reference})]) from error


def _show(terminal: Terminal, found: FullExplanation, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, default=str) + "\n")
        return
    for line in text_lines(found, terminal.language):
        write(terminal.out, line)
