"""The composition root: settings become the one UseCases that a process passes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from guichet.errors import Position, Problem, ProblemsFound
from guichet.loader.instances import INSTANCE_FILE, SECRETS, InstanceSource, data_folder, read_instance
from guichet.loader.library import Library, load_library
from guichet.loader.territories import load_territories
from guichet.model.clock import Clock
from guichet.model.identifiers import Ids
from guichet.model.instance import InstanceFile
from guichet.model.territories import Territories
from guichet.plugin import Marks, Plugins, load_plugins
from guichet.plugin.contracts import LoggedCall
from guichet.plugin.contracts.base import Mode
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.services.cases import UseCases
from guichet.services.clocks import SystemClock
from guichet.services.patience import Patience
from guichet.services.quota_books import SharedBook
from guichet.services.snapshots import Snapshots
from guichet.settings import Settings, SmtpSettings, shipped_folder
from guichet.storage import Store, open_store, outside_calls
from guichet.storage.errors import ModeMismatchError

Reading = Callable[..., Library]
DATABASE_FILE = "guichet.sqlite3"
_UNDECLARED = InstanceFile(format=1, mode="sandbox")
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


def scheme_roots(roots: Roots, plugins: Plugins) -> tuple[Path, ...]:
    """The folders of schemes and blocks, those of plugins over the shipped ones and under the instance's own."""
    shipped, *own = roots.schemes
    found = [(plugins.owners["data", key], package.declarations()) for key, package in sorted(plugins.data.items())]
    brought = [(owner, folder) for owner, folder in found if folder is not None]
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for owner, folder in brought:
        for declared in (*folder.glob("*/scheme.yaml"), *folder.glob("_blocks/*.yaml")):
            name = declared.parent.name if declared.name == "scheme.yaml" else f"_blocks/{declared.stem}"
            if seen.setdefault(name, owner) != owner:
                data = {"plugin": owner, "other": seen[name], "name": name}
                problems.append(Problem("plugin.declared_twice", data))
    if problems:
        raise ProblemsFound(problems)
    return (shipped, *(folder for _, folder in brought), *own)


def read_library(
    settings: Settings,
    plugins: Plugins | None = None,
    *,
    only: Sequence[str] | None = None,
    shown_from: Path | None = None,
    read: Reading = load_library,
) -> Library:
    """The declarations of an instance.

    Args:
        read: How mistakes are taken: `load_library` raises them all, `survey_library` goes past those it can.
    """
    roots = roots_of(settings.instance)
    loaded = plugins or load_plugins(disabled=settings.plugins_off)
    return read(scheme_roots(roots, loaded), roots.regions, loaded, only=only, shown_from=shown_from)


def read_library_of(
    settings: Settings, folders: Sequence[Path], *, shown_from: Path | None = None, read: Reading = load_library
) -> Library:
    """The library in which some scheme folders, wherever they lie, stand over all others."""
    roots = roots_of(settings.instance)
    loaded = load_plugins(disabled=settings.plugins_off)
    schemes = (*scheme_roots(roots, loaded), *dict.fromkeys(folder.parent for folder in folders))
    names = [folder.name for folder in folders]
    return read(schemes, roots.regions, loaded, only=names, shown_from=shown_from)


