"""Answers of a simulation in words: one line decoded, explained from its data, or the whole file counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guichet.catalogue import CompiledScheme
from guichet.engine.explanation_text import text_lines
from guichet.engine.full_explanations import condition_labels
from guichet.engine.wording import Names, as_line
from guichet.errors import Problem, ProblemsFound
from guichet.locale import Language, Text, Texts, format_day, format_money
from guichet_cli.simulate import require_bulk, simulation_of, tell
from guichet_cli.simulated import case_said
from guichet_cli.terminal import Terminal, write

if TYPE_CHECKING:  # the libraries of the extra are only loaded by the command itself
    from guichet.services.simulation import Decoded, Results

__all__ = ["WhatOfResults", "explain_results"]

_LINE = Text(fr="Ligne {line}, de {file}", en="Line {line}, from {file}")
_SAME = Text(
    fr="Même réponse que dans {file}, ligne {line}.",
    en="The same answer as in {file}, line {line}.",
)
_FAILED = Text(fr="Critères non remplis :", en="Criteria not met:")
_MISSING = Text(fr="Questions sans réponse :", en="Unanswered questions:")
_AWAITED = Text(fr="Attestations ou avis attendus :", en="Attestations or checks awaited:")
_SILENT = Text(fr="Sources muettes :", en="Silent sources:")
_AMOUNT = Text(fr="Montant : {case}", en="Amount: {case}")


@dataclass(frozen=True, slots=True)
class WhatOfResults:
    """What is asked of a file of answers: one line, with the data it came from, or the count of all."""

    results: Path
    row: str
    data: Path | None
    summary: bool
    lists: tuple[str, ...]


def explain_results(terminal: Terminal, scheme: str, asked: WhatOfResults, *, as_json: bool) -> None:
    """Writes what is asked; raises ProblemsFound when the file is not of these rules, or its data has changed."""
    if bool(asked.row) is asked.summary or (asked.summary and (asked.data or asked.lists)):
        raise ProblemsFound([Problem("results.what")])
    require_bulk()
    from guichet.services.simulation import Results, read_origin  # needs the extra

    origin = read_origin(asked.results)
    if origin.scheme != scheme:
        raise ProblemsFound([Problem("results.other_scheme", {"value": asked.results.name, "scheme": origin.scheme})])
    simulation = simulation_of(terminal, scheme, origin.territory or "", origin.on, asked.lists)
    results = Results(asked.results, simulation, origin)
    if asked.summary:
        tell(terminal, simulation, results.summary(), wants_json=as_json)
    elif asked.data is not None:
        _explained(terminal, results, asked.row, asked.data, as_json=as_json)
    else:
        decoded = results.decode(asked.row)
        if as_json:
            _write_json({"scheme": scheme, **decoded.as_json(), "results": asked.results.name})
            return
        for line in _decoded_lines(decoded, simulation.scheme(decoded.territory), asked.results, terminal.language):
            write(terminal.out, line)


def _explained(terminal: Terminal, results: Results, row: str, data: Path, *, as_json: bool) -> None:
    decoded, found = results.explain(row, data, terminal.language)
    if as_json:
        said = {"line": decoded.line, "branch": decoded.branch, "results": results.path.name, "same": True}
        _write_json({**found.as_json(), **said})
        return
    for line in text_lines(found, terminal.language):
        write(terminal.out, line)
    write(terminal.out, "")
    terminal.say(_SAME, file=results.path.name, line=decoded.line)


def _decoded_lines(decoded: Decoded, compiled: CompiledScheme, file: Path, language: Language) -> Iterator[str]:
    say, names, result = Texts(language), Names(compiled, language), decoded.result
    labels = condition_labels(compiled, decoded.on)

    def told(text: Text, **values: object) -> str:
        return as_line(text.form(language, None).format(**values), language)

    yield say("explain.title", scheme=compiled.scheme.title, day=format_day(decoded.on, language))
    yield told(_LINE, line=decoded.line, file=file.name)
    yield ""
    outcome, cents = say(f"explain.outcome_{result.outcome}"), result.amount_so_far
    if cents is not None:
        provisional = "" if result.amount is not None else f", {say('explain.provisional')}"
        outcome = say("explain.criterion", label=outcome, state=format_money(cents, language) + provisional)
    yield as_line(outcome, language)
    if decoded.branch is not None:
        yield told(_AMOUNT, case=case_said(compiled, decoded.on, decoded.branch, names))
    for text, ids in (
        (_FAILED, result.failed),
        (_MISSING, result.missing),
        (_AWAITED, result.awaited),
        (_SILENT, result.unavailable),
    ):
        if ids:
            yield told(text)
        for name in ids:
            yield "  " + (labels.get(name) or (names.listed(name) if text is _SILENT else names.label(name)))


def _write_json(found: object) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
