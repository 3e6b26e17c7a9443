"""The one frozen view of what the plugins give, and what calls them in isolation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from click import Command

from guichet.language.declarations import Signature
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
    PrefillSource,
    ReturnReader,
    Screen,
    WriteBack,
)
from guichet.plugin.health import Health, HealthBook
from guichet.plugin.registry import FAMILIES, hooks_of

__all__ = ["PluginDescription", "PluginSource", "Plugins"]

T = TypeVar("T")


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
