"""The names a plugin author may use. Everything else may change tomorrow.

They are gathered in `guichet.plugin.public` and loaded when first asked for: importing a module of the core must not
import the whole of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # type checkers read the names here; at run time __getattr__ finds them
    from guichet.plugin.public import *  # noqa: F403  the one list of names is the other module's __all__


def __getattr__(name: str) -> object:
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    from guichet.plugin import public  # loaded when a plugin first asks for a name

    try:
        return getattr(public, name)
    except AttributeError:
        raise AttributeError(f"guichet has no public name {name!r}") from None
