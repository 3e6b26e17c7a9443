"""What the plugins registered, checked: one family per hook, each object under its own key."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from click import Command

from guichet.errors import Problem, nearest
from guichet.language.declarations import Signature
from guichet.plugin import hookspecs
from guichet.plugin.contracts import (
    Contract,
    DataPackage,
    Delivery,
    DocumentRenderer,
    Exporter,
    FieldType,
    IdentityProvider,
    ListSource,
    NotificationChannel,
    Options,
    PaymentWriter,
    PrefillSource,
    ReturnReader,
    Screen,
    WriteBack,
)
from guichet.plugin.contracts.screens import fault_of_screen

_KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Family:
    """One hook and what it collects."""

    name: str
    kind: type
    key_attribute: str = "key"

    @property
    def hook(self) -> str:
        """The hook's name."""
        return f"register_{self.name}"

    def key_of(self, thing: object) -> str | None:
        """Give the key of a registered object, None when it has none."""
        key: object = getattr(thing, self.key_attribute, None)
        return key if isinstance(key, str) else None


FAMILIES = (
    Family("rule_functions", Signature, key_attribute="name"),
    Family("field_types", FieldType),
    Family("data", DataPackage),
    Family("list_sources", ListSource),
    Family("prefill_sources", PrefillSource),
    Family("payment_writers", PaymentWriter),
    Family("return_readers", ReturnReader),
    Family("deliveries", Delivery),
    Family("write_backs", WriteBack),
    Family("notification_channels", NotificationChannel),
    Family("identity_providers", IdentityProvider),
    Family("document_renderers", DocumentRenderer),
    Family("exporters", Exporter),
    Family("screens", Screen),
    Family("commands", Command, key_attribute="name"),
)
HOOKS = tuple(family.hook for family in FAMILIES)


def hooks_of(module: object) -> Iterator[tuple[str, Any]]:
    """Yield each marked function of a plugin with its name."""
    for name in dir(module):
        candidate = getattr(module, name, None)
        if callable(candidate) and hasattr(candidate, f"{hookspecs.PROJECT}_impl"):
            yield name, candidate


def problems_of_hooks(plugin: str, module: object) -> Iterator[Problem]:
    """Yield what is wrong with the hooks of a plugin before any is called."""
    marked = dict(hooks_of(module))
    for name, function in marked.items():
        if name not in HOOKS:
            guess = nearest(name, HOOKS) or ""
            yield Problem(
                "plugin.unknown_hook", {"plugin": plugin, "hook": name, "nearest": guess, "hooks": ", ".join(HOOKS)}
            )
        elif _parameters(function):
            arguments = ", ".join(_parameters(function))
            yield Problem("plugin.hook_arguments", {"plugin": plugin, "hook": name, "arguments": arguments})
        elif _is_asynchronous(function):
            yield Problem("plugin.stray_coroutine", {"plugin": plugin, "hook": name})
    for name in _own_functions(module):
        if name.startswith("register_") and name not in marked:
            yield Problem("plugin.unmarked_hook", {"plugin": plugin, "hook": name})


def problem_of_object(plugin: str, family: Family, thing: object) -> Problem | None:
    """Give what is wrong with one registered object, or None."""
    data = {"plugin": plugin, "hook": family.hook, "object": _named(thing)}
    if not isinstance(thing, family.kind):
        return Problem("plugin.wrong_kind", {**data, "expected": family.kind.__name__})
    key = family.key_of(thing)
    if key is None or not _is_key(family, key):
        return Problem("plugin.bad_key", {**data, "key": key or ""})
    if isinstance(thing, Contract) and not _has_options(cast("Contract[Any]", thing)):
        return Problem("plugin.no_options", data)
    if isinstance(thing, Screen) and (fault := fault_of_screen(cast("Screen[Any]", thing))) is not None:
        return Problem("plugin.bad_screen", {**data, "attribute": fault[0], "takes": fault[1]})
    made = type(cast("object", thing))
    stray = [name for name in _abstract_names(made) if _is_asynchronous(getattr(made, name))]
    if stray:
        return Problem("plugin.stray_coroutine", {"plugin": plugin, "hook": f"{data['object']}.{stray[0]}"})
    return None


def _parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def _is_asynchronous(function: object) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def _own_functions(module: object) -> Iterator[str]:
    own = getattr(module, "__name__", None)
    return (name for name, thing in inspect.getmembers(module, inspect.isfunction) if thing.__module__ == own)


def _is_key(family: Family, key: str) -> bool:
    return bool(_KEY.fullmatch(key.replace("-", "_") if family.kind is Command else key))


def _has_options(thing: Contract[Any]) -> bool:
    declared: object = getattr(thing, "Options", None)
    return isinstance(declared, type) and issubclass(declared, Options)


def _abstract_names(made: type) -> list[str]:
    """The methods that a contract leaves to the plugin, in the order they are declared."""
    names = (name for kind in made.__mro__ for name in getattr(kind, "__abstractmethods__", ()))
    return sorted(set(names))


def _named(thing: object) -> str:
    return thing.__name__ if isinstance(thing, type) else type(thing).__name__
