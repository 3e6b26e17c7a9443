"""`guichet plugins`: what is installed, what it gives, how it is doing."""

from __future__ import annotations

import json
from dataclasses import asdict

from rich.table import Table

from guichet.locale import Text
from guichet.plugin import PluginDescription, load_plugins
from guichet_cli import bilingual
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Liste les extensions installées : nom, version, ce que chacune apporte par point d'extension, et sa santé."
    " GUICHET_PLUGINS_OFF en éteint, par leurs noms séparés de virgules.",
    en="List the installed plugins: name, version, what each gives by hook, and its health."
    " GUICHET_PLUGINS_OFF switches some off, by their names separated by commas.",
)
_JSON = Text(fr="Écrit la liste en JSON.", en="Write the list as JSON.")
_NAME = Text(fr="extension", en="plugin")
_HOOK = Text(fr="point d'extension", en="hook")
_VERSION = Text(fr="version", en="version")
_KEYS = Text(fr="clés", en="keys")
_HEALTH = Text(fr="santé", en="health")
_STATES = {
    "ok": Text(fr="bonne", en="ok"),
    "failing": Text(fr="en échec ({count})", en="failing ({count})"),
    "set_aside": Text(
        fr="mise à l'écart ({count} échecs)",
        en="set aside ({count} failures)",
        fr_one="mise à l'écart ({count} échec)",
        en_one="set aside ({count} failure)",
    ),
}
_NONE = Text(fr="Aucune extension.", en="No plugin.")


@bilingual.command("plugins", text=_ABOUT)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@pass_terminal
def command(terminal: Terminal, as_json: bool) -> None:
    """Lists the plugins that are installed and not switched off."""
    found = load_plugins(disabled=terminal.settings.plugins_off).describe()
    if as_json:
        terminal.out.print_json(json.dumps([_as_json(plugin) for plugin in found], ensure_ascii=False))
    elif not found:
        terminal.say(_NONE)
    else:
        terminal.out.print(_table(terminal, found))


def _table(terminal: Terminal, plugins: tuple[PluginDescription, ...]) -> Table:
    """One line per hook of each plugin."""
    table = Table(box=None, pad_edge=False)
    for title in (_NAME, _VERSION, _HOOK, _KEYS, _HEALTH):
        table.add_column(terminal.text(title), no_wrap=title is not _KEYS, overflow="fold")  # a key is copied whole
    for plugin in plugins:
        state = terminal.text(_STATES[plugin.health.state], count=plugin.health.failures)
        first = (plugin.name, plugin.version)
        for hook in plugin.hooks or ("",):
            table.add_row(*first, hook, ", ".join(plugin.keys.get(hook, ())), state)
            first, state = ("", ""), ""
    return table


def _as_json(plugin: PluginDescription) -> dict[str, object]:
    return {
        "name": plugin.name,
        "version": plugin.version,
        "hooks": plugin.hooks,
        "keys": dict(plugin.keys),
        "health": asdict(plugin.health),
    }
