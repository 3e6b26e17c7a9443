"""What the plugins registered, checked: one family per hook, each object under its own key."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from click import Command, Group

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
from guichet.plugin.faults import fault_of
from guichet.plugin.places import place_of_function, place_of_object

_OURS = Contract.__module__.rpartition(".")[0]
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
            data = {"nearest": guess, "hooks": ", ".join(HOOKS), "place": place_of_function(function)}
            yield Problem("plugin.unknown_hook", {"plugin": plugin, "hook": name, **data})
        elif _parameters(function):
            arguments = ", ".join(_parameters(function))
            data = {"arguments": arguments, "place": place_of_function(function)}
            yield Problem("plugin.hook_arguments", {"plugin": plugin, "hook": name, **data})
        elif _is_asynchronous(function):
            data = {"place": place_of_function(function)}
            yield Problem("plugin.stray_coroutine", {"plugin": plugin, "hook": name, **data})
    for name, function in _own_functions(module):
        if name.startswith("register_") and name not in marked:
            data = {"place": place_of_function(function)}
            yield Problem("plugin.unmarked_hook", {"plugin": plugin, "hook": name, **data})


def problem_of_object(plugin: str, family: Family, thing: object) -> Problem | None:
    """Give what is wrong with one registered object, or None."""
    data = {"plugin": plugin, "hook": family.hook, "object": _named(thing), "place": place_of_object(thing)}
    if not isinstance(thing, family.kind):
        return Problem("plugin.wrong_kind", {**data, "expected": family.kind.__name__, "other": _hook_for(thing)})
    key = family.key_of(thing)
    if key is None or not _is_key(family, key):
        return Problem("plugin.bad_key", {**data, "key": key or ""})
    if isinstance(thing, Contract) and not _has_options(cast("Contract[Any]", thing)):
        return Problem("plugin.no_options", data)
    if (fault := fault_of(cast("object", thing))) is not None:
        return Problem("plugin.bad_attribute", {**data, "attribute": fault[0], "takes": fault[1]})
    stray = next(_asynchronous(cast("object", thing)), None)
    if stray is not None:
        name, function = stray
        hook = name if isinstance(thing, Signature) else f"{data['object']}.{name}"
        place = place_of_function(function)
        return Problem("plugin.stray_coroutine", {"plugin": plugin, "hook": hook, "place": place})
    return None


def _hook_for(thing: object) -> str:
    """The hook that an object of another family is given by; empty for what is of none."""
    return next((family.hook for family in FAMILIES if isinstance(thing, family.kind)), "")


def _asynchronous(thing: object) -> Iterator[tuple[str, Any]]:
    """What nobody would wait for in an object: a method, a rule function, a command or one inside a group."""
    if isinstance(thing, Signature):
        called = [(thing.name, thing.call)]
    elif isinstance(thing, Command):
        called = [(name, one.callback) for name, one in _commands(thing)]
    else:
        made = type(thing)
        called = [(name, getattr(made, name)) for name in _methods_of(made)]
    return ((name, function) for name, function in called if _is_asynchronous(function))


def _commands(command: Command) -> Iterator[tuple[str, Command]]:
    yield command.name or "", command
    for _, inside in sorted(command.commands.items()) if isinstance(command, Group) else ():
        yield from _commands(inside)


def _parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def _is_asynchronous(function: object) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def _own_functions(module: object) -> Iterator[tuple[str, Any]]:
    own = getattr(module, "__name__", None)
    return ((name, thing) for name, thing in inspect.getmembers(module, inspect.isfunction) if thing.__module__ == own)


def _is_key(family: Family, key: str) -> bool:
    return bool(_KEY.fullmatch(key.replace("-", "_") if family.kind is Command else key))


def _has_options(thing: Contract[Any]) -> bool:
    declared: object = getattr(thing, "Options", None)
    return isinstance(declared, type) and issubclass(declared, Options)


def _methods_of(made: type) -> list[str]:
    """The methods of the contract that a class keeps, those it may leave as they are included."""
    contracts = (kind for kind in made.__mro__ if kind.__module__.startswith(_OURS))
    return sorted({name for kind in contracts for name in vars(kind) if inspect.isfunction(getattr(made, name, None))})


def _named(thing: object) -> str:
    return f"{thing.__name__} (class)" if isinstance(thing, type) else type(thing).__name__
