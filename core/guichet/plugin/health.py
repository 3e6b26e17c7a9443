"""How each plugin is doing: failures are counted, and a plugin that keeps failing is set aside."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock, local
from typing import Any, Literal, TypeVar, cast

from guichet.errors import GuichetError
from guichet.plugin.contracts import PluginError
from guichet.plugin.marks import Marks
from guichet.plugin.places import place_of_error
from guichet.plugin.results import WrongResult

__all__ = [
    "FAILURES_BEFORE_SET_ASIDE",
    "Health",
    "HealthBook",
    "PluginFailed",
    "PluginSetAside",
    "PluginStopped",
    "answers_needed",
    "are_answers_needed",
    "plugin_at_work",
    "told_of",
]

T = TypeVar("T")

State = Literal["ok", "failing", "set_aside"]

FAILURES_BEFORE_SET_ASIDE = 5
_COPIED = "it copied the process (fork)"
_FORKED = 70  # the exit code of a copy of the process that a plugin made
_LOG = logging.getLogger("guichet.plugin")


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a plugin: failures in a row, failures since the start, and the last one's text."""

    state: State = "ok"
    in_a_row: int = 0
    failures: int = 0
    last_error: str = ""


class PluginStopped(GuichetError):  # noqa: N818  the sentence is "the plugin stopped"
    """A plugin could not do its work: it broke, or is not called any more."""

    def __init__(self, plugin: str, error: str, sentence: str) -> None:
        self.plugin = plugin
        self.error = error
        super().__init__(sentence)


class PluginFailed(PluginStopped):
    """A plugin raised something it does not raise on purpose; the cause is chained."""

    def __init__(self, plugin: str, error: str) -> None:
        super().__init__(plugin, error, f"plugin {plugin} failed: {error}")


class PluginSetAside(PluginStopped):
    """A plugin failed too often in a row: it is not called any more until it is restored."""

    def __init__(self, plugin: str, last_error: str) -> None:
        super().__init__(plugin, last_error, f"plugin {plugin} is set aside: {last_error}")

    @property
    def last_error(self) -> str:
        """What went wrong the last time."""
        return self.error


class _Work:
    """The plugin a thread is calling, empty for none, and whether it copied the process meanwhile."""

    __slots__ = ("forked", "plugin")

    def __init__(self) -> None:
        self.plugin, self.forked = "", False


class _Thread(local):
    """What this thread is in the middle of."""

    needs_answers: bool = False

    def __init__(self) -> None:
        self.work = _Work()


_THREAD = _Thread()


def plugin_at_work() -> str:
    """Give the name of the plugin this thread is in the middle of calling; empty for none."""
    return _THREAD.work.plugin


@contextmanager
def answers_needed() -> Generator[None]:
    """A span in which a rule function that breaks stops the work, to be done again later.

    Elsewhere its value is unknown: an applicant can read on and file, and nothing is concluded from it.
    """
    before = _THREAD.needs_answers
    _THREAD.needs_answers = True
    try:
        yield
    finally:
        _THREAD.needs_answers = before


def are_answers_needed() -> bool:
    """Tell whether this thread is in such a span."""
    return _THREAD.needs_answers


