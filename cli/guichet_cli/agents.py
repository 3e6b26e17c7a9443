"""`guichet agents`: who may instruct and decide, from a file; first passwords; roles taken back; who is kept out."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import click

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Language, Text, format_day
from guichet.runtime import read_library
from guichet.services.agent_files import ROLES_IN_FRENCH, Bodies, read_agent_file, read_role
from guichet.services.organisations import (
    FirstPassword,
    Held,
    Keep,
    close_agent,
    everyone,
    first_passwords,
    import_agents,
    reset_agent,
    unassign,
)
from guichet.storage import agents
from guichet_cli import bilingual
from guichet_cli.declarations import instance_here
from guichet_cli.instances import open_instance
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
_UNASSIGN = Text(
    fr="Retire un rôle à un agent, aussitôt ; ses autres rôles, son compte et ses actes restent.",
    en="Take a role back from an agent, at once; other roles, the account and what was done stay.",
)
_ROLE = Text(fr="Rôle retiré, comme dans le fichier : décideur.", en="Role taken back, as in the file: decider.")
_TERRITORY = Text(fr="Territoire : reg-53.", en="Territory: reg-53.")
_SCHEME = Text(fr="Pour ce dispositif seul (tous sinon).", en="For this scheme only (else for all).")
_LIST = Text(fr="Liste les agents, avec leurs habilitations.", en="List the agents, with their assignments.")
_LEDGER = Text(
    fr="{count} lignes lues : ajoutées {added}, modifiées {updated}, inchangées {unchanged}, rejetées {rejected}",
    en="{count} lines read: {added} added, {updated} updated, {unchanged} unchanged, {rejected} rejected",
    fr_one="{count} ligne lue : ajoutées {added}, modifiées {updated}, inchangées {unchanged}, rejetées {rejected}",
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
_UNASSIGNED = Text(
    fr="{count} habilitations retirées à {email}.",
    en="{count} assignments taken back from {email}.",
    fr_one="{count} habilitation retirée à {email}.",
    en_one="{count} assignment taken back from {email}.",
)
_ROW = Text(fr="{email}  {name}  {state}", en="{email}  {name}  {state}")
_HELD = Text(fr="  {role}  {territory}  {scheme}  {organisation}", en="  {role}  {territory}  {scheme}  {organisation}")
_HELD_UNTIL = Text(
    fr="  {role}  {territory}  {scheme}  {organisation}  jusqu'au {day}",
    en="  {role}  {territory}  {scheme}  {organisation}  until {day}",
)
_EVERY_SCHEME = Text(fr="tous les dispositifs", en="every scheme")
_STATES = {
    "closed": Text(fr="fermé", en="closed"),
    "waiting": Text(fr="sans mot de passe", en="no password"),
    "first": Text(fr="jamais entré", en="never entered"),
    "ready": Text(fr="actif", en="active"),
}

_NOBODY = Text(fr="Aucun agent : guichet agents import.", en="No agent: guichet agents import.")

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
    opened = open_instance(terminal) if folder is None else an_open_instance(terminal, folder)
    with opened as cases, _kept_in(out, cases.base_url) as keep:
        lines, problems = read_agent_file(cases, file.read_bytes(), str(file), _declared(terminal, folder))
        done = import_agents(cases, lines, problems)
        given = first_passwords(cases, keep) if out is not None else []
        waiting = [one for one in cases.store.read(agents.all_agents) if one.password_hash is None and one.active]
    terminal.say(
        _LEDGER,
        count=done.read,
        added=done.added,
        updated=done.updated,
        unchanged=done.unchanged,
        rejected=done.rejected,
    )
    if out is not None and given:
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
    with open_instance(terminal, folder=folder) as cases, _kept_in(out, cases.base_url) as keep:
        reset_agent(cases, email, keep)
    terminal.say(_WRITTEN, count=1, path=out)


@command.command("unassign", cls=bilingual.Command, text=_UNASSIGN, options_metavar="[OPTIONS]")
@bilingual.argument("email", text=_EMAIL)
@bilingual.argument("role", text=_ROLE)
@bilingual.argument("territory", text=_TERRITORY)
@bilingual.option("--scheme", default=None, text=_SCHEME)
@_folder
@pass_terminal
def take_back(
    terminal: Terminal, email: str, role: str, territory: str, scheme: str | None, folder: Path | None
) -> None:
    """Takes a role back from an agent."""
    with open_instance(terminal, folder=folder) as cases:
        taken = unassign(cases, email, read_role(role), cases.territories.find(territory).id, scheme)
    terminal.say(_UNASSIGNED, count=taken, email=email)


@command.command("close", cls=bilingual.Command, text=_CLOSE, options_metavar="[OPTIONS]")
@bilingual.argument("email", text=_EMAIL)
@_folder
@pass_terminal
def close(terminal: Terminal, email: str, folder: Path | None) -> None:
    """Keeps an agent out."""
    with open_instance(terminal, folder=folder) as cases:
        close_agent(cases, email)
    terminal.say(_CLOSED, email=email)


@command.command("list", cls=bilingual.Command, text=_LIST, options_metavar="[OPTIONS]")
@_folder
@pass_terminal
def list_agents(terminal: Terminal, folder: Path | None) -> None:
    """Lists every agent: whether the agent can enter, and the assignments held."""
    with open_instance(terminal, folder=folder) as cases:
        known = everyone(cases)
    for one in known:
        _list_one(terminal, one)
    if not known:
        terminal.say(_NOBODY)


def _list_one(terminal: Terminal, held: Held) -> None:
    agent = held.agent
    waits = "waiting" if agent.password_hash is None else "first" if agent.totp_last_step is None else "ready"
    state = terminal.text(_STATES[waits if agent.active else "closed"])
    terminal.say(_ROW, email=agent.email, name=agent.name, state=state)
    for one, organisation in held.assignments:
        terminal.say(
            _HELD if one.ends_on is None else _HELD_UNTIL,
            role=_role_name(one.role, terminal.language),
            territory=one.territory,
            scheme=one.scheme or terminal.text(_EVERY_SCHEME),
            organisation=organisation.name,
            day=format_day(one.ends_on, terminal.language) if one.ends_on else "",
        )


def _role_name(role: str, language: Language) -> str:
    """A role as the file of agents may name it."""
    names = {english: french for french, english in reversed(ROLES_IN_FRENCH.items())} if language == "fr" else {}
    return names.get(role, role)


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


@contextmanager
def _kept_in(out: Path | None, base_url: str) -> Generator[Keep]:
    """A file that only its owner may read, the one place where passwords are written.

    It is open before any password exists: none is given that nobody could read.
    """
    if out is None:
        yield lambda _given: None
        return
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    kept: list[FirstPassword] = []

    def keep(given: Sequence[FirstPassword]) -> None:
        rows = [[one.email, one.name, one.password, f"{base_url}/agents/connexion"] for one in given]
        os.ftruncate(descriptor, 0)  # an act may be tried again
        os.lseek(descriptor, 0, os.SEEK_SET)
        rest = _csv_bytes([["email", "name", "password", "address"], *rows])
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
        kept[:] = given

    try:
        yield keep
    finally:
        os.close(descriptor)
        if not kept:
            out.unlink()


def _csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()
