"""`guichet eval`: cases in JSON lines through the rules, one answer a line."""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import NO_RULES, NoRulesYet, evaluate
from guichet.errors import Problem, ProblemsFound, sentence
from guichet.language import Result
from guichet.locale import Text
from guichet.plugin.contracts import Context
from guichet.services.exchange import Case, parse_case, read_case
from guichet.services.traces import explanation_as_json
from guichet_cli import bilingual
from guichet_cli.case_files import case_text, placed, read_lines, said_of_itself
from guichet_cli.declarations import library_of
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY, FILE

__all__ = ["command"]

_ABOUT = Text(
    fr="Évalue des cas écrits en JSON, un objet par ligne, et écrit une réponse par cas, dans l'ordre. Champs par"
    " identifiant, faits et avis par « @nom » ; montants en euros, dates en AAAA-MM-JJ ; absent ou null : sans réponse."
    " « @reference » se retrouve dans la réponse, « @territory » vaut pour le cas."
    " Un cas refusé garde sa place : sa réponse donne alors “error” et “line”. Les lignes vides ne comptent pas.",
    en="Evaluate cases written in JSON, one object a line, and write one answer for each case, in order. Fields by id,"
    " facts and checks as “@name”; amounts in euros, dates as YYYY-MM-DD; absent or null: unanswered. “@reference”"
    " comes back in the answer, “@territory” holds for the case."
    " A refused case keeps its place: its answer then gives “error” and “line”. Empty lines do not count.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_CASES = Text(fr="Fichier JSON Lines des cas.", en="JSON Lines file of the cases.")
_TERRITORY = Text(fr="Territoire, comme reg-53.", en="Territory, such as reg-53.")
_ON = Text(fr="Jour dont les règles jugent (aujourd'hui sinon).", en="Day whose rules judge (else today).")
_EXPLAIN = Text(fr="Ajoute l'explication de chaque réponse.", en="Add the trace of each answer.")


@bilingual.command("eval", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--cases", type=FILE, required=True, text=_CASES)
@bilingual.option("--territory", default="", text=_TERRITORY)
@bilingual.option("--on", type=DAY, default=None, text=_ON)
@bilingual.option("--explain", "explained", is_flag=True, text=_EXPLAIN)
@pass_terminal
def command(terminal: Terminal, scheme: str, cases: Path, territory: str, on: date | None, explained: bool) -> int:
    """Evaluates each case; exits with 2 when some case is refused, after the answers to all."""
    library = library_of(terminal)
    here = library.territories.find(territory).id if territory else ""
    day = on or date.today()  # noqa: DTZ011  the author's own day, on the machine in front of them

    @cache
    def compiled_in(place: str) -> CompiledScheme:
        return library.effective(scheme, library.territories.find(place).id if place else here).compiled

    compiled_in("")
    problems: list[Problem] = []
    for place, line in read_lines(cases):
        reference = ""
        try:
            given = parse_case(case_text(line))
            reference, where = said_of_itself(given)
            compiled = compiled_in(where)
            context = Context(today=day, language=terminal.language, territory=compiled.territory, mode="sandbox")
            case = read_case(compiled, given, day, context)
        except ProblemsFound as error:
            problems += [placed(problem, place) for problem in error.problems]
            told = [sentence(problem.code, problem.data, terminal.language) for problem in error.problems]
            answer: dict[str, Any] = {"error": " ; ".join(told), "line": place.line}
        else:
            problems += [placed(problem, place) for problem in case.odd]
            answer = _answer(compiled, case, day, context, explained=explained)
        answer = {"reference": reference, **answer} if reference else answer
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    if problems:
        terminal.refuse(problems)
    return 2 if any(problem.severity == "error" for problem in problems) else 0


def _answer(compiled: CompiledScheme, case: Case, on: date, context: Context, *, explained: bool) -> dict[str, Any]:
    try:
        evaluation = evaluate(compiled, case.answers, case.facts, on)
    except NoRulesYet:
        return _as_json(NO_RULES, None)
    answer = _as_json(evaluation.result, evaluation.version.first_day)
    if explained:
        answer["trace"] = explanation_as_json(compiled, case.answers, case.facts, on, context.language)
    return answer


def _as_json(result: Result, version: date | None) -> dict[str, Any]:
    return {
        "outcome": result.outcome,
        "amount_cents": result.amount,
        "failed": list(result.failed),
        "missing": list(result.missing),
        "unavailable": list(result.unavailable),
        "awaited": list(result.awaited),
        "provisional_amount_cents": result.provisional,
        "version": version.isoformat() if version is not None else None,
    }
