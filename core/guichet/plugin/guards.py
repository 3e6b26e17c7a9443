"""Stands between the core and what a plugin registered: every call is isolated, counted, and its result checked.

A guarded object is of the plugin's own class, so that nothing tells it from the object itself; its contract's methods
run on the original. Arguments are the plugin's own copies, iterators are guarded step by step.
"""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar, cast

from click import Abort, ClickException, Command, Context
from click.exceptions import Exit

from guichet.errors import GuichetError
from guichet.language.declarations import Signature
from guichet.plugin.contracts import Contract, FieldType, PluginError
from guichet.plugin.contracts.rule_values import fits_rules
from guichet.plugin.health import HealthBook, PluginFailed, PluginStopped, are_answers_needed, told_of
from guichet.plugin.places import place_of_function
from guichet.plugin.results import Check, WrongResult, close, result_check, step_check
from guichet.plugin.shields import shielded, shielded_each

__all__ = ["guarded"]

T = TypeVar("T")
Calls = Callable[..., Any]

_UNREADABLE = {"fr": "valeur illisible pour le moment", "en": "value unreadable for now"}
_GIVES_A_VALUE = ("parse", "read", "load")
_OURS = "guichet.plugin.contracts"  # a family may have contracts more special than its own, such as a fetched list
_END = object()
_SAYS_WHY = (ClickException, Exit, Abort, GuichetError, OSError)
"""What the command line tells in its own words."""


def guarded(thing: T, kind: type, plugin: str, health: HealthBook) -> T:
    """Give what stands in front of a registered object.

    Args:
        kind: The contract of its family.
    """
    if isinstance(thing, Signature):
        return cast("T", _guarded_function(thing, plugin, health))
    if isinstance(thing, Contract):
        return cast("T", _guarded_contract(cast("Any", thing), kind, functools.partial(health.call, plugin)))
    return cast("T", _guarded_command(cast("Command", thing), plugin, health))


def _guarded_command(command: Command, plugin: str, health: HealthBook) -> Command:
    """A command: what it raises is told by the plugin's name; leaving the program is its right, for who typed it."""
    front = copy.copy(command)

    def invoke(ctx: Context) -> Any:
        try:
            return _waited_for(command, command.invoke(ctx))
        except _SAYS_WHY:
            raise
        except Exception as error:
            health.failed(plugin, told_of(error))
            raise PluginFailed(plugin, told_of(error)) from error

    front.invoke = invoke  # the one click calls
    return front


def _waited_for(command: Command, result: Any) -> Any:
    if inspect.iscoroutine(result):
        close(result)
        raise WrongResult(command.name or "", result)
    return result


def _guarded_function(function: Signature, plugin: str, health: HealthBook) -> Signature:
    """A rule function: one that breaks cannot tell, so that rules see the value as unknown, never as 0 or false."""
    call = function.call

    def checked(arguments: tuple[object, ...]) -> object:
        answer = call(*arguments)
        if answer is not None and not fits_rules(answer, function.returns):
            close(answer)
            raise WrongResult(function.name, answer, place_of_function(call))
        return answer

    def guard(*arguments: object) -> object:
        try:
            return health.call(plugin, checked, shielded_each(arguments))
        except PluginStopped:
            if are_answers_needed():
                raise
            return None
        except PluginError:
            return None

    return replace(function, call=guard, bulk=_guarded_columns(function.bulk, plugin, health), plugin=plugin)


def _guarded_columns(bulk: Callable[..., Any] | None, plugin: str, health: HealthBook) -> Callable[..., Any] | None:
    """A form over columns: one that breaks stops the simulation by the plugin's name."""
    if bulk is None:
        return None

    def guard(*columns: Any) -> Any:
        return health.call(plugin, lambda: bulk(*columns))

    return guard


