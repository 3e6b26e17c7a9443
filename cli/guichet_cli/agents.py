"""`guichet agents`: who may instruct and decide, from a file; first passwords; who is kept out."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

import click

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet.runtime import read_library
from guichet.services.agent_files import Bodies, read_agent_file
from guichet.services.organisations import FirstPassword, close_agent, first_passwords, import_agents, reset_agent
from guichet.storage import agents
from guichet_cli import bilingual
from guichet_cli.declarations import instance_here
from guichet_cli.opening import an_open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import EXISTING

__all__ = ["command"]

_ABOUT = Text(fr="Gère les agents et leurs habilitations.", en="Manage agents and their assignments.")
_IMPORT = Text(
    fr="Importe un fichier CSV d'agents : email;name;role;organisation;body;territory;scheme;ends_on.",
    en="Import a CSV file of agents: email;name;role;organisation;body;territory;scheme;ends_on.",
)
_FILE = Text(fr="Le fichier CSV.", en="The CSV file.")
_OUT = Text(
    fr="Fichier où écrire les premiers mots de passe, à remettre puis à détruire.",
    en="File to write first passwords to, to be handed over and then destroyed.",
)
_FOLDER = Text(fr="Dossier de l'installation.", en="Folder of the instance.")
_EMAIL = Text(fr="Adresse de l'agent.", en="The agent's address.")
_RESET = Text(
    fr="Donne un nouveau premier mot de passe et oublie le téléphone.",
    en="Give a new first password and forget the phone.",
)
_CLOSE = Text(fr="Tient un agent dehors ; ses actes restent.", en="Keep an agent out; what was done stays.")
_LIST = Text(fr="Liste les agents.", en="List the agents.")
_LEDGER = Text(
    fr="{count} lignes lues : {added} ajoutées, {updated} modifiées, {unchanged} inchangées, {rejected} rejetées",
    en="{count} lines read: {added} added, {updated} updated, {unchanged} unchanged, {rejected} rejected",
    fr_one="{count} ligne lue : {added} ajoutée, {updated} modifiée, {unchanged} inchangée, {rejected} rejetée",
    en_one="{count} line read: {added} added, {updated} updated, {unchanged} unchanged, {rejected} rejected",
)
_WRITTEN = Text(
    fr="{count} premiers mots de passe dans {path}",
    en="{count} first passwords in {path}",
    fr_one="{count} premier mot de passe dans {path}",
    en_one="{count} first password in {path}",
)
_WAITING = Text(
    fr="{count} agents n'ont pas de mot de passe : relancez avec --out FICHIER.",
    en="{count} agents have no password: run again with --out FILE.",
    fr_one="{count} agent n'a pas de mot de passe : relancez avec --out FICHIER.",
    en_one="{count} agent has no password: run again with --out FILE.",
)
_CLOSED = Text(fr="{email} ne peut plus entrer.", en="{email} can no longer enter.")
_ROW = Text(fr="{email}  {name}  {state}", en="{email}  {name}  {state}")
_STATES = {
    "closed": Text(fr="fermé", en="closed"),
    "waiting": Text(fr="sans mot de passe", en="no password"),
    "first": Text(fr="jamais entré", en="never entered"),
    "ready": Text(fr="actif", en="active"),
}

_folder = bilingual.option("--folder", type=click.Path(path_type=Path, file_okay=False), text=_FOLDER)
_out = bilingual.option("--out", type=click.Path(path_type=Path, dir_okay=False), text=_OUT)


@bilingual.group("agents", text=_ABOUT)
def command() -> None:
    """Groups what is done with agents."""


@command.command("import", cls=bilingual.Command, text=_IMPORT, options_metavar="[OPTIONS]")
@bilingual.argument("file", type=EXISTING, text=_FILE)
@_out
@_folder
@pass_terminal
def import_file(terminal: Terminal, file: Path, out: Path | None, folder: Path | None) -> int:
    """Imports a file; leaves with 2 when a line was rejected."""
    _refuse_existing(out)
    with an_open_instance(terminal, folder) as cases:
        lines, problems = read_agent_file(cases, file.read_bytes(), str(file), _declared(terminal, folder))
        done = import_agents(cases, lines, problems)
        given = first_passwords(cases) if out is not None else []
        waiting = [one for one in cases.store.read(agents.all_agents) if one.password_hash is None and one.active]
        address = f"{cases.base_url}/agents/connexion"
    terminal.say(
        _LEDGER,
        count=done.read,
        added=done.added,
        updated=done.updated,
        unchanged=done.unchanged,
        rejected=done.rejected,
    )
    if out is not None and given:
        _write_passwords(out, given, address)
        terminal.say(_WRITTEN, count=len(given), path=out)
    if waiting:
        terminal.note(_WAITING, count=len(waiting))
    if problems:
        terminal.refuse(problems)
        return 2
    return 0


@command.command("reset", cls=bilingual.Command, text=_RESET, options_metavar="[OPTIONS]")
@bilingual.argument("email", text=_EMAIL)
@bilingual.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, text=_OUT)
@_folder
@pass_terminal
def reset(terminal: Terminal, email: str, out: Path, folder: Path | None) -> None:
    """Gives an agent a new first password."""
    _refuse_existing(out)
    with an_open_instance(terminal, folder) as cases:
        given = [reset_agent(cases, email)]
        _write_passwords(out, given, f"{cases.base_url}/agents/connexion")
    terminal.say(_WRITTEN, count=len(given), path=out)


@command.command("close", cls=bilingual.Command, text=_CLOSE, options_metavar="[OPTIONS]")
@bilingual.argument("email", text=_EMAIL)
@_folder
@pass_terminal
def close(terminal: Terminal, email: str, folder: Path | None) -> None:
    """Keeps an agent out."""
    with an_open_instance(terminal, folder) as cases:
        close_agent(cases, email)
    terminal.say(_CLOSED, email=email)


@command.command("list", cls=bilingual.Command, text=_LIST, options_metavar="[OPTIONS]")
@_folder
@pass_terminal
def list_agents(terminal: Terminal, folder: Path | None) -> None:
    """Lists every agent and whether the agent can enter."""
    with an_open_instance(terminal, folder) as cases:
        for one in cases.store.read(agents.all_agents):
            waits = "waiting" if one.password_hash is None else "first" if one.totp_last_step is None else "ready"
            state = terminal.text(_STATES[waits if one.active else "closed"])
            terminal.say(_ROW, email=one.email, name=one.name, state=state)


def _declared(terminal: Terminal, folder: Path | None) -> Bodies:
    """What tells the bodies of a scheme declared and not published; the declarations are read when first asked."""
    library = cache(lambda: read_library(instance_here(terminal, folder)[0], shown_from=Path.cwd()))

    @cache
    def bodies(scheme: str, territory: str) -> Collection[str] | None:
        if scheme not in library().sources or not library().effective(scheme).scheme.is_meant_for(territory):
            return None
        return tuple(library().effective(scheme, territory).scheme.workflow.bodies)

    return bodies


def _refuse_existing(out: Path | None) -> None:
    if out is not None and out.exists():
        raise ProblemsFound([Problem("agents.file_exists", {"path": out})])


def _write_passwords(out: Path, given: Sequence[FirstPassword], address: str) -> None:
    """A file that only its owner may read; it is the one place where these passwords are written."""
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["email", "name", "password", "address"])
        writer.writerows([one.email, one.name, one.password, address] for one in given)
