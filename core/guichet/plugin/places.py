"""Where in its own code a plugin went wrong: the file and the line its author opens."""

from __future__ import annotations

import inspect
import sysconfig
from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from types import CodeType
from typing import Any

import click
import pluggy

import guichet.errors

__all__ = ["place_of_error", "place_of_function", "place_of_object"]

_CALLERS = tuple(str(Path(file).parent) for file in (guichet.errors.__path__[0], click.__file__, pluggy.__file__))
"""What calls plugins: the core, and what calls hooks and commands for it."""
_STANDARD = sysconfig.get_path("stdlib")
_INSTALLED = tuple(sysconfig.get_path(name) for name in ("purelib", "platlib"))


def place_of_error(error: BaseException) -> str:
    """Give `package/module.py:12`, the deepest line of the plugin's own package that an error passed; empty for none.

    Below that line lie the libraries it calls, above it the core.
    """
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    last_caller = max((place for place, (file, _) in enumerate(frames) if file.startswith(_CALLERS)), default=-1)
    after = [one for one in frames[last_caller + 1 :] if _is_theirs(one[0])]
    theirs = after or [one for one in frames if _is_theirs(one[0])]
    if not theirs:
        return ""
    package = Path(theirs[0][0]).parent
    return _shown(*[one for one in theirs if Path(one[0]).is_relative_to(package)][-1])


def place_of_function(function: Callable[..., Any]) -> str:
    """Give `package/module.py:12`, where a function begins; empty where it has no source."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    return _shown(code.co_filename, code.co_firstlineno) if isinstance(code, CodeType) else ""


def place_of_object(thing: object) -> str:
    """Give `package/module.py:12`, where the class of an object begins, or the function it holds."""
    call = getattr(thing, "call", None) or getattr(thing, "callback", None)
    if inspect.isfunction(call):
        return place_of_function(call)
    made = thing if isinstance(thing, type) else type(thing)
    try:
        file, line = inspect.getsourcefile(made), inspect.findsource(made)[1] + 1
    except (OSError, TypeError):  # made without a file
        return ""
    return _shown(file, line) if file and _is_theirs(file) else ""


def _is_theirs(file: str) -> bool:
    standard = file.startswith(_STANDARD) and not file.startswith(_INSTALLED)
    return not (file.startswith((*_CALLERS, "<")) or standard)


def _shown(file: str, line: int) -> str:
    path = Path(file)
    in_package = (path.parent / "__init__.py").is_file()
    return f"{path.parent.name}/{path.name}:{line}" if in_package else f"{path.name}:{line}"
