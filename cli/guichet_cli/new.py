"""`guichet new`: the first files of what one makes with Guichet."""

from __future__ import annotations

from guichet.locale import Text
from guichet_cli import bilingual
from guichet_cli.new_instance import instance
from guichet_cli.new_plugin import plugin
from guichet_cli.new_scheme import scheme

__all__ = ["command"]

_ABOUT = Text(fr="Écrit les premiers fichiers de ce qu'on fait avec Guichet.", en="Write the first files of one's own.")


@bilingual.group("new", text=_ABOUT)
def command() -> None:
    """Groups what can be begun."""


command.add_command(instance)
command.add_command(plugin)
command.add_command(scheme)
