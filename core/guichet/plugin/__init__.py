"""Hooks, contracts and the loading of plugins: the only place that knows pluggy."""

from guichet.plugin.health import Health, PluginFailed, PluginSetAside
from guichet.plugin.hookspecs import hookimpl
from guichet.plugin.manager import PluginDescription, Plugins, PluginSource, load_plugins

__all__ = [
    "Health",
    "PluginDescription",
    "PluginFailed",
    "PluginSetAside",
    "PluginSource",
    "Plugins",
    "hookimpl",
    "load_plugins",
]
