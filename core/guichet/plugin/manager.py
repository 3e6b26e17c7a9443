"""Finds the plugins, asks each hook once, checks what came, and gives one frozen view of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any, TypeVar

import pluggy
from click import Command

from guichet.errors import Problem, ProblemsFound, nearest
from guichet.language.declarations import Signature
from guichet.plugin import hookspecs
from guichet.plugin.contracts import (
    Delivery,
    DocumentRenderer,
    Exporter,
    FieldType,
    IdentityProvider,
    ListSource,
    NotificationChannel,
    PaymentWriter,
    PrefillSource,
    ReturnReader,
)
from guichet.plugin.guards import guarded
from guichet.plugin.health import Health, HealthBook
from guichet.plugin.registry import FAMILIES, Family, hooks_of, problem_of_object, problems_of_hooks

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
    list_sources: Mapping[str, ListSource[Any]]
    prefill_sources: Mapping[str, PrefillSource[Any]]
    payment_writers: Mapping[str, PaymentWriter[Any]]
    return_readers: Mapping[str, ReturnReader[Any]]
    deliveries: Mapping[str, Delivery[Any]]
    notification_channels: Mapping[str, NotificationChannel[Any]]
    identity_providers: Mapping[str, IdentityProvider[Any]]
    document_renderers: Mapping[str, DocumentRenderer[Any]]
    exporters: Mapping[str, Exporter[Any]]
    commands: Mapping[str, Command]
    sources: tuple[PluginSource, ...]
    owners: Mapping[tuple[str, str], str]
    """(family, key) → the plugin's name."""
    health: HealthBook

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

    def _described(self, source: PluginSource) -> PluginDescription:
        keys: dict[str, tuple[str, ...]] = {}
        for family in FAMILIES:
            found = tuple(k for (name, k), owner in self.owners.items() if (name, owner) == (family.name, source.name))
            if found:
                keys[family.hook] = tuple(sorted(found))
        hooks = tuple(name for name, _ in hooks_of(source.module))
        return PluginDescription(source.name, source.version, hooks, keys, self.health.of(source.name))


def load_plugins(
    *, disabled: Collection[str] = (), extra: Mapping[str, object] | None = None, installed: bool = True
) -> Plugins:
    """Give the plugins installed, but the disabled ones, and the extra modules by name.

    Args:
        extra: Modules by plugin name; one takes the place of an installed plugin of the same name.
        installed: False leaves out all installed plugins, for tests.

    Raises:
        ProblemsFound: Every reason to refuse to start, each with the name of the plugin at fault.
    """
    problems: list[Problem] = []
    points = entry_points(group=GROUP) if installed else ()
    sources = list(_found(points, problems, {*disabled, *(extra or {})}))
    sources += [PluginSource(name, "", module) for name, module in (extra or {}).items() if name not in disabled]
    problems.extend(_unknown_names(disabled, {point.name for point in points} | set(extra or {})))
    families: dict[str, dict[str, object]] = {family.name: {} for family in FAMILIES}
    owners: dict[tuple[str, str], str] = {}
    for source in sources:
        faults = list(problems_of_hooks(source.name, source.module))
        problems.extend(faults)
        if not faults:
            problems.extend(_collect(source, families, owners))
    if problems:
        raise ProblemsFound(problems)
    health = HealthBook()
    views: dict[str, Any] = {}
    for family in FAMILIES:
        kept = families[family.name].items()
        guards = {key: guarded(thing, family.kind, owners[family.name, key], health) for key, thing in kept}
        views[family.name] = MappingProxyType(guards)
    return Plugins(**views, sources=tuple(sources), owners=MappingProxyType(owners), health=health)


def _found(points: Iterable[EntryPoint], problems: list[Problem], left_out: Collection[str]) -> Iterator[PluginSource]:
    for point in sorted(points, key=lambda point: point.name):
        if point.name in left_out:
            continue
        try:
            module: object = point.load()
        except Exception as error:  # noqa: BLE001  the plugin border: an import can raise anything
            data = {"plugin": point.name, "module": point.value, "error": f"{type(error).__name__}: {error}"}
            problems.append(Problem("plugin.cannot_import", data))
            continue
        yield PluginSource(point.name, point.dist.version if point.dist else "", module)


def _unknown_names(disabled: Collection[str], known: set[str]) -> Iterator[Problem]:
    for name in sorted(set(disabled) - known):
        data = {"plugin": name, "nearest": nearest(name, known) or "", "plugins": ", ".join(sorted(known))}
        yield Problem("plugin.unknown_disabled", data)


def _collect(
    source: PluginSource, families: dict[str, dict[str, object]], owners: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(source.module, source.name)
    for family in FAMILIES:
        caller = getattr(manager.hook, family.hook)
        if not caller.get_hookimpls():
            continue
        try:
            results: list[Iterable[object]] = caller()
            things = tuple(thing for given in results for thing in given)
        except Exception as error:  # noqa: BLE001  the plugin border: a hook can raise anything
            data = {"plugin": source.name, "hook": family.hook, "error": f"{type(error).__name__}: {error}"}
            yield Problem("plugin.hook_failed", data)
            continue
        if not results:  # pluggy leaves out what is None
            yield Problem("plugin.hook_gives_nothing", {"plugin": source.name, "hook": family.hook})
        yield from _keep(source, family, things, families[family.name], owners)


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
