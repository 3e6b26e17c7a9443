"""How each plugin is doing: failures are counted, and a plugin that keeps failing is set aside."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock, local
from typing import Literal, TypeVar

from guichet.errors import GuichetError
from guichet.plugin.contracts import PluginError
from guichet.plugin.marks import Marks

__all__ = [
    "FAILURES_BEFORE_SET_ASIDE",
    "Health",
    "HealthBook",
    "PluginFailed",
    "PluginSetAside",
    "PluginStopped",
    "plugin_at_work",
]

T = TypeVar("T")

State = Literal["ok", "failing", "set_aside"]

FAILURES_BEFORE_SET_ASIDE = 5
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


class _Thread(local):
    """What this thread is in the middle of."""

    plugin: str = ""
    forked: bool = False


_THREAD = _Thread()


def plugin_at_work() -> str:
    """Give the name of the plugin this thread is in the middle of calling; empty for none."""
    return _THREAD.plugin


class HealthBook:
    """The health of every plugin of a process; safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._healths: dict[str, Health] = {}
        self._marks: Marks | None = None

    def of(self, plugin: str) -> Health:
        """Give the health of one plugin."""
        return self._healths.get(plugin, _WELL)

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

    def call(self, plugin: str, work: Callable[[], T]) -> T:
        """Do a plugin's work and give its result; a plugin that calls itself is in one call.

        Raises:
            PluginError: The plugin said no on purpose; it is not a failure.
            PluginFailed: The plugin broke; counted.
            PluginSetAside: The plugin broke too often in a row and was not called.
        """
        before = _THREAD.plugin
        if before == plugin:
            return work()
        health = self.of(plugin)
        if health.state == "set_aside":
            raise PluginSetAside(plugin, health.last_error)
        marks = self._marks
        slot = marks.begin(plugin) if marks is not None else -1
        _THREAD.plugin, _THREAD.forked = plugin, False
        try:
            result = work()
        except PluginError:
            self._succeeded(plugin)
            raise
        except (GuichetError, KeyboardInterrupt):  # the core's own, or another plugin's, on its way through this one
            raise
        except BaseException as error:
            text = f"{type(error).__name__}: {error}"
            self._failed(plugin, text)
            raise PluginFailed(plugin, text) from error
        finally:
            _THREAD.plugin = before
            if marks is not None:
                marks.end(slot)
        if _THREAD.forked:
            self._failed(plugin, "it copied the process (fork)")
            raise PluginFailed(plugin, "it copied the process (fork)")
        self._succeeded(plugin)
        return result

    def _succeeded(self, plugin: str) -> None:
        if self.of(plugin).in_a_row:
            self.restore(plugin)

    def _failed(self, plugin: str, error: str) -> None:
        with self._lock:
            health = self.of(plugin)
            in_a_row = health.in_a_row + 1
            aside = in_a_row >= FAILURES_BEFORE_SET_ASIDE
            failures = health.failures + 1
            self._healths[plugin] = Health("set_aside" if aside else "failing", in_a_row, failures, error)
        if aside:
            _LOG.error("plugin %s is set aside after %s failures in a row: %s", plugin, in_a_row, error)


_WELL = Health()


def _end_copy() -> None:
    """A copy of the process that a plugin made would do everything a second time: it ends at once."""
    if _THREAD.plugin:
        os._exit(_FORKED)


def _note_copy() -> None:
    _THREAD.forked = bool(_THREAD.plugin)


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_end_copy, after_in_parent=_note_copy)
