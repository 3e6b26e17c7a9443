"""What plugins register, asked hook by hook, each object checked and kept under its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import cast

import pluggy

from guichet.errors import GuichetError, Problem
from guichet.language.declarations import Signature
from guichet.plugin import hookspecs
from guichet.plugin.contracts import DataPackage, PluginError
from guichet.plugin.contracts.data import lookups_of
from guichet.plugin.health import HealthBook, PluginFailed
from guichet.plugin.marks import Marks
from guichet.plugin.places import place_of_function, place_of_object
from guichet.plugin.plugins import PluginSource
from guichet.plugin.registry import FAMILIES, Family, problem_of_object, problems_of_hooks
from guichet.plugin.starting import StartsTooSlowly, begun, said_of

__all__ = ["Collection"]

_FUNCTIONS = next(family for family in FAMILIES if family.kind is Signature)


class Collection:
    """The objects of every family by key, who registered each, and what was refused.

    Args:
        start_s: How long a plugin may take to answer each hook.
        marks: Where a watchdog reads who was asked when the process died.
    """

    def __init__(self, start_s: float, marks: Marks | None = None) -> None:
        self.families: dict[str, dict[str, object]] = {family.name: {} for family in FAMILIES}
        self.owners: dict[tuple[str, str], str] = {}
        """(family, key) → the plugin's name."""
        self.problems: list[Problem] = []
        self._start_s, self._marks = start_s, marks

    def ask(self, source: PluginSource) -> None:
        """Ask a plugin each of its hooks once; one whose hooks are wrong is asked nothing."""
        faults = list(problems_of_hooks(source.name, source.module))
        self.problems += faults
        if faults:
            return
        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        manager.register(source.module, source.name)
        callers = ((family, getattr(manager.hook, family.hook)) for family in FAMILIES)
        marked = [(family, caller) for family, caller in callers if caller.get_hookimpls()]
        if not marked:
            self._refuse("plugin.no_hook", source)
        for family, caller in marked:
            self._ask_hook(source, family, caller)

    def _ask_hook(self, source: PluginSource, family: Family, caller: Callable[[], list[object]]) -> None:
        try:
            results, things = begun(source.name, partial(_asked, caller), self._start_s, self._marks)
        except StartsTooSlowly:
            self._refuse("plugin.starts_too_slowly", source, seconds=f"{self._start_s:g}")
            return
        except (PluginFailed, PluginError, GuichetError) as error:
            self._refuse("plugin.hook_failed", source, hook=family.hook, error=said_of(error))
            return
        if things is None:
            data = {"hook": family.hook, "object": type(results[0]).__name__, "expected": family.kind.__name__}
            self._refuse("plugin.no_list", source, **data, place=place_of_function(getattr(source.module, family.hook)))
            return
        if not results:  # pluggy leaves out what is None
            self._refuse("plugin.hook_gives_nothing", source, hook=family.hook)
        self._keep(source, family, things)
        if family.kind is DataPackage:
            self._keep_lookups(source, [thing for thing in things if self._is_kept(family, thing)])

    def _keep(self, source: PluginSource, family: Family, things: Iterable[object]) -> None:
        kept = self.families[family.name]
        for thing in things:
            problem = problem_of_object(source.name, family, thing)
            if problem:
                self.problems.append(problem)
                continue
            key = family.key_of(thing) or ""
            if key in kept:
                other = self.owners[family.name, key]
                place = place_of_object(thing)
                self._refuse("plugin.duplicate_key", source, other=other, hook=family.hook, key=key, place=place)
                continue
            kept[key] = thing
            self.owners[family.name, key] = source.name

    def _keep_lookups(self, source: PluginSource, things: Iterable[object]) -> None:
        """Keep the functions by which rules look up the tables of a plugin's data."""
        packages = [thing for thing in things if isinstance(thing, DataPackage)]
        try:
            found = HealthBook(logs=False).call(
                source.name, lambda: [one for package in packages for one in _lookups(package)]
            )
        except (PluginFailed, PluginError) as error:
            self._refuse("plugin.hook_failed", source, hook="register_data", error=said_of(error))
            return
        self._keep(source, _FUNCTIONS, found)

    def _is_kept(self, family: Family, thing: object) -> bool:
        return any(thing is one for one in self.families[family.name].values())

    def _refuse(self, code: str, source: PluginSource, **data: object) -> None:
        self.problems.append(Problem(code, {"plugin": source.name, **data}))


def _asked(caller: Callable[[], list[object]]) -> tuple[list[object], tuple[object, ...] | None]:
    """What a hook gave, and its objects; None for one object that stands in no list."""
    results = caller()
    given = [cast("Iterable[object]", one) for one in results if isinstance(one, Iterable)]
    return results, tuple(thing for one in given for thing in one) if len(given) == len(results) else None


def _lookups(package: DataPackage) -> list[Signature]:
    return [function for table in package.tables() for function in lookups_of(table)]