def _guarded_contract(thing: Any, kind: type, calls: Calls) -> Any:
    mine = cast("type[Any]", type(thing))
    contract = next((one for one in mine.__mro__ if issubclass(one, kind) and one.__module__.startswith(_OURS)), kind)
    # What a plugin left as the contract has it is the core's own code, and calls the plugin through this guard.
    theirs = [name for name in _methods(contract) if not getattr(mine, name).__module__.startswith(_OURS)]
    guards = {name: _guard(thing, name, getattr(contract, name), calls) for name in theirs}
    if "show" in guards and isinstance(thing, FieldType):
        guards["show"] = _shown_later(guards["show"])
    body: dict[str, Any] = {**guards}
    body |= {"__module__": mine.__module__, "__qualname__": mine.__qualname__, "__doc__": mine.__doc__}
    body["__getattr__"] = functools.partialmethod(_kept_by, thing)
    front = object.__new__(type(mine.__name__, (mine,), body))
    front.__dict__ = thing.__dict__  # what the plugin keeps on its object is seen through the guard
    return front


def _methods(kind: type) -> Iterator[str]:
    return (name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_"))


def _kept_by(_front: object, thing: Any, name: str) -> Any:
    """What is asked of a front and stands in its object only."""
    return getattr(thing, name)


def _guard(thing: Any, name: str, declared: Callable[..., Any], calls: Calls) -> Callable[..., Any]:
    """The method of a guarded object that stands before one of the plugin's own."""
    method: Callable[..., Any] = getattr(thing, name)
    steps = step_check(declared)
    if steps is not None:

        def begin(_self: object, *arguments: Any, **named: Any) -> _Steps:
            return _Steps(method, _own(arguments, named), calls, name, steps)

        return begin
    fits = result_check(declared)
    typed = cast("FieldType[Any]", thing) if isinstance(thing, FieldType) and name in _GIVES_A_VALUE else None

    def work(arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        result = method(*arguments, **named)
        if not fits(result) or (typed is not None and not _is_value(result, typed, arguments, named)):
            close(result)
            raise WrongResult(name, result, place_of_function(method))
        return result

    def guard(_self: object, *arguments: Any, **named: Any) -> Any:
        if named:
            return calls(work, *_own(arguments, named))
        return calls(work, shielded_each(arguments), named)

    return guard


def _own(arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    ours = {name: shielded(value) for name, value in named.items()} if named else named
    return shielded_each(arguments), ours


def _is_value(result: object, field_type: FieldType[Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
    """Whether what a field type read is what it told rules to expect."""
    if result is None:
        return True
    kind = field_type.rule_type(arguments[1] if len(arguments) > 1 else named["options"])
    return kind is None or fits_rules(result, kind)


def _shown_later(show: Callable[..., str]) -> Callable[..., str]:
    """A page holds many values: the one whose plugin breaks says so, the others are shown."""

    def guard(self: object, value: Any, options: Any, language: str) -> str:
        try:
            return show(self, value, options, language)
        except PluginStopped:
            return _UNREADABLE.get(language, _UNREADABLE["en"])

    return guard


class _Steps:
    """An iterator of a plugin: each step is a call, each thing it gives is of the contract."""

    def __init__(
        self,
        method: Callable[..., Any],
        own: tuple[tuple[Any, ...], dict[str, Any]],
        calls: Calls,
        name: str,
        fits: Check,
    ) -> None:
        self._method, self._own = method, own
        self._calls, self._name, self._fits = calls, name, fits
        self._steps: Iterator[Any] | None = None

    def __iter__(self) -> _Steps:
        return self

    def __next__(self) -> Any:
        found = self._calls(self._step)
        if found is _END:
            raise StopIteration
        return found

    def _step(self) -> Any:
        if self._steps is None:
            arguments, named = self._own
            given = self._method(*arguments, **named)
            if not isinstance(given, Iterable):
                close(given)
                raise WrongResult(self._name, given, place_of_function(self._method))
            self._steps = iter(cast("Iterable[Any]", given))
        found = next(self._steps, _END)
        if found is not _END and not self._fits(found):
            raise WrongResult(self._name, found, place_of_function(self._method))
        return found