class HealthBook:
    """The health of every plugin of a process; safe from any thread.

    Args:
        logs: Whether each failure is logged; at start it is told as a refusal.
    """

    def __init__(self, *, logs: bool = True) -> None:
        self._logs = logs
        self._lock = Lock()
        self._healths: dict[str, Health] = {}
        self._marks: Marks | None = None

    def of(self, plugin: str) -> Health:
        """Give the health of one plugin."""
        return self._healths.get(plugin, _WELL)

    def aside(self) -> dict[str, str]:
        """Give the plugins that are not called any more, with what went wrong the last time."""
        with self._lock:
            return {name: one.last_error for name, one in self._healths.items() if one.state == "set_aside"}

    def noted_in(self, marks: Marks) -> None:
        """Note each call from now on where a watchdog reads it."""
        self._marks = marks

    def restore(self, plugin: str) -> None:
        """Call a plugin again that was set aside; what it failed before stays counted."""
        with self._lock:
            self._healths[plugin] = replace(self.of(plugin), state="ok", in_a_row=0)

    def set_aside(self, plugin: str, error: str) -> None:
        """Call a plugin no more."""
        with self._lock:
            health = self.of(plugin)
            self._healths[plugin] = Health("set_aside", health.in_a_row + 1, health.failures + 1, error)
        _LOG.error("plugin %s is set aside: %s", plugin, error)

    def call(self, plugin: str, work: Callable[..., T], *arguments: Any) -> T:
        """Do a plugin's work with its arguments and give its result; a plugin that calls itself is in one call.

        Raises:
            PluginError: The plugin said no on purpose; it is not a failure.
            PluginFailed: The plugin broke; counted.
            PluginSetAside: The plugin broke too often in a row and was not called.
        """
        at_work = _THREAD.work
        before, forked_before = at_work.plugin, at_work.forked
        if before == plugin:
            return work(*arguments)
        health = self._healths.get(plugin, _WELL)
        if health.state == "set_aside":
            raise PluginSetAside(plugin, health.last_error)
        marks = self._marks
        slot = marks.begin(plugin) if marks is not None else -1
        at_work.plugin, at_work.forked = plugin, False
        refusal: PluginError | None = None
        try:
            result = work(*arguments)
        except PluginError as error:
            refusal = error
        except (GuichetError, KeyboardInterrupt):  # the core's own, or another plugin's, on its way through this one
            raise
        except BaseException as error:
            self._failed(plugin, told_of(error), told_of(error, quoting=False))
            raise PluginFailed(plugin, told_of(error)) from error
        finally:
            forked = at_work.forked
            at_work.plugin, at_work.forked = before, forked_before
            if marks is not None:
                marks.end(slot)
        if forked:
            self._failed(plugin, _COPIED, _COPIED)
            raise PluginFailed(plugin, _COPIED)
        if health.in_a_row:
            self._succeeded(plugin)
        if refusal is not None:
            raise refusal
        return cast("T", result)  # pyright: ignore[reportPossiblyUnboundVariable]  there is one, or a refusal

    def failed(self, plugin: str, error: str) -> None:
        """Count a failure that its caller saw: a call that did not come back in time."""
        self._failed(plugin, error, error)

    def _succeeded(self, plugin: str) -> None:
        """End the failures in a row; one set aside while this call was under way stays so."""
        with self._lock:
            health = self.of(plugin)
            if health.state != "set_aside":
                self._healths[plugin] = replace(health, state="ok", in_a_row=0)

    def _failed(self, plugin: str, error: str, logged: str) -> None:
        with self._lock:
            health = self.of(plugin)
            in_a_row = health.in_a_row + 1
            aside = in_a_row >= FAILURES_BEFORE_SET_ASIDE
            failures = health.failures + 1
            self._healths[plugin] = Health("set_aside" if aside else "failing", in_a_row, failures, error)
        if aside:
            _LOG.error("plugin %s is set aside after %s failures in a row: %s", plugin, in_a_row, error)
        elif self._logs:
            _LOG.warning("plugin %s failed, %s of %s in a row: %s", plugin, in_a_row, FAILURES_BEFORE_SET_ASIDE, logged)


def told_of(error: BaseException, *, quoting: bool = True) -> str:
    """Give what a plugin raised, in short, and where in its own code.

    Args:
        quoting: False leaves out its own words, which may hold a secret: for a log written at each failure.
    """
    place = getattr(error, "place", "") or place_of_error(error)
    kind = type(error).__name__
    said = f"{kind}: {error}" if str(error) and (quoting or isinstance(error, WrongResult)) else kind
    return f"{said} ({place})" if place else said


_WELL = Health()


def _end_copy() -> None:
    """A copy of the process that a plugin made would do everything a second time: it ends at once."""
    if _THREAD.work.plugin:
        os._exit(_FORKED)


def _note_copy() -> None:
    _THREAD.work.forked = bool(_THREAD.work.plugin)


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_end_copy, after_in_parent=_note_copy)
