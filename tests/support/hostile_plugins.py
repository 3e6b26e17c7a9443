"""Hostile plugins: any object of any hook, made to misbehave in one way, under a plugin's name of its own."""

from __future__ import annotations

import asyncio
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from time import sleep
from types import ModuleType
from typing import Any

from guichet import hookimpl
from guichet.language.declarations import Signature
from guichet.plugin import Plugins, load_plugins
from guichet.plugin.contracts import DataPackage, DataTable
from guichet.plugin.registry import FAMILIES, Family
from shipped_plugins import shipped_modules, shipped_plugins

__all__ = [
    "AT_WORK",
    "COMMAND_LET",
    "COMMAND_NAMED",
    "FATAL",
    "HOSTILE",
    "Fault",
    "Switch",
    "hostile",
    "plugins_with",
    "prints",
]

HOSTILE = "hostile"
"""The name of the plugin that holds the hostile object, and nothing else."""

Fault = Callable[[Callable[[], Any], tuple[Any, ...]], Any]
"""What happens in place of a call: it receives the honest work, and the arguments."""


def raises(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """An exception nobody expects."""
    raise ZeroDivisionError("oops")


def leaves(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """An attempt to end the program."""
    sys.exit(3)


def alters(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """Every argument changed by every means Python gives, then the answer of a failure."""
    for argument in arguments:
        ravage(argument)
    raise ZeroDivisionError("done harm")


def gives_another_type(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """An answer of no use to anybody."""
    return 3.5


def gives_a_coroutine(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """A method that somebody should have waited for."""
    return asyncio.sleep(0)


def prints(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """The right answer, with chatter in the middle of the output."""
    print("CHATTER")
    return work()


def forks(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """A second process that would do everything a second time."""
    os.fork()
    return work()


def never_ends(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """A loop without end, which leaves the machine to the other tests."""
    while True:
        sleep(0.02)


def eats_memory(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """Two gigabytes, all of them touched."""
    return len(b"x" * (2 << 30)) and work()


def kills(work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
    """What the system does to a process that eats all memory."""
    os.kill(os.getpid(), 9)


AT_WORK: dict[str, Fault] = {
    "raise": raises,
    "SystemExit": leaves,
    "mutate arguments": alters,
    "wrong type": gives_another_type,
    "coroutine": gives_a_coroutine,
    "fork": forks,
}
"""What a plugin may do that its process survives, and that is a failure."""


class Switch:
    """A fault that can be changed while the plugin is at work; the plugin is honest without one."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.calls = 0

    def __call__(self, work: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
        self.calls += 1
        return work() if self.fault is None else self.fault(work, arguments)


COMMAND_NAMED = ("raise", "mutate arguments", "coroutine")
COMMAND_LET = ("SystemExit", "wrong type", "print to stdout")
"""What a command may do: leave with a code of its own, give anything, write."""

FATAL: dict[str, Fault] = {"endless loop": never_ends, "2 GB": eats_memory, "killed": kills}
"""What its process may die of."""


def ravage(value: Any) -> None:
    """Change whatever can be changed in a value."""
    if isinstance(value, dict):
        for item in [*value.values()]:
            ravage(item)
        _try(value.clear)
    elif isinstance(value, (list, tuple)):
        for item in value:
            ravage(item)
        if isinstance(value, list):
            _try(value.clear)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            ravage(getattr(value, name))
            _try(lambda name=name: setattr(value, name, None))
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            ravage(getattr(value, name))
            _try(lambda name=name: setattr(value, name, None))


def _try(work: Callable[[], Any]) -> None:
    try:
        work()
    except Exception:
        return


_AT_START = ("sandbox", "tables")  # asked before any work is done


def hostile(family: Family, thing: Any, fault: Fault) -> Any:
    """Give an object like another, of the same key, every method of whose contract misbehaves."""
    if isinstance(thing, Signature):
        return replace(thing, call=lambda *arguments: fault(lambda: thing.call(*arguments), arguments))
    body: dict[str, Any] = {
        name: _method(name, fault) for name, declared in _methods(family.kind) if name not in _AT_START
    }
    if isinstance(thing, DataPackage):  # asked at start; what rules read at work is the rows
        body["tables"] = lambda self: tuple(_read_late(table, fault) for table in thing.tables())
    made = type(f"Hostile{type(thing).__name__}", (type(thing),), body)()
    made.__dict__.update(thing.__dict__)
    return made


class _Late(Mapping[str, Any]):
    """A mapping of a class of its own, that looks what it holds up when it is asked."""

    def __init__(self, held: Mapping[str, Any], read: Callable[[Any], Any]) -> None:
        self._held, self._read = held, read

    def __getitem__(self, key: str) -> Any:
        return self._read(self._held[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def _read_late(table: DataTable, fault: Fault) -> DataTable:
    def row(held: Mapping[str, Any]) -> _Late:
        return _Late(held, lambda value: fault(lambda: value, (value,)))

    versions = tuple(replace(version, rows=_Late(version.rows, row)) for version in table.versions)
    return replace(table, versions=versions)


def _methods(kind: type) -> Iterator[tuple[str, Any]]:
    return ((n, f) for n, f in inspect.getmembers(kind, inspect.isfunction) if not n.startswith("_"))


def _method(name: str, fault: Fault) -> Callable[..., Any]:
    def method(self: Any, *arguments: Any, **named: Any) -> Any:
        honest = getattr(super(type(self), self), name)
        return fault(lambda: honest(*arguments, **named), (*arguments, *named.values()))

    return method


def plugins_with(family: str, key: str, fault: Fault | None, name: str = HOSTILE) -> Plugins:
    """Give the shipped plugins, one object of which belongs to a plugin of its own; honest without fault."""
    named = next(one for one in FAMILIES if one.name == family)
    owner = shipped_plugins().owners[family, key]
    module = shipped_modules()[owner]
    rest, apart = ModuleType(owner), ModuleType(name)
    for one in FAMILIES:
        if hasattr(module, one.hook):
            things = list(getattr(module, one.hook)())
            kept = [thing for thing in things if (one.name, one.key_of(thing)) != (family, key)]
            setattr(rest, one.hook, _giving(*kept))
            for thing in things:
                if thing not in kept:
                    given = thing if fault is None else hostile(named, thing, fault)
                    setattr(apart, one.hook, _giving(given))
    return load_plugins(extra={**shipped_modules(), owner: rest, name: apart})


def _giving(*things: Any) -> Any:
    return hookimpl(lambda: list(things))
