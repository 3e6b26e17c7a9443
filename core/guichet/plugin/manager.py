"""Finds the plugins, asks each hook once, checks what came, and gives one frozen view of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any, TypeVar

import pluggy
from click import Command

from guichet.errors import GuichetError, Problem, ProblemsFound, nearest
from guichet.language.declarations import Signature
from guichet.plugin import hookspecs
from guichet.plugin.contracts import (
    DataPackage,
    DataTable,
    Delivery,
    DocumentRenderer,
    Exporter,
    FieldType,
    IdentityProvider,
    ListSource,
    NotificationChannel,
    PaymentWriter,
    PluginError,
    PrefillSource,
    ReturnReader,
    Screen,
    WriteBack,
)
from guichet.plugin.contracts.data import lookups_of
from guichet.plugin.guards import guarded
from guichet.plugin.health import Health, HealthBook, PluginFailed
from guichet.plugin.registry import FAMILIES, Family, hooks_of, problem_of_object, problems_of_hooks
from guichet.plugin.starting import START_S, StartsTooSlowly, begun, said_of

T = TypeVar("T")

GROUP = "guichet.plugins"


@dataclass(frozen=True, slots=True)
class PluginSource:
    """A plugin found and imported, not yet asked anything."""

    name: str
    version: str
    module: object


@dataclass(frozen=True, slots=True)
class PluginDescription:
    """What `guichet plugins` shows of one plugin: keys are by hook."""

    name: str
    version: str
    hooks: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    health: Health


@dataclass(frozen=True, slots=True)
class Plugins:
    """Everything the plugins give, by family and key. Frozen, but for their health."""

    rule_functions: Mapping[str, Signature]
    field_types: Mapping[str, FieldType[Any]]
    data: Mapping[str, DataPackage]
    list_sources: Mapping[str, ListSource[Any]]
    prefill_sources: Mapping[str, PrefillSource[Any]]
    payment_writers: Mapping[str, PaymentWriter[Any]]
    return_readers: Mapping[str, ReturnReader[Any]]
    deliveries: Mapping[str, Delivery[Any]]
    write_backs: Mapping[str, WriteBack[Any]]
    notification_channels: Mapping[str, NotificationChannel[Any]]
    identity_providers: Mapping[str, IdentityProvider[Any]]
    document_renderers: Mapping[str, DocumentRenderer[Any]]
    exporters: Mapping[str, Exporter[Any]]
    screens: Mapping[str, Screen[Any]]
    commands: Mapping[str, Command]
    sources: tuple[PluginSource, ...]
    owners: Mapping[tuple[str, str], str]
    """(family, key) → the plugin's name."""
    health: HealthBook
    _tables: dict[str, DataTable] = field(init=False, default_factory=dict[str, DataTable], compare=False, repr=False)

    @property
    def tables(self) -> Mapping[str, DataTable]:
        """Give the dated tables of every package by name, asked for once: a package gives the same each time."""
        if not self._tables:
            self._tables.update((table.name, table) for package in self.data.values() for table in package.tables())
        return MappingProxyType(self._tables)

    def describe(self) -> tuple[PluginDescription, ...]:
        """Give each plugin's name, version, hooks, keys and health, by name."""
        return tuple(self._described(source) for source in sorted(self.sources, key=lambda source: source.name))

    def versions(self) -> dict[str, str]:
        """Give the version of each plugin, for a snapshot."""
        return {source.name: source.version for source in self.sources}

    def call(self, name: str, work: Callable[[], T]) -> T:
        """Do the work of a plugin, isolated and counted.

        Args:
            name: The plugin's name, or `family:key` of what it registered (`field_types:money`).

        Raises:
            PluginError: The plugin said no on purpose.
            PluginFailed, PluginSetAside: It broke, now or too often.
        """
        family, _, key = name.partition(":")
        return self.health.call(self.owners.get((family, key), name), work)

    def failed(self, name: str, error: str) -> None:
        """Count a failure of a plugin, named as for `call`."""
        family, _, key = name.partition(":")
        self.health.failed(self.owners.get((family, key), name), error)

    def _described(self, source: PluginSource) -> PluginDescription:
        keys: dict[str, tuple[str, ...]] = {}
        for family in FAMILIES:
            found = tuple(k for (name, k), owner in self.owners.items() if (name, owner) == (family.name, source.name))
            if found:
                keys[family.hook] = tuple(sorted(found))
        hooks = tuple(name for name, _ in hooks_of(source.module))
        return PluginDescription(source.name, source.version, hooks, keys, self.health.of(source.name))


