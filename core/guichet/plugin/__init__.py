"""Hooks, contracts and the loading of plugins: the only place that knows pluggy."""

from guichet.plugin.health import Health, PluginFailed, PluginSetAside, PluginStopped, answers_needed
from guichet.plugin.hookspecs import hookimpl
from guichet.plugin.manager import PluginDescription, Plugins, PluginSource, load_plugins

__all__ = [
    "Health",
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
