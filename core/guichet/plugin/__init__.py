"""Hooks, contracts and the loading of plugins: the only place that knows pluggy."""

from guichet.plugin.health import Health, HealthBook, PluginFailed, PluginSetAside, PluginStopped, answers_needed
from guichet.plugin.hookspecs import hookimpl
from guichet.plugin.manager import load_plugins
from guichet.plugin.marks import Marks
from guichet.plugin.plugins import PluginDescription, Plugins, PluginSource

__all__ = [
    "Health",
    "HealthBook",
    "Marks",
    "PluginDescription",
    "PluginFailed",
    "PluginSetAside",
    "PluginSource",
    "PluginStopped",
    "Plugins",
    "answers_needed",
    "hookimpl",
    "load_plugins",
]