def load_plugins(
    *,
    disabled: Collection[str] = (),
    extra: Mapping[str, object] | None = None,
    installed: bool = True,
    guarding: bool = True,
    start_s: float = START_S,
) -> Plugins:
    """Give the plugins installed, but the disabled ones, and the extra modules by name.

    Args:
        extra: Modules by plugin name; one takes the place of an installed plugin of the same name.
        installed: False leaves out all installed plugins, for tests.
        start_s: How long a plugin may take to be imported, and to answer each hook.
        guarding: False gives the objects as they were registered, for contract suites.

    Raises:
        ProblemsFound: Every reason to refuse to start, each with the name of the plugin at fault.
    """
    problems: list[Problem] = []
    points = entry_points(group=GROUP) if installed else ()
    sources = list(_found(points, problems, {*disabled, *(extra or {})}, start_s))
    sources += [PluginSource(name, "", module) for name, module in (extra or {}).items() if name not in disabled]
    problems.extend(_unknown_names(disabled, {point.name for point in points} | set(extra or {})))
    families: dict[str, dict[str, object]] = {family.name: {} for family in FAMILIES}
    owners: dict[tuple[str, str], str] = {}
    for source in sources:
        faults = list(problems_of_hooks(source.name, source.module))
        problems.extend(faults)
        if not faults:
            problems.extend(_collect(source, families, owners, start_s))
    if problems:
        raise ProblemsFound(problems)
    health = HealthBook()
    views: dict[str, Any] = {}
    for family in FAMILIES:
        kept = families[family.name].items()
        if not guarding:
            views[family.name] = MappingProxyType(dict(kept))
            continue
        guards = {key: guarded(thing, family.kind, owners[family.name, key], health) for key, thing in kept}
        views[family.name] = MappingProxyType(guards)
    return Plugins(**views, sources=tuple(sources), owners=MappingProxyType(owners), health=health)


def _found(
    points: Iterable[EntryPoint], problems: list[Problem], left_out: Collection[str], start_s: float
) -> Iterator[PluginSource]:
    for point in sorted(points, key=lambda point: point.name):
        if point.name in left_out:
            continue
        try:
            module: object = begun(point.name, point.load, start_s)
        except StartsTooSlowly:
            problems.append(Problem("plugin.starts_too_slowly", {"plugin": point.name, "seconds": f"{start_s:g}"}))
            continue
        except (PluginFailed, PluginError, GuichetError) as error:
            data = {"plugin": point.name, "module": point.value, "error": said_of(error)}
            problems.append(Problem("plugin.cannot_import", data))
            continue
        yield PluginSource(point.name, point.dist.version if point.dist else "", module)


def _unknown_names(disabled: Collection[str], known: set[str]) -> Iterator[Problem]:
    for name in sorted(set(disabled) - known):
        data = {"plugin": name, "nearest": nearest(name, known) or "", "plugins": ", ".join(sorted(known))}
        yield Problem("plugin.unknown_disabled", data)


def _collect(
    source: PluginSource, families: dict[str, dict[str, object]], owners: dict[tuple[str, str], str], start_s: float
) -> Iterator[Problem]:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(source.module, source.name)
    for family in FAMILIES:
        caller = getattr(manager.hook, family.hook)
        if not caller.get_hookimpls():
            continue
        try:
            results, things = begun(source.name, partial(_asked, caller), start_s)
        except StartsTooSlowly:
            yield Problem("plugin.starts_too_slowly", {"plugin": source.name, "seconds": f"{start_s:g}"})
            continue
        except (PluginFailed, PluginError, GuichetError) as error:
            data = {"plugin": source.name, "hook": family.hook, "error": said_of(error)}
            yield Problem("plugin.hook_failed", data)
            continue
        if not results:  # pluggy leaves out what is None
            yield Problem("plugin.hook_gives_nothing", {"plugin": source.name, "hook": family.hook})
        yield from _keep(source, family, things, families[family.name], owners)
        if family.kind is DataPackage:
            taken = [thing for thing in things if any(thing is one for one in families[family.name].values())]
            yield from _keep_lookups(source, taken, families["rule_functions"], owners)


def _keep_lookups(
    source: PluginSource, things: Iterable[object], kept: dict[str, object], owners: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    """Keep the functions by which rules look up the tables of a plugin's data."""
    functions = next(family for family in FAMILIES if family.kind is Signature)
    packages = [thing for thing in things if isinstance(thing, DataPackage)]
    try:
        found = HealthBook().call(source.name, lambda: [one for package in packages for one in _lookups(package)])
    except (PluginFailed, PluginError) as error:
        yield Problem("plugin.hook_failed", {"plugin": source.name, "hook": "register_data", "error": said_of(error)})
        return
    yield from _keep(source, functions, found, kept, owners)


def _lookups(package: DataPackage) -> list[Signature]:
    return [function for table in package.tables() for function in lookups_of(table)]


def _asked(caller: Callable[[], list[Iterable[object]]]) -> tuple[list[Iterable[object]], tuple[object, ...]]:
    results = caller()
    return results, tuple(thing for given in results for thing in given)


def _keep(
    source: PluginSource,
    family: Family,
    things: Iterable[object],
    kept: dict[str, object],
    owners: dict[tuple[str, str], str],
) -> Iterator[Problem]:
    for thing in things:
        problem = problem_of_object(source.name, family, thing)
        if problem:
            yield problem
            continue
        key = family.key_of(thing) or ""
        if key in kept:
            data = {"plugin": source.name, "other": owners[family.name, key], "hook": family.hook, "key": key}
            yield Problem("plugin.duplicate_key", data)
            continue
        kept[key] = thing
        owners[family.name, key] = source.name
