"""`guichet demo`: a sandbox in the proportions of the true story, to walk through or to play without a screen."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from guichet.demo.headless import Ending, Wanted, play, recount
from guichet.demo.persons import FILE, read_cast
from guichet.demo.recipes import choose_scheme
from guichet.demo.sandbox import open_sandbox
from guichet.demo.stage import Told
from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text, format_money, format_number
from guichet.web.app import create_app
from guichet.web.serving import serve
from guichet.worker.loop import run as work
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.demo_cast import show_addresses, show_cast
from guichet_cli.ports import listening
from guichet_cli.terminal import Terminal, pass_terminal, write

__all__ = ["command"]

_ABOUT = Text(
    fr="Prépare un bac à sable rempli de dossiers inventés, le sert, et dit comment y entrer. Avec --headless, joue"
    " l'histoire entière sans écran : liste, dépôts, avis, décisions, courriers, paiements.",
    en="Prepare a sandbox full of invented dossiers, serve it, and say how to come in. With --headless, play the whole"
    " story without a screen: list, filings, opinions, decisions, letters, payments.",
)
_FOLDER = Text(fr="Dossier du bac à sable (demo/ où l'on est).", en="Folder of the sandbox (demo/ where one stands).")
_PORT = Text(
    fr="Port d'écoute (8000 s'il est libre, un autre sinon).", en="Port to listen on (8000 when free, else another)."
)
_CODES = Text(
    fr="Redit seulement qui l'on peut être, avec les codes du moment.",
    en="Only say again who one may be, with the codes of now.",
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
_OUT = Text(
    fr="Avec --headless : dossier où tout est écrit (story/ là où l'on se trouve).",
    en="With --headless: folder in which all is written (story/ where one stands).",
)
_PREPARING = Text(fr="Préparation du bac à sable dans {folder}…", en="Preparing the sandbox in {folder}…")
_STOP = Text(
    fr="Les autres commandes y travaillent aussi : GUICHET_INSTANCE={folder} guichet journal verify\n"
    "Ctrl-C arrête tout ; la prochaine fois reprend où vous en êtes.",
    en="Other commands work on it too: GUICHET_INSTANCE={folder} guichet journal verify\n"
    "Ctrl-C stops all; the next start goes on from where you are.",
)
_JSON = Text(fr="Les chiffres en un objet JSON.", en="The figures as one JSON object.")
_TERRITORIES = Text(
    fr="Territoire, comme reg-53 ; peut être répété (ceux de la recette sinon).",
    en="Territory, such as reg-53; may be repeated (else the recipe's).",
)
_A_FOLDER = click.Path(path_type=Path, file_okay=False)
_PORTS = (8000, 0)
_DATABASE = Text(
    fr="Avec --headless : adresse d'une base vide (un fichier du dossier sinon).",
    en="With --headless: address of an empty database (else a file of the folder).",
)
_FETCH = Text(
    fr="Avec --headless : prend les listes auprès des doublures de leurs services, ou dans des fichiers (auprès des"
    " doublures jusqu'à 20 000 lignes sinon).",
    en="With --headless: fetch the lists from the stand-ins of their services, or read them from files (else from the"
    " stand-ins up to 20,000 rows).",
)
_RECOUNT = Text(
    fr="Avec --headless : ne joue rien, recompte ce qui fut joué dans le dossier.",
    en="With --headless: play nothing, count again what was played in the folder.",
)
_SAME = Text(fr="Les trois comptes sont les mêmes.", en="The three counts are the same.")
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
    fr="{filed} demandes déposées (arrêtées à l'entrée {stopped}) : accordées {granted} ({amount}), refusées {refused},"
    " en cours {open}. Fichiers de paiement : {files}, lignes {lines}. Les trois comptes sont les mêmes.",
    en="{filed} filed ({stopped} stopped at the gate): {granted} granted ({amount}), {refused} refused, {open} open."
    " Payment files: {files}, lines {lines}. The three counts are the same.",
    fr_one="{filed} demande déposée (arrêtées à l'entrée {stopped}) : accordées {granted} ({amount}), refusées"
    " {refused}, en cours {open}. Fichiers de paiement : {files}, lignes {lines}. Les trois comptes sont les mêmes.",
)
_PEOPLE = Text(
    fr="Jours : {days} ; agents : {agents} ; avis par agent : de {least} à {most} ; appels répondus : {calls}.",
    en="Days: {days}; agents: {agents}; opinions by agent: from {least} to {most}; calls answered: {calls}.",
)
_WRONG = Text(fr="Les comptes diffèrent : {what}", en="The counts differ: {what}")


@bilingual.command("demo", text=_ABOUT)
@bilingual.option("--folder", type=_A_FOLDER, default=None, text=_FOLDER)
@bilingual.option("--port", type=click.IntRange(0, 65535), default=None, text=_PORT)
@bilingual.option("--codes", is_flag=True, text=_CODES)
@bilingual.option("--scheme", default=None, text=_SCHEME)
@bilingual.option("--headless", is_flag=True, text=_HEADLESS)
@bilingual.option("--dossiers", type=click.IntRange(1), default=None, text=_DOSSIERS)
@bilingual.option("--beneficiaries", type=click.IntRange(1), default=None, text=_BENEFICIARIES)
@bilingual.option("--territory", "territories", multiple=True, text=_TERRITORIES)
@bilingual.option("--out", type=_A_FOLDER, default=None, text=_OUT)
@bilingual.option("--database", default=None, text=_DATABASE)
@bilingual.option("--recount", "again", is_flag=True, text=_RECOUNT)
@bilingual.option("--fetch/--files", "fetches", default=None, text=_FETCH)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@pass_terminal
def command(
    terminal: Terminal,
    folder: Path | None,
    port: int | None,
    codes: bool,
    scheme: str | None,
    headless: bool,
    dossiers: int | None,
    beneficiaries: int | None,
    territories: tuple[str, ...],
    out: Path | None,
    database: str | None,
    again: bool,
    fetches: bool | None,
    as_json: bool,
) -> int:
    """Serves a demonstration, or plays it without a screen; exits with 1 when the counts of such a run differ."""
    here = folder or Path.cwd() / "demo"
    if not headless:
        alone: dict[str, object] = {
            "--dossiers": dossiers,
            "--beneficiaries": beneficiaries,
            "--territory": territories,
            "--out": out,
            "--database": database,
            "--recount": again,
            "--files" if fetches is False else "--fetch": fetches is not None,
            "--json": as_json,
        }
        astray = [name for name, value in alone.items() if value]
        if astray:
            raise ProblemsFound([Problem("demo.headless_only", {"option": astray[0]})])
        return _tell(terminal, here) if codes else _serve(terminal, here, port, scheme)
    walked = {"--codes": codes, "--port": port is not None, "--folder": folder is not None and out is not None}
    for name in (name for name, value in walked.items() if value):
        raise ProblemsFound([Problem("demo.not_headless", {"option": name})])
    out = out or folder or Path.cwd() / "story"
    library = library_of(terminal)
    chosen = choose_scheme(library, scheme)
    if again:
        return _recount(terminal, out, chosen, database, as_json=as_json)
    places = tuple(dict.fromkeys(library.territories.find(text).id for text in territories))
    with _progress(terminal) as told:
        wanted = Wanted(chosen, out, dossiers, beneficiaries, places, database=database, told=told, fetches=fetches)
        ending = play(terminal.settings, library, wanted)
    _report(terminal, ending, as_json=as_json)
    return 1 if ending.wrong else 0


def _recount(terminal: Terminal, out: Path, scheme: str, database: str | None, *, as_json: bool) -> int:
    wrong = recount(terminal.settings, out, scheme, database)
    for what in wrong:
        terminal.note(_WRONG, what=what)
    if as_json:
        write(terminal.out, json.dumps({"wrong": wrong}, ensure_ascii=False))
    elif not wrong:
        terminal.say(_SAME)
    return 1 if wrong else 0


def _tell(terminal: Terminal, folder: Path) -> int:
    cast = read_cast(folder)
    if cast is None:
        raise ProblemsFound([Problem("demo.not_prepared", {"folder": folder})])
    show_cast(terminal, cast, folder / FILE, _again(folder))
    return 0


def _serve(terminal: Terminal, folder: Path, port: int | None, scheme: str | None) -> int:
    with _bound(port) as bound:
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        if read_cast(folder) is None:
            terminal.note(_PREPARING, folder=folder)
        with _progress(terminal) as told:
            opened = open_sandbox(
                terminal.settings, library_of(terminal), folder, scheme=scheme, base_url=url, told=told
            )
        cases = opened.cases
        try:
            show_cast(terminal, opened.cast, folder / FILE, _again(folder))
            show_addresses(terminal, opened.cast, url)
            terminal.note(_STOP, folder=folder)
            worker = f"{socket.gethostname()}-{os.getpid()}"
            serve(create_app(cases), bound, beside=[lambda stop: work(cases, stop, worker_name=worker)])
        finally:
            cases.store.close()
    return 0


def _bound(port: int | None) -> socket.socket:
    """A socket on the port asked for; without one, on the usual port or any other that is free."""
    usual, other = _PORTS
    return listening("127.0.0.1", usual, otherwise=other) if port is None else listening("127.0.0.1", port)


def _again(folder: Path) -> str:
    usual = folder == Path.cwd() / "demo"
    return "guichet demo --codes" + ("" if usual else f" --folder {folder}")


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
            count=figures["filed"],
            stopped=format_number(figures["stopped_at_gate"], 0, language),
            amount=format_money(figures["granted_cents"], language),
            files=format_number(figures["payment_files"], 0, language),
            lines=format_number(figures["payment_lines"], 0, language),
        )
        least, most = figures["opinions_of_one_agent"]
        others = {name: format_number(figures[name], 0, language) for name in ("days", "agents", "calls")}
        terminal.say(_PEOPLE, **others, least=least, most=most)


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
