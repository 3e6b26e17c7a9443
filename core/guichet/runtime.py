"""The composition root: settings become the one UseCases that a process passes on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from guichet.loader.library import Library, load_library
from guichet.loader.territories import load_territories
from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.plugin import Plugins, load_plugins
from guichet.plugin.contracts import LoggedCall
from guichet.plugin.contracts.base import Mode
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.services.cases import UseCases
from guichet.services.clocks import SystemClock
from guichet.services.snapshots import Snapshots
from guichet.settings import Settings, SmtpSettings, shipped_folder
from guichet.storage import Store, open_store, outside_calls

DATABASE_FILE = "guichet.sqlite3"
_MAIL_SECRET = "smtp_password"  # noqa: S105  the name of a secret, not a secret


@dataclass(frozen=True, slots=True)
class Roots:
    """Where declarations are read from: the shipped folders, then the instance's own over them."""

    schemes: tuple[Path, ...]
    regions: tuple[Path, ...]


def roots_of(instance: Path | None) -> Roots:
    """The folders of declarations that an instance reads."""
    own = (instance,) if instance is not None else ()
    schemes = tuple(folder / "schemes" for folder in own if (folder / "schemes").is_dir())
    regions = tuple(folder / "regions" for folder in own if (folder / "regions").is_dir())
    return Roots((shipped_folder("schemes"), *schemes), (shipped_folder("regions"), *regions))


def read_library(
    settings: Settings,
    plugins: Plugins | None = None,
    *,
    only: Sequence[str] | None = None,
    shown_from: Path | None = None,
) -> Library:
    """The declarations of an instance; raises ProblemsFound with every mistake."""
    roots = roots_of(settings.instance)
    loaded = plugins or load_plugins(disabled=settings.plugins_off)
    return load_library(roots.schemes, roots.regions, loaded, only=only, shown_from=shown_from)


def read_library_of(settings: Settings, folders: Sequence[Path], *, shown_from: Path | None = None) -> Library:
    """The library in which some scheme folders, wherever they lie, stand over all others."""
    roots = roots_of(settings.instance)
    schemes = (*roots.schemes, *dict.fromkeys(folder.parent for folder in folders))
    names = [folder.name for folder in folders]
    loaded = load_plugins(disabled=settings.plugins_off)
    return load_library(schemes, roots.regions, loaded, only=names, shown_from=shown_from)


def build(
    settings: Settings,
    *,
    folder: Path,
    mode: Mode = "sandbox",
    business_day: date | None = None,
    clock: Clock | None = None,
    plugins: Plugins | None = None,
    secrets: Mapping[str, str] | None = None,
    base_url: str = "",
    hosts: Sequence[str] = (),
) -> UseCases:
    """The use cases of the instance that lives in a folder; the caller closes `cases.store`.

    Args:
        hosts: The outside hosts that plugins may call, besides loopback in a sandbox.
    """
    folder.mkdir(parents=True, exist_ok=True)
    loaded = plugins or load_plugins(disabled=settings.plugins_off)
    chosen = clock or SystemClock(business_day)
    ids = Ids(chosen.now, os.urandom)
    url = settings.database_url or f"sqlite:///{folder / DATABASE_FILE}"
    store = open_store(url, clock=chosen, ids=ids, mode=mode)
    return UseCases(
        store=store,
        snapshots=Snapshots(store, loaded),
        territories=load_territories(roots_of(settings.instance).regions),
        plugins=loaded,
        clock=chosen,
        ids=ids,
        mode=mode,
        folder=folder,
        base_url=base_url,
        secrets={**_secrets_in(settings.secrets), **dict(secrets or {}), **_mail_secret(settings.smtp)},
        channels=_channels(settings.smtp),
        outside=_outside(store, chosen, hosts, mode, url=base_url),
    )


def _outside(store: Store, clock: Clock, hosts: Sequence[str], mode: Mode, *, url: str) -> OutsideClient:
    """The door to other services; each call is kept in the log before its answer is used."""

    def log(call: LoggedCall) -> None:
        store.act(lambda tx: outside_calls.log(tx, call))

    agent = f"guichet/{version('guichet-aides')}" + (f" (+{url})" if url else "")
    return OutsideClient(AllowedHosts(hosts, mode), clock, log, user_agent=agent)


def _channels(smtp: SmtpSettings | None) -> dict[str, dict[str, str]]:
    """The options of the e-mail channel; without a mail server, messages become files."""
    if smtp is None:
        return {}
    options = {"smtp_host": smtp.host, "smtp_port": str(smtp.port), "security": smtp.security}
    told = {"user": smtp.user, "sender": smtp.sender, "password": smtp.password and f"secret:{_MAIL_SECRET}"}
    return {"email": options | {name: text for name, text in told.items() if text}}


def _secrets_in(folder: Path | None) -> dict[str, str]:
    """The secrets of a folder: one file each, its name the secret's."""
    if folder is None:
        return {}
    return {path.name: path.read_text(encoding="utf-8").strip() for path in folder.iterdir() if path.is_file()}


def _mail_secret(smtp: SmtpSettings | None) -> dict[str, str]:
    return {_MAIL_SECRET: smtp.password} if smtp is not None and smtp.password else {}
