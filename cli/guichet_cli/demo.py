"""`guichet demo`: a sandbox in the proportions of the true story, to walk through or to play without a screen."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from guichet.demo.headless import Ending, Wanted, play
from guichet.demo.recipes import choose_scheme
from guichet.demo.stage import Told
from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text, format_money, format_number
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.terminal import Terminal, pass_terminal, write

__all__ = ["command"]

_ABOUT = Text(
    fr="Joue l'histoire entière dans un bac à sable : liste, dépôts, avis, décisions, courriers, paiements.",
    en="Play the whole story in a sandbox: list, filings, opinions, decisions, letters, payments.",
)
_HEADLESS = Text(
    fr="Sans écran : joue tout, compte trois fois, et donne les chiffres.",
    en="Without a screen: play it all, count three times, and give the figures.",
)
_SCHEME = Text(
    fr="Dispositif à montrer (parmi ceux qui ont un demo.yaml).", en="Scheme to show (among those with a demo.yaml)."
)
_DOSSIERS = Text(fr="Combien de demandes déposées (la recette sinon).", en="How many are filed (else the recipe's).")
_BENEFICIARIES = Text(
    fr="Combien de lignes dans les listes (la recette sinon).", en="How many rows the lists have (else the recipe's)."
)
_OUT = Text(fr="Dossier où tout est écrit.", en="Folder in which all is written.")
_JSON = Text(fr="Les chiffres en un objet JSON.", en="The figures as one JSON object.")
_TERRITORIES = Text(
    fr="Territoire, comme reg-53 ; peut être répété (ceux de la recette sinon).",
    en="Territory, such as reg-53; may be repeated (else the recipe's).",
)
_STEPS = {
    "write": Text(fr="liste écrite", en="list written"),
    "import": Text(fr="liste importée", en="list imported"),
    "filing": Text(fr="dépôts", en="filings"),
    "pre_instruction": Text(fr="pré-instruction", en="pre-instruction"),
    "opinions": Text(fr="avis", en="opinions"),
    "decisions": Text(fr="décisions", en="decisions"),
    "letters": Text(fr="courriers et messages", en="letters and messages"),
    "payment": Text(fr="paiements", en="payments"),
}
_SUMMARY = Text(
    fr="{filed} demandes déposées ({stopped} arrêtées à l'entrée) : {granted} accordées ({amount}), {refused} refusées,"
    " {open} en cours. {files} fichiers de paiement, {lines} lignes. Les trois comptes sont les mêmes.",
    en="{filed} filed ({stopped} stopped at the gate): {granted} granted ({amount}), {refused} refused, {open} open."
    " {files} payment files, {lines} lines. The three counts are the same.",
)
_WRONG = Text(fr="Les comptes diffèrent : {what}", en="The counts differ: {what}")


@bilingual.command("demo", text=_ABOUT)
@bilingual.option("--headless", is_flag=True, text=_HEADLESS)
@bilingual.option("--scheme", default=None, text=_SCHEME)
@bilingual.option("--dossiers", type=click.IntRange(1), default=None, text=_DOSSIERS)
@bilingual.option("--beneficiaries", type=click.IntRange(1), default=None, text=_BENEFICIARIES)
@bilingual.option("--territory", "territories", multiple=True, text=_TERRITORIES)
@bilingual.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, text=_OUT)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@pass_terminal
def command(
    terminal: Terminal,
    headless: bool,
    scheme: str | None,
    dossiers: int | None,
    beneficiaries: int | None,
    territories: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> int:
    """Plays a demonstration; exits with 1 when the counts differ."""
    if not headless or out is None:
        raise ProblemsFound([Problem("demo.headless_needs_out", {})])
    library = library_of(terminal)
    chosen = choose_scheme(library, scheme)
    places = tuple(library.territories.find(text).id for text in territories)
    with _progress(terminal) as told:
        ending = play(terminal.settings, library, Wanted(chosen, out, dossiers, beneficiaries, places, told=told))
    _report(terminal, ending, as_json=as_json)
    return 1 if ending.wrong else 0


def _report(terminal: Terminal, ending: Ending, *, as_json: bool) -> None:
    figures, language = ending.figures, terminal.language
    for what in ending.wrong:
        terminal.note(_WRONG, what=what)
    if as_json:
        write(terminal.out, json.dumps(figures, ensure_ascii=False))
    elif not ending.wrong:
        names = ("filed", "granted", "refused", "open")
        numbers = {name: format_number(figures[name], 0, language) for name in names}
        terminal.say(
            _SUMMARY,
            **numbers,
            stopped=format_number(figures["stopped_at_gate"], 0, language),
            amount=format_money(figures["granted_cents"], language),
            files=format_number(figures["payment_files"], 0, language),
            lines=format_number(figures["payment_lines"], 0, language),
        )


@contextmanager
def _progress(terminal: Terminal) -> Generator[Told]:
    """A bar for each step, on a terminal only; what a pipe receives is the figures alone."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=terminal.err, disable=not terminal.err.is_terminal) as bars:

        def told(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(terminal.text(_STEPS[step]), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield told
