"""How each plugin is doing: failures are counted, and a plugin that keeps failing is set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal, TypeVar

from guichet.errors import GuichetError
from guichet.plugin.contracts import PluginError

T = TypeVar("T")

State = Literal["ok", "failing", "set_aside"]

FAILURES_BEFORE_SET_ASIDE = 5


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a plugin: failures in a row, failures since the start, and the last one's text."""

    state: State = "ok"
    in_a_row: int = 0
    failures: int = 0
    last_error: str = ""


class PluginFailed(GuichetError):  # noqa: N818  the sentence is "the plugin failed"
    """A plugin raised something it does not raise on purpose; the cause is chained."""

    def __init__(self, plugin: str, error: str) -> None:
        self.plugin = plugin
        self.error = error
        super().__init__(f"plugin {plugin} failed: {error}")


class PluginSetAside(GuichetError):  # noqa: N818  the sentence is "the plugin is set aside"
    """A plugin failed too often in a row: it is not called any more until it is restored."""

    def __init__(self, plugin: str, last_error: str) -> None:
        self.plugin = plugin
        self.last_error = last_error
        super().__init__(f"plugin {plugin} is set aside after {FAILURES_BEFORE_SET_ASIDE} failures: {last_error}")


class HealthBook:
    """The health of every plugin of a process; safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._healths: dict[str, Health] = {}

    def of(self, plugin: str) -> Health:
        """Give the health of one plugin."""
        return self._healths.get(plugin, Health())

    def restore(self, plugin: str) -> None:
        """Call a plugin again that was set aside; what it failed before stays counted."""
        with self._lock:
            self._healths[plugin] = replace(self.of(plugin), state="ok", in_a_row=0)

    def call(self, plugin: str, work: Callable[[], T]) -> T:
        """Do a plugin's work and give its result.

        Raises:
            PluginError: The plugin said no on purpose; it is not a failure.
            PluginFailed: The plugin broke; counted.
            PluginSetAside: The plugin broke too often in a row and was not called.
        """
        health = self.of(plugin)
        if health.state == "set_aside":
            raise PluginSetAside(plugin, health.last_error)
        try:
            result = work()
        except PluginError:
            self._succeeded(plugin)
            raise
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            self._failed(plugin, text)
            raise PluginFailed(plugin, text) from error
        self._succeeded(plugin)
        return result

    def _succeeded(self, plugin: str) -> None:
        if self.of(plugin).in_a_row:
            self.restore(plugin)

    def _failed(self, plugin: str, error: str) -> None:
        with self._lock:
            health = self.of(plugin)
            in_a_row = health.in_a_row + 1
            self._healths[plugin] = Health(
                state="set_aside" if in_a_row >= FAILURES_BEFORE_SET_ASIDE else "failing",
                in_a_row=in_a_row,
                failures=health.failures + 1,
                last_error=error,
            )
