"""What every contract asks: results of the declared type, arguments left as they are, no I/O where a method is pure."""

from __future__ import annotations

import inspect
import re
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar, cast

from guichet.language.declarations import Signature
from guichet.plugin.results import result_check, step_check

__all__ = ["no_outside", "strict"]

T = TypeVar("T")

_LINES = ("socket.connect", "socket.bind", "socket.getaddrinfo")
_PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.fork")
_CHANGES_FILES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.rmtree")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_END = object()


class _Trap(threading.local):
    """Whether this thread is in a span without I/O."""

    shut: bool = False


_TRAP = _Trap()
_SET: list[bool] = []


class TouchesOutside(AssertionError):  # noqa: N818  reads as the fact it states
    """A method that is pure opened a file, a line or a process."""


@contextmanager
def no_outside() -> Generator[None]:
    """A span in which a file, a line or a process that is opened is refused; modules and their data may be loaded."""
    if not _SET:
        sys.addaudithook(_watched)  # cannot be taken away: it sleeps outside such spans
        _SET.append(True)
    _TRAP.shut = True
    try:
        yield
    finally:
        _TRAP.shut = False


def strict(thing: T, kind: type, *, pure: bool = False) -> T:
    """Give an object whose every call is watched: its type, its arguments, and its I/O where it is pure."""
    if isinstance(thing, Signature):
        watched = _watch(thing.name, thing.call, None, pure=True)
        return cast("T", replace(thing, call=watched))
    mine = cast("type[Any]", type(thing))
    names = [name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")]
    body: dict[str, Any] = {
        name: staticmethod(_watch(name, getattr(thing, name), getattr(kind, name), pure=pure))
        for name in names
        if name not in ("sandbox", "stand_in")
    }
    front = object.__new__(type(mine.__name__, (mine,), body))
    front.__dict__ = cast("Any", thing).__dict__
    return cast("T", front)


def _watch(
    name: str, method: Callable[..., Any], declared: Callable[..., Any] | None, *, pure: bool
) -> Callable[..., Any]:
    steps = step_check(declared) if declared is not None else None
    fits = result_check(declared) if declared is not None and steps is None else None

    def call(*arguments: Any, **named: Any) -> Any:
        before = _shown(arguments, named)
        result = _done(lambda: method(*arguments, **named), pure=pure)
        if steps is not None:
            return _each(name, iter(result), steps, pure=pure)
        assert fits is None or fits(result), f"{name} gives {result!r}, which its contract does not"
        assert _shown(arguments, named) == before, f"{name} changes its arguments: {before}"
        return result

    return call


def _each(name: str, given: Iterator[Any], fits: Callable[[object], bool], *, pure: bool) -> Iterator[Any]:
    while (one := _done(lambda: next(given, _END), pure=pure)) is not _END:
        assert fits(one), f"{name} gives {one!r}, which its contract does not"
        yield one


def _done(work: Callable[[], Any], *, pure: bool) -> Any:
    if not pure:
        return work()
    with no_outside():
        return work()


def _shown(arguments: tuple[Any, ...], named: dict[str, Any]) -> str:
    return _ADDRESS.sub("", repr((arguments, named)))


def _watched(event: str, arguments: tuple[Any, ...]) -> None:
    if not _TRAP.shut:
        return
    if event.startswith((*_LINES, *_PROCESSES)) or event in _CHANGES_FILES:
        raise TouchesOutside(f"{event} {arguments[:2]!r} in a method that is pure")
    if event == "open" and not _is_of_the_program(arguments):
        raise TouchesOutside(f"open {arguments[0]!r} in a method that is pure")


def _is_of_the_program(arguments: tuple[Any, ...]) -> bool:
    """Whether a file is read that belongs to the installed program: a module, a table of a library."""
    path, mode = arguments[0], arguments[1] if len(arguments) > 1 else "r"
    if not isinstance(path, str) or (isinstance(mode, str) and set(mode) & set("wax+")):
        return False
    return path.startswith(tuple(part for part in (*sys.path, sys.prefix, sys.base_prefix, "/usr") if part))
