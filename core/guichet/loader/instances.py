"""The folder of an installation: found from where one stands, its `instance.yaml` read with every mistake at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext, SSLError
from typing import Any

from guichet.catalogue.options import validate_options
from guichet.catalogue.positions import Locate
from guichet.catalogue.report import Report
from guichet.errors import Position, Problem, ProblemsFound, guess
from guichet.loader.declaration import declare, find, place, plain
from guichet.loader.library import locator
from guichet.loader.places import shown
from guichet.loader.reader import DISK, Files, Node
from guichet.loader.reader import Mapping as MappingNode
from guichet.model.instance import InstanceFile
from guichet.plugin import Plugins
from guichet.plugin.contracts import Options, Refused
from guichet.plugin.contracts.base import Contract
from guichet.plugin.outside import AllowedHosts, believe
from guichet.plugin.registry import FAMILIES

__all__ = ["DATA", "INSTANCE_FILE", "SECRETS", "InstanceSource", "data_folder", "find_instance", "read_instance"]

INSTANCE_FILE, SECRETS, DATA = "instance.yaml", "secrets", "var"
_NO_SERVICES = frozenset({"rule_functions", "field_types", "commands"})
_SET_BY_SCHEMES = frozenset({"list_sources", "payment_writers", "deliveries"})
"""Families whose options stand in schemes: `instance.yaml` may give some of them, and never owes the others."""


@dataclass(frozen=True, slots=True)
class InstanceSource:
    """An installation as its file says it, with the places of what it says."""

    folder: Path
    file: InstanceFile
    node: Node

    @property
    def certificates(self) -> Path | None:
        """The file of the authorities that the operator adds."""
        return self.folder / self.file.certificates if self.file.certificates else None

    def place(self, *path: str) -> Position:
        """Where a part of the file stands."""
        return place(self.node, path)


def find_instance(start: Path) -> Path | None:
    """The nearest folder, from one upwards, that holds an `instance.yaml`."""
    return next((folder for folder in (start, *start.parents) if (folder / INSTANCE_FILE).is_file()), None)


def data_folder(instance: Path) -> Path:
    """Where an instance keeps its database and files: apart from its declarations when it has an `instance.yaml`."""
    return instance / DATA if (instance / INSTANCE_FILE).is_file() else instance


def read_instance(
    folder: Path, plugins: Plugins, shown_from: Path | None = None, files: Files = DISK
) -> InstanceSource:
    """The `instance.yaml` of a folder, its services checked against the plugins.

    Raises:
        ProblemsFound: every mistake of the file, each with its place.
    """
    path = folder / INSTANCE_FILE
    node = files.node(path, shown(path, shown_from))
    problems: list[Problem] = []
    file: InstanceFile | None = None
    try:
        file = declare(InstanceFile, node)
    except ProblemsFound as error:
        problems += error.problems
    _check_services(node, plugins, problems)
    if file is not None and file.mode == "live" and not file.base_url.startswith("https://"):
        where = place(node, ("base_url",) if file.base_url else ("mode",))
        problems.append(Problem("instance.live_needs_https", {"url": file.base_url}, where, ("base_url",)))
    if file is not None:
        problems += _webhook_problems(node, file)
        problems += _certificate_problems(node, file, folder)
    if problems or file is None:
        raise ProblemsFound(sorted(problems, key=lambda problem: problem.position.line if problem.position else 0))
    return InstanceSource(folder, file, node)


def _check_services(node: Node, plugins: Plugins, problems: list[Problem]) -> None:
    services = find(node, ("services",))
    if not isinstance(services, MappingNode):
        return
    known = _services(plugins)
    for key, entry in services.entries.items():
        if key not in known:
            path = ("services", key)
            data = guess(key, sorted(known))
            problems.append(Problem("instance.unknown_service", data, entry.key.position, path))
        elif isinstance(entry.value, MappingNode):
            problems += _problems_of(known[key], plain(entry.value), key, locator(node))


def _webhook_problems(node: Node, file: InstanceFile) -> list[Problem]:
    """Webhooks whose host the operator does not allow: each would be refused at its first event."""
    allowed, problems = AllowedHosts(file.hosts, file.mode), list[Problem]()
    for name, webhook in file.webhooks.items():
        path = ("webhooks", name, "url")
        try:
            allowed.check(webhook.url)
        except Refused:
            problems.append(Problem("webhook.host", {"url": webhook.url}, place(node, path), path))
    return problems


def _certificate_problems(node: Node, file: InstanceFile, folder: Path) -> list[Problem]:
    """A file of authorities that cannot be read: without it, calls would be refused one by one."""
    if not file.certificates:
        return []
    try:
        believe(SSLContext(PROTOCOL_TLS_CLIENT), folder / file.certificates)
    except OSError as error:
        path = ("certificates",)
        why = None if isinstance(error, (SSLError, FileNotFoundError)) else error.strerror
        return [Problem("instance.certificates", {"file": file.certificates, "why": why}, place(node, path), path)]
    return []


def _services(plugins: Plugins) -> dict[str, list[tuple[str, type[Options]]]]:
    """Key → the family and options of each plugin of that key, those that only an instance sets first."""
    found: dict[str, list[tuple[str, type[Options]]]] = {}
    families = [family.name for family in FAMILIES if family.name not in _NO_SERVICES]
    for family in sorted(families, key=lambda name: name in _SET_BY_SCHEMES):
        things: Mapping[str, Contract[Any]] = getattr(plugins, family)
        for key, thing in things.items():
            if thing.Options.model_fields:
                found.setdefault(key, []).append((family, thing.Options))
    return found


def _problems_of(
    candidates: list[tuple[str, type[Options]]], given: dict[str, Any], key: str, locate: Locate
) -> list[Problem]:
    """What is wrong for each plugin of this key, or nothing when the options suit one of them."""
    first: list[Problem] = []
    for family, model in candidates:
        report = Report(locate)
        validate_options(model, given, ("services", key), report, by_operator=True)
        wrong = [
            problem for problem in report.problems if family not in _SET_BY_SCHEMES or problem.code != "missing_key"
        ]
        if not wrong:
            return []
        first = first or wrong
    return first
