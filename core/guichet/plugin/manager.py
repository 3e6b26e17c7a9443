"""Finds the plugins installed, has each asked what it registers, and refuses to start when one is wrong."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any

from guichet.errors import GuichetError, Problem, ProblemsFound, nearest
from guichet.plugin.collection import Collection
from guichet.plugin.contracts import PluginError
from guichet.plugin.guards import guarded
from guichet.plugin.health import HealthBook, PluginFailed
from guichet.plugin.marks import Marks
from guichet.plugin.plugins import Plugins, PluginSource
from guichet.plugin.registry import FAMILIES
from guichet.plugin.starting import START_S, StartsTooSlowly, begun, said_of

GROUP = "guichet.plugins"


def load_plugins(
    *,
    disabled: Names[str] = (),
    extra: Mapping[str, object] | None = None,
    installed: bool = True,
    guarding: bool = True,
    start_s: float = START_S,
    marks: Marks | None = None,
) -> Plugins:
    """Give the plugins installed, but the disabled ones, and the extra modules by name.

    Args:
        extra: Modules by plugin name; one takes the place of an installed plugin of the same name.
        installed: False leaves out all installed plugins, for tests.
        start_s: How long a plugin may take to be imported, and to answer each hook.
        guarding: False gives the objects as they were registered, for contract suites.
        marks: Where a watchdog reads which plugin was being started when the process died.

    Raises:
        ProblemsFound: Every reason to refuse to start, each with the name of the plugin at fault.
    """
    collection = Collection(start_s, marks)
    points = entry_points(group=GROUP) if installed else ()
    sources = list(_found(points, collection.problems, {*disabled, *(extra or {})}, start_s, marks))
    sources += [PluginSource(name, "", module) for name, module in (extra or {}).items() if name not in disabled]
    collection.problems.extend(_unknown_names(disabled, {point.name for point in points} | set(extra or {})))
    for source in sources:
        collection.ask(source)
    if collection.problems:
        raise ProblemsFound(collection.problems)
    health = HealthBook()
    views: dict[str, Any] = {}
    for family in FAMILIES:
        kept = collection.families[family.name]
        if guarding:
            owners = collection.owners
            kept = {key: guarded(thing, family.kind, owners[family.name, key], health) for key, thing in kept.items()}
        views[family.name] = MappingProxyType(kept)
    return Plugins(**views, sources=tuple(sources), owners=MappingProxyType(collection.owners), health=health)


def _found(
    points: Iterable[EntryPoint],
    problems: list[Problem],
    left_out: Names[str],
    start_s: float,
    marks: Marks | None,
) -> Iterator[PluginSource]:
    for point in sorted(points, key=lambda point: point.name):
        if point.name in left_out:
            continue
        try:
            module: object = begun(point.name, point.load, start_s, marks)
        except StartsTooSlowly:
            problems.append(Problem("plugin.starts_too_slowly", {"plugin": point.name, "seconds": f"{start_s:g}"}))
            continue
        except (PluginFailed, PluginError, GuichetError) as error:
            data = {"plugin": point.name, "module": point.value, "error": said_of(error)}
            problems.append(Problem("plugin.cannot_import", data))
            continue
        yield PluginSource(point.name, point.dist.version if point.dist else "", module)


def _unknown_names(disabled: Names[str], known: set[str]) -> Iterator[Problem]:
    for name in sorted(set(disabled) - known):
        data = {"plugin": name, "nearest": nearest(name, known) or "", "plugins": ", ".join(sorted(known))}
        yield Problem("plugin.unknown_disabled", data)
