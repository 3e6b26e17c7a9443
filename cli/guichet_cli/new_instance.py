"""`guichet new instance`: the folder of an installation, ready to be worked in; asks nothing."""

from __future__ import annotations

import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

import click

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet.model.instance import parse_base_url
from guichet.model.scalars import ScalarError
from guichet.services.second_factors import KEY as SECOND_FACTORS
from guichet_cli import bilingual
from guichet_cli.editor_files import SCHEMAS, finished, write_schemas
from guichet_cli.first_files import filled, in_yaml, refuse_taken, write_files
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["instance"]

_ABOUT = Text(
    fr="Fait le dossier d'une installation : réglages, secrets hors de git, dispositifs, territoires, services."
    " Bac à sable, sauf avec --mode live.",
    en="Make the folder of an instance: settings, secrets outside git, schemes, territories, services. A sandbox,"
    " unless --mode live.",
)
_DIR = Text(fr="Dossier à faire, absent ou vide.", en="Folder to make, absent or empty.")
_MODE = Text(
    fr="sandbox : données inventées, rien n'est payé ; live : pour de vrai. Ne change plus ensuite.",
    en="sandbox: invented data, nothing is paid; live: the real thing. Never changes afterwards.",
)
_NAME = Text(fr="Nom du site (celui du dossier sinon).", en="Name of the site (else the folder's).")
_URL = Text(
    fr="Adresse publique : https://aides.exemple.fr ; peut s'écrire plus tard dans instance.yaml.",
    en="Public address: https://aides.example.com; may be written later in instance.yaml.",
)
_MADE = Text(fr="{path}", en="{path}")
_NEXT = Text(
    fr="L'installation est faite (mode {mode}). La suite est dans {readme} :\n{enter}"
    "  guichet new scheme mon-aide\n  guichet check",
    en="The instance is made ({mode} mode). What comes next is in {readme}:\n{enter}"
    "  guichet new scheme my-aid\n  guichet check",
)
_ADDRESS_LATER = Text(
    fr="Avant de publier : écrivez base_url: https://… dans {file} ; une installation réelle le demande.",
    en="Before publishing: write base_url: https://… in {file}; a live instance needs it.",
)
_TITLES = {
    "guichet.socket": Text(
        fr="La porte du site : pendant un redémarrage, qui frappe attend au lieu d'être renvoyé.",
        en="The door of the site: during a restart, who knocks waits instead of being turned away.",
    ),
    "guichet.service": Text(
        fr="Le site et le travail de fond. Relisez, puis, en administrateur de la machine :",
        en="The site and the background work. Read it, then, as the machine's administrator:",
    ),
    "guichet-worker@.service": Text(
        fr="Des exécutants de plus, avec PostgreSQL seulement : avec SQLite, guichet.service suffit.",
        en="More workers, on PostgreSQL only: on SQLite, guichet.service is enough.",
    ),
    "nginx.conf": Text(
        fr="Un serveur nginx qui termine TLS devant Guichet ; le certificat est celui de votre autorité.",
        en="An nginx server that ends TLS in front of Guichet; the certificate is your authority's.",
    ),
    "Caddyfile": Text(
        fr="Un serveur Caddy qui termine TLS devant Guichet et demande son certificat tout seul.",
        en="A Caddy server that ends TLS in front of Guichet and asks for its certificate by itself.",
    ),
}
_NOTES = {
    "user_note": Text(
        fr="Un compte pour ce seul service : useradd --system guichet ; var/ et secrets/ sont à lui.",
        en="An account for this service alone: useradd --system guichet; var/ and secrets/ are its own.",
    ),
    "environment_note": Text(
        fr="GUICHET_DATABASE_URL=postgresql://… pour PostgreSQL, GUICHET_LANG=fr",
        en="GUICHET_DATABASE_URL=postgresql://… for PostgreSQL, GUICHET_LANG=en",
    ),
    "stop_note": Text(
        fr="SIGTERM : ce qui est commencé se termine avant l'arrêt.",
        en="SIGTERM: what is under way is finished before it stops.",
    ),
}
_REFERENCE = "core/docs/reference/instance-yaml.md"
_NO_ADDRESS = Text(fr="# base_url: https://aides.exemple.fr", en="# base_url: https://aides.example.com")
_KEPT_OUT = "*\n!.gitignore\n"


@bilingual.command("instance", text=_ABOUT)
@bilingual.argument("folder", type=click.Path(path_type=Path), text=_DIR)
@bilingual.option("--mode", type=click.Choice(["sandbox", "live"]), default="sandbox", text=_MODE)
@bilingual.option("--name", default="", text=_NAME)
@bilingual.option("--url", default="", text=_URL)
@pass_terminal
def instance(terminal: Terminal, folder: Path, mode: str, name: str, url: str) -> None:
    """Makes the folder and says what to do next."""
    refuse_taken(folder)
    address = _address(url, mode)
    title = " ".join(name.split()) or folder.resolve().name
    files = _files(terminal, folder.resolve(), mode, title, address)
    for path in write_files(folder, finished(files, folder, folder / SCHEMAS)):
        terminal.say(_MADE, path=path)
    write_schemas(replace(terminal.settings, instance=folder), folder / SCHEMAS)
    terminal.say(_MADE, path=folder / SCHEMAS)
    for private in ("secrets", "var"):
        (folder / private).chmod(0o700)
    (folder / "secrets" / SECOND_FACTORS).chmod(0o600)
    enter = "" if folder.resolve() == Path.cwd() else f"  cd {shlex.quote(str(folder))}\n"
    terminal.note(_NEXT, mode=mode, enter=enter, readme=folder / "README.md")
    if mode == "live" and not address:
        terminal.note(_ADDRESS_LATER, file=folder / "instance.yaml")


def _address(url: str, mode: str) -> str:
    if not url:
        return ""
    try:
        address = parse_base_url(url)
    except ScalarError as error:
        raise ProblemsFound([Problem(error.code, error.data)]) from error
    if mode == "live" and not address.startswith("https://"):
        raise ProblemsFound([Problem("instance.live_needs_https", {"url": url})])
    return address


def _files(terminal: Terminal, folder: Path, mode: str, name: str, address: str) -> dict[str, str]:
    words = {
        "mode": mode,
        "name": in_yaml(name),
        "base_url": f"base_url: {address}" if address else terminal.text(_NO_ADDRESS),
        "folder": str(folder).replace("%", "%%"),
        "host": urlsplit(address).hostname or terminal.text(Text(fr="aides.exemple.fr", en="aides.example.com")),
        "command": _own_command().replace("%", "%%"),
        "reference": _REFERENCE,
        **{note: terminal.text(text) for note, text in _NOTES.items()},
    }
    language = terminal.language
    plain = words | {"name": name}
    services = {f"service/{file}": filled(file, plain | {"title": terminal.text(_TITLES[file])}) for file in _TITLES}
    return {
        "instance.yaml": filled(f"instance.{language}.yaml", words),
        "README.md": filled(f"README.{language}.md", plain),
        "secrets/.gitignore": _KEPT_OUT,
        f"secrets/{SECOND_FACTORS}": f"{token_urlsafe(32)}\n",
        "var/.gitignore": _KEPT_OUT,
        "schemes/.gitkeep": "",
        "regions/.gitkeep": "",
        **services,
    }


def _own_command() -> str:
    """The command as a service must write it: with its whole path."""
    beside = Path(sys.executable).with_name("guichet")
    return str(beside) if beside.exists() else shutil.which("guichet") or "guichet"