def build(
    settings: Settings,
    *,
    folder: Path,
    mode: Mode | None = None,
    business_day: date | None = None,
    clock: Clock | None = None,
    plugins: Plugins | None = None,
    territories: Territories | None = None,
    secrets: Mapping[str, str] | None = None,
    base_url: str = "",
    hosts: Sequence[str] = (),
    marks: Marks | None = None,
) -> UseCases:
    """The use cases of the instance that keeps its data in a folder; the caller closes `cases.store`.

    What its `instance.yaml` says holds where nothing else is given; without that file, the mode is a sandbox's.

    Args:
        territories: Read from the instance's own and the shipped `regions/` unless given.
        hosts: The outside hosts that plugins may call, besides those of the file, and loopback in a sandbox.
        marks: Where a watchdog reads which plugin was being started when the process died.

    Raises:
        ProblemsFound: every mistake of `instance.yaml`.
        ModeMismatchError: the database was made in another mode.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # mails, files and the database are for their owner alone
    loaded = plugins or load_plugins(disabled=settings.plugins_off, marks=marks)
    source = instance_of(settings, folder, loaded)
    declared = source.file if source is not None else _UNDECLARED
    chosen = clock or SystemClock(business_day)
    ids = Ids(chosen.now, os.urandom)
    asked: Mode = mode or declared.mode
    certificates = source.certificates if source is not None else None
    url = base_url or declared.base_url
    places = territories or load_territories(roots_of(settings.instance).regions)  # a mistake leaves no database open
    told = secrets_of(settings, source) | dict(secrets or {})
    store = _opened_store(settings, folder, chosen, ids, asked, source)
    return UseCases(
        store=store,
        snapshots=Snapshots(store, loaded),
        territories=places,
        plugins=loaded,
        clock=chosen,
        ids=ids,
        mode=asked,
        folder=folder,
        base_url=url,
        name=declared.name,
        secrets=told,
        services=_services(settings, source),
        outside=_outside(store, chosen, (*declared.hosts, *hosts), asked, url=url, certificates=certificates),
        webhooks=declared.webhooks,
        patience=Patience(page_wait_s=settings.page_wait_ms / 1000),
    )


def _outside(
    store: Store, clock: Clock, hosts: Sequence[str], mode: Mode, *, url: str, certificates: Path | None
) -> OutsideClient:
    """The door to other services; each call is kept in the log before its answer is used."""

    def log(call: LoggedCall) -> None:
        store.act(lambda tx: outside_calls.log(tx, call))

    agent = f"guichet/{version('guichet-aides')}" + (f" (+{url})" if url else "")
    allowed, book = AllowedHosts(hosts, mode), SharedBook(store)
    return OutsideClient(allowed, clock, log, book=book, user_agent=agent, certificates=certificates)


def instance_of(settings: Settings, folder: Path, plugins: Plugins) -> InstanceSource | None:
    """The `instance.yaml` that governs a folder of data; a demo's or a test's has none."""
    own = settings.instance
    if own is None or not (own / INSTANCE_FILE).is_file() or data_folder(own).resolve() != folder.resolve():
        return None
    return read_instance(own, plugins, Path.cwd())


def _opened_store(
    settings: Settings, folder: Path, clock: Clock, ids: Ids, mode: Mode, source: InstanceSource | None
) -> Store:
    url = settings.database_url or f"sqlite:///{folder / DATABASE_FILE}"
    try:
        return open_store(url, clock=clock, ids=ids, mode=mode)
    except ModeMismatchError as error:
        if source is None:
            raise
        raise ProblemsFound([Problem("instance.other_mode", error.data, source.place("mode"))]) from error


def _services(settings: Settings, source: InstanceSource | None) -> dict[str, dict[str, Any]]:
    """Plugin key → the options of the operator: those of `instance.yaml`, then those of the environment over them."""
    services = dict(source.file.services) if source is not None else {}
    for key, options in _mail_options(settings.smtp).items():
        services[key] = {**services.get(key, {}), **options}
    return services


def _mail_options(smtp: SmtpSettings | None) -> dict[str, dict[str, str]]:
    """The options of the e-mail channel; without a mail server, messages become files."""
    if smtp is None:
        return {}
    options = {"smtp_host": smtp.host, "smtp_port": str(smtp.port), "security": smtp.security}
    told = {"user": smtp.user, "sender": smtp.sender, "password": smtp.password and f"secret:{_MAIL_SECRET}"}
    return {"email": options | {name: text for name, text in told.items() if text}}


def secrets_of(settings: Settings, source: InstanceSource | None) -> dict[str, str]:
    """The secrets beside `instance.yaml`, those of the operator's own folder, the mail server's password."""
    found = _secrets_in(source.folder / SECRETS) if source is not None else {}
    if settings.secrets is not None:
        found |= _secrets_in(settings.secrets)
    if settings.smtp is not None and settings.smtp.password:
        found[_MAIL_SECRET] = settings.smtp.password
    return found


def _secrets_in(folder: Path) -> dict[str, str]:
    """The secrets of a folder: one file each, its name the secret's; raises ProblemsFound for what does not read."""
    files = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(path for path in files if not path.name.startswith(".")):
        try:
            found[path.name] = path.read_text(encoding="utf-8").strip()
        except UnicodeDecodeError as error:  # nothing of the secret is quoted, the byte at fault included
            data = {"byte": "0x??", "offset": error.start + 1}
            problems.append(Problem("yaml.not_utf8", data, Position(str(path), 1, 1)))
        except OSError:
            problems.append(Problem("cli.unreadable", {"path": path}))
    if problems:
        raise ProblemsFound(problems)
    return found
